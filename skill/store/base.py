"""What the coach asks of a store: one document a user, saved only over the revision that was read.

A turn reads once and writes once. The working document (ladder, records, place in the workout, recent answers) stays
small for ever; finished workouts are handed over with the save that finishes them and are read only when asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]


class Conflict(Exception):
    """Somebody else saved this user since the revision was read: read again and do the whole turn again."""


class StoreUnavailable(Exception):
    """The store cannot read or write now (disk full, locked, throttled, unreachable): nothing was saved."""


class DamagedDocument(Exception):
    """What is stored for this user cannot be read; it was kept aside, untouched, for a person to look at."""


@dataclass(frozen=True)
class Stored:
    """One user's document as read: `document` is None and `revision` 0 for a user who is not known."""

    document: Document | None
    revision: int


class Store(Protocol):
    """A store of one document a user. Keys are opaque text; documents are JSON without floats."""

    def load(self, user: str) -> Stored:
        """Read the user's document, consistently (never an older one than was saved)."""

    def save(self, user: str, document: Document, revision: int, finished: Sequence[Document] = ()) -> int:
        """Save if the stored revision still is `revision`, and return the new one.

        `finished` holds workouts (each with a unique text `id`) that are appended in the same transaction.

        Raises:
            Conflict: the stored revision is another one; nothing was written.
            StoreUnavailable: nothing was written, or it cannot be known; a second try with the same revision is safe.
        """

    def workouts(self, user: str, limit: int | None = None) -> list[Document]:
        """Finished workouts, newest first."""

    def forget(self, user: str) -> None:
        """Delete everything of this user; forgetting somebody unknown is no error."""

    def users(self) -> Iterator[str]:
        """Every user key, in any order."""

    def close(self) -> None:
        """Give back files and connections."""
