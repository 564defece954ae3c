"""A user's state in a store: read, made newer, decided upon, saved over what was read, or done all over again."""

import time
import zlib
from collections.abc import Callable
from typing import Final

from skill.coach.dialogue import TurnTaken
from skill.coach.messages.reply import Reply
from skill.coach.state import SCHEMA_VERSION, FinishedWorkout, State
from skill.store.base import Body, Conflict, Store, StoreError
from skill.store.document import Unreadable, from_document, from_text, to_text
from skill.store.encoding import NotADocument, from_body, packed, unpacked
from skill.store.migrations import STATE
from skill.watch.watch import current

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


TRIES: Final = 6
PAUSE_S: Final = 0.01
"""The longest pause after the first conflict (s); it doubles, and its length is drawn so that rivals part."""


class Busy(StoreError):
    """Several devices spoke for one user at once, again and again: nothing of this turn was saved."""


class States:
    """The working states of all users, over a store of documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, user: str) -> tuple[State | None, int]:
        """What is known of a user, None of nobody, and the revision that it was read at.

        Raises DamagedDocument: it cannot be read; it was set aside. NewerDocument: a newer coach has saved it; it was
        left alone. MigrationFailed: it is of an older version and could not be made newer; it was left alone.
        StoreUnavailable: the store cannot be read now.
        """
        stored = self._store.load(user, STATES)
        return stored.document, stored.revision

    def turn(self, user: str, decide: Callable[[State | None], TurnTaken]) -> Reply:
        """Read, decide, save; on a conflict with another device, all of it again on the fresh state.

        A request that another process answers at the same moment ends in a conflict here, is read again with the
        answer that the other has saved, and so gets the same answer: nothing is acted on twice.

        Raises Busy: it conflicted again and again; nothing was saved. StoreError: whatever `read` raises, or nothing
        could be saved, or it cannot be known.
        """
        watch = current()
        for done in range(TRIES):
            stored = self._store.load(user, STATES)
            watch.lap("load")
            taken = decide(stored.document)
            watch.lap("decide")
            is_kept = self._is_kept(user, taken, stored.revision)
            watch.lap("save")
            if is_kept:
                return taken.reply
            watch.conflicts += 1
            import random  # a rare turn's need

            time.sleep(random.uniform(0, PAUSE_S * 2**done))
        raise Busy(f"a turn conflicted {TRIES} times with others of the same user")

    def _is_kept(self, user: str, taken: TurnTaken, revision: int) -> bool:
        if not taken.is_new:
            return True
        if taken.forgets:
            self._store.forget(user)
            return True
        try:
            self._store.save(user, taken.state, revision, taken.finished, STATES)
        except Conflict:
            return False
        return True
