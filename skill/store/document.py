"""Values to JSON and back: the one place.

Reading checks every type, so that a damaged document is found here and not in the middle of a workout.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar, cast

import msgspec

from skill.coach.state import FinishedWorkout, State
from skill.coach.value import Value

V = TypeVar("V", bound=Value)

READERS: Final = tuple(msgspec.json.Decoder(kind) for kind in (State, FinishedWorkout))
"""Made while one thread imports this. Otherwise msgspec works a kind out when it is first read, and a second thread
that reads just then meets it half made: the process ended with a segmentation fault (0.22.0)."""


class Unreadable(ValueError):
    """A document that is not what this version writes: it is kept, and nothing is made of it."""


def to_text(value: Value) -> bytes:
    """A value as one line of JSON; half a surrogate pair, which UTF-8 cannot hold, is escaped."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode("ascii")


def to_document(value: Value) -> dict[str, Any]:
    """A value as plain JSON values."""
    text = to_text(value)
    try:
        return cast(dict[str, Any], msgspec.json.decode(text))
    except msgspec.DecodeError:
        return cast(dict[str, Any], json.loads(text))


def from_text(kind: type[V], text: bytes) -> V:
    """A value of its line of JSON.

    Raises Unreadable: it is no JSON, or a field is unknown or of the wrong type; the message names it.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Unreadable(str(fault)) from None


def from_document(kind: type[V], document: Mapping[str, Any]) -> V:
    """A value of the plain values that `to_document` made.

    Raises Unreadable: a field is unknown or of the wrong type; the message names it.
    """
    try:
        return msgspec.convert(document, kind)
    except (msgspec.ValidationError, RecursionError) as fault:
        raise Unreadable(str(fault)) from None
