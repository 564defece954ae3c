"""A user's data taken out whole, and put into another store, as often as it takes and never twice.

A record is `{"format", "user", "document", "workouts"}`: the working document as it is stored and the
finished workouts, oldest first. Every record that was put somewhere is read back and compared before it
counts as done; a transfer that broke off is simply done again, and what is there already is left alone.
"""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from skill.store.base import MAX_FINISHED, Document, Store, StoreError

FORMAT: Final = "glute-coach-export/1"
LONGEST_USER: Final = 512
"""Characters of a user's id; Alexa's have 256 at most."""
Record = dict[str, Any]


class NotARecord(StoreError):
    """What is to be imported is not what an export writes."""


class TargetDiffers(StoreError):
    """Other data of this user are in the target; they are kept unless replacing was asked for."""


class NotVerified(StoreError):
    """What was read back is not what was put: somebody is writing to the target at the same time."""


class Tally(Struct):
    """What a transfer has done so far, in users."""

    copied: int = 0
    present: int = 0
    differing: int = 0

    @property
    def users(self) -> int:
        """How many users were looked at."""
        return self.copied + self.present + self.differing


def record_of(store: Store, user: str) -> Record | None:
    """Everything that is stored of one user, or None."""
    while True:
        read, workouts = store.load(user), store.workouts(user)
        if store.load(user).revision == read.revision:  # no workout was finished between the two reads
            break
    document = read.document
    if document is None and not workouts:
        return None
    return {"format": FORMAT, "user": user, "document": document, "workouts": workouts[::-1]}


def records_of(store: Store) -> Iterator[Record]:
    """Everything of everybody, one user after another."""
    for user in store.users():
        record = record_of(store, user)
        if record is not None:
            yield record


def check(record: Any) -> Record:
    """The same record, if it has the shape of one. Raises NotARecord: it has not; the message says where."""
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise NotARecord(f'an export is a JSON object with "format": "{FORMAT}"')
    if not isinstance(record.get("user"), str) or not record["user"]:
        raise NotARecord('"user" must be a text')
    if len(record["user"]) > LONGEST_USER:
        raise NotARecord(f'"user" has {len(record["user"])} characters, {LONGEST_USER} at most are taken')
    if not record["user"].isprintable():
        raise NotARecord(f'"user" must be a text without control characters, not {record["user"]!r}')
    if not isinstance(record.get("document"), dict | None):
        raise NotARecord(f'"document" of {record["user"]} must be an object or null')
    workouts = record.get("workouts")
    if not isinstance(workouts, list) or not all(isinstance(workout, dict) for workout in workouts):
        raise NotARecord(f'"workouts" of {record["user"]} must be a list of objects')
    return record


def put(store: Store, record: Record, *, blank: Document, replace: bool = False) -> bool:
    """Put a record, as an export wrote it, into a store and verify it; False if it was there already.

    `blank` is the document of somebody of whom nothing is known, for a record that has none. `replace` deletes other
    data of this user first.

    Raises TargetDiffers: the store holds something else of this user. NotVerified: what was read back afterwards is
    not the record.
    """
    user, document, workouts = record["user"], record["document"] or blank, record["workouts"]
    there, done = store.load(user), store.workouts(user)[::-1]
    if there.document == document and done == workouts:
        return False
    is_begun = there.document == document or (there.document is None and not done)
    if not is_begun or done != workouts[: len(done)]:
        if not replace:
            raise TargetDiffers(f"other data of {user} are there already; --replace deletes them first")
        store.forget(user)
        there, done = store.load(user), []
    _append(store, user, document, there.revision, workouts[len(done) :])
    if store.load(user).document != document or store.workouts(user)[::-1] != workouts:
        raise NotVerified(f"{user} was changed while being copied: stop the coach, and do it again")
    return True


def _append(store: Store, user: str, document: Document, revision: int, workouts: list[Document]) -> None:
    """The document with as many workouts as one save takes, again and again; without any, once."""
    for at in range(0, max(len(workouts), 1), MAX_FINISHED):
        revision = store.save(user, document, revision, workouts[at : at + MAX_FINISHED])


def move(source: Store, target: Store, *, blank: Document, replace: bool = False) -> Iterator[Tally]:
    """Copy everybody, telling after each user how far it is; nothing is deleted from the source."""
    tally = Tally()
    for record in records_of(source):
        try:
            if put(target, record, blank=blank, replace=replace):
                tally.copied += 1
            else:
                tally.present += 1
        except TargetDiffers:
            tally.differing += 1
        yield tally
