"""What the coach asks of a store: one document a user, saved only over the revision that was read.

A turn reads once and writes once. The working document (ladder, records, place in the workout, recent
answers) stays small for ever; finished workouts are handed over with the save that finishes them and are read
only when asked for.

Revisions rise by steps that nobody can guess. Counting by ones would let a turn that was decided before a
deletion be saved over the user's fresh start, and bring back what they asked us to forget; and a store whose
answer was lost on the way could not tell its own write from a rival's.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct

Document = dict[str, Any]
Body = str | bytes

MAX_BYTES = 350_000
"""The longest document as text, for all stores: DynamoDB takes items of 400 kB, keys included."""
MAX_FINISHED = 90
"""The most workouts that one save takes: DynamoDB writes at most 100 items in a transaction."""


class StoreError(Exception):
    """Whatever a store fails with; a turn handles `Conflict`, `StoreUnavailable` and `DamagedDocument`."""


class Conflict(StoreError):
    """Somebody else saved this user since the revision was read: read again and do the whole turn again."""


class StoreUnavailable(StoreError):
    """The store cannot read or write now (disk full, locked, throttled, unreachable); it names the cure."""


class TooLarge(StoreError):
    """A document beyond `MAX_BYTES`, which no store takes; what the coach writes is a hundredth of it."""


class DamagedDocument(StoreError):
    """What was stored for this user cannot be read; it was kept aside, untouched, for a person to look at.

    The user's next `load` finds nobody known, so that one bad record does not lock a trainee out for ever.
    """


class Stored(Struct, frozen=True):
    """One user's document as read: `document` is None and `revision` 0 for a user who is not known.

    Whoever brought a `Form` of their own finds in `document` what that form reads.
    """

    document: Any
    revision: int


class Form(Protocol):
    """What a caller works with in place of a plain document, and how that becomes the body that a store keeps.

    `read` and `write` undo each other, and depend on nothing but what they are given.
    """

    def read(self, body: Body) -> Any:
        """What a stored body means. Raises NotADocument: nothing; the store sets it aside."""

    def write(self, value: Any, plain_bytes: int, level: int) -> Body:
        """The body to keep: text, or packed by zlib at this level where the text is longer than `plain_bytes`."""


class Store(Protocol):
    """A store of one document a user. Keys are opaque text; documents are JSON without floats.

    A store may be used from any number of threads, and from processes that were forked after it was made.
    """

    def load(self, user: str, form: Form = ...) -> Stored:
        """Read the user's document, consistently (never an older one than was saved); plain, or in a form.

        Raises DamagedDocument: it cannot be read and has been set aside; StoreUnavailable: it cannot be read now.
        """

    def save(
        self, user: str, document: Any, revision: int, finished: Sequence[Any] = (), form: Form = ...
    ) -> int:
        """Save if the stored revision still is `revision`, and return the new one.

        `finished` holds at most `MAX_FINISHED` workouts (in the form, each with a unique text `id`), appended in
        the same transaction. One whose id was saved before replaces what had it, for all who read workouts; the
        older item is kept until the user is forgotten or pruned, so that no save has to look for it.

        Raises Conflict: the stored revision is another one; nothing was written. StoreUnavailable: nothing was
        written, or it cannot be known; a second try is safe.
        """

    def workouts(self, user: str) -> list[Document]:
        """Finished workouts, newest first."""

    def set_aside(self, user: str, revision: int) -> None:
        """Move a document that is JSON but no state to where a person may look at it.

        The finished workouts stay. A document of another revision was mended meanwhile and is left alone.
        """

    def forget(self, user: str) -> None:
        """Delete everything of this user, set aside or not; forgetting somebody unknown is no error."""

    def prune(self, saved_before: int) -> int:
        """Delete what was last saved before an instant (s since 1970), and say how many items that were.

        A working document is saved with every turn, so it goes when its trainee has been away that long.
        """

    def users(self) -> Iterator[str]:
        """Every user key who has a document or workouts, in any order."""

    def close(self) -> None:
        """Give back files and connections."""


def newest_of_each(workouts: Iterable[Document]) -> list[Document]:
    """Of finished workouts, read newest first, those that no newer one of the same id replaces."""
    kept: dict[Any, Document] = {}
    for workout in workouts:
        kept.setdefault(workout.get("id"), workout)
    return [*kept.values()]


def revision_after(revision: int) -> int:
    """The revision of the next save: later, and not what a rival's save of the same moment gets.

    Eighteen digits hold some 200 million saves of one user.
    """
    return revision + 1 + int.from_bytes(os.urandom(4), "big")


def place_of(revision: int, index: int) -> str:
    """The sort key of a workout: the revision that saved it, then its place among those saved at once."""
    return f"{revision:018d}.{index:03d}"
