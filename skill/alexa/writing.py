"""The SDK's own types to JSON, fast: a writer is made once for each class, and a finished document is not copied."""

from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, Final

from ask_sdk_core.serialize import DefaultSerializer

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
