"""The state as a store keeps it: read in one go where it is of today's version, made newer first where it is not."""

import zlib
from typing import Final

from skill.coach.state import SCHEMA_VERSION, FinishedWorkout, State
from skill.store.base import Body
from skill.store.document import Unreadable, from_document, from_text, to_text
from skill.store.encoding import NotADocument, from_body, packed, unpacked
from skill.store.migrations import STATE

TODAYS: Final = b'{"schema_version":%d,' % SCHEMA_VERSION
"""What a text of today's version begins with, as we write it."""


class _States:
    """What a turn reads and writes: a working state, and the workouts that it has finished."""

    def read(self, body: Body) -> State:
        """The state of a body, in today's version.

        Raises NotADocument: it is no state; NewerDocument: a newer coach has saved it; MigrationFailed: it is of an
        older version and could not be made newer.
        """
        return _at_once(body) or _patiently(body)

    def write(self, value: State | FinishedWorkout, plain_bytes: int, level: int) -> Body:
        """The body of a state, or of a finished workout. Raises TooLarge: it is longer than any store takes."""
        return packed(to_text(value), plain_bytes, level)


STATES: Final = _States()


def _at_once(body: Body) -> State | None:
    """The state of a body that is as today's coach writes it."""
    try:
        text = unpacked(body) if isinstance(body, bytes) else body.encode()
        return from_text(State, text) if text.startswith(TODAYS) else None
    except (Unreadable, zlib.error):
        return None


def _patiently(body: Body) -> State:
    """The state of any other body: of an older version, with half a surrogate pair in it, or none at all."""
    try:
        return from_document(State, STATE.upgraded(from_body(body)))
    except Unreadable as fault:
        raise NotADocument(f"no state: {fault}") from fault
