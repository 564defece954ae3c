"""The skill from JSON to JSON: what the endpoint calls, and Lambda."""

from collections.abc import Mapping, Sequence
from typing import Any

from skill.alexa.handlers import BadRequest, Coach, skill_builder
from skill.alexa.reading import Envelope, read_envelope
from skill.alexa.writing import write_answer
from skill.watch.lines import Sink
from skill.watch.watch import begin


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
