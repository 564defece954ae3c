"""The skill from JSON to JSON: what the endpoint calls, and Lambda."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final

from ask_sdk_core.serialize import DefaultSerializer

from skill.alexa.handlers import BadRequest, Coach, skill_builder
from skill.alexa.reading import Envelope, read_envelope
from skill.watch.lines import Sink
from skill.watch.watch import begin

Write = Callable[[Any], Any]

SDK: Final = DefaultSerializer()
PLAIN: Final = frozenset({str, int, float, bool, dict, type(None)})
"""What stands in the answer as it is. A dict is plain already: the coach's documents hold nothing else."""


def write_answer(answer: Any) -> Any:
    """A response envelope, or any part of one, as plain JSON values: what the SDK's own serializer makes of it."""
    kind: Any = type(answer)
    return answer if kind in PLAIN else _writer(kind)(answer)


@cache
def _writer(kind: Any) -> Write:
    if kind is list:
        return lambda value: [write_answer(each) for each in value]
    if issubclass(kind, Enum):
        return lambda value: value.value
    if not hasattr(kind, "deserialized_types"):
        return SDK.serialize  # type: ignore[no-any-return]
    return _model_writer(kind)


def _model_writer(kind: Any) -> Write:
    names = {name: name for name in kind.deserialized_types} | getattr(kind, "attribute_map", {})
    parts = [(attribute, names[attribute]) for attribute in kind.deserialized_types]

    def write(value: Any) -> dict[str, Any]:
        own = value.__dict__
        return {key: write_answer(own[name]) for name, key in parts if own[name] is not None}

    return write


class Skill:
    """Answers request envelopes; `seen` gets the watch of every turn that was answered.

    Where `skill_ids` are named, only requests for these are answered; else somebody before us has made sure.
    """

    def __init__(self, coach: Coach, seen: Sink | None = None, skill_ids: Sequence[str] = ()) -> None:
        self._skill = skill_builder(coach).create()
        self._seen = seen
        self._skill_ids = frozenset(skill_ids)

    def answer(self, payload: Any) -> dict[str, Any]:
        """The response envelope for a request envelope, both as plain JSON values.

        Raises BadRequest: the payload is no Alexa request, or one for another skill; nothing was done.
        """
        watch = begin()
        envelope = self._read(payload)
        watch.lap("parse")
        answer: dict[str, Any] = write_answer(self._skill.invoke(envelope, None))
        watch.lap("render")
        if self._seen is not None:
            self._seen(watch)
        return answer

    def _read(self, payload: Any) -> Envelope:
        if not isinstance(payload, Mapping) or not isinstance(payload.get("request"), Mapping):
            raise BadRequest("The body is no Alexa request: it has no `request`")
        try:
            envelope = read_envelope(payload)
        except Exception as error:
            raise BadRequest(f"The body is no Alexa request: {type(error).__name__}") from None
        if self._skill_ids and _application_of(envelope) not in self._skill_ids:
            raise BadRequest("The request is for another skill")
        return envelope


def _application_of(envelope: Envelope) -> str | None:
    asked = (envelope.context and envelope.context.system) or envelope.session
    return asked.application.application_id if asked and asked.application else None
