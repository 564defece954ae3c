"""DynamoDB: the store for every Echo in the world, with Lambda in front.

One table with the keys `user` and `item`. A user's items are

    document                   what a turn reads and writes: `revision`, `body` (JSON text), `saved_at`
    workout#<place>            a finished workout, written in the transaction that finishes it
    aside#<item>#<place>       what could not be read, as it was

A turn costs one strongly consistent read and one conditional write; the end of a workout writes twice, in
one transaction. The body is text and not a map: one attribute to bill, packed where that is cheaper, and no
Decimals. The SDK sends a request again when the answer gets lost; if the first had arrived, the second
fails its condition, and the revision it finds there tells our own write from a rival's.
"""

import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Any

from skill.store.base import (
    DamagedDocument,
    Document,
    Form,
    Stored,
    newest_of_each,
    place_of,
    revision_after,
)
from skill.store.dynamodb_table import TIMEOUT_S, Item, Table, key
from skill.store.encoding import DOCUMENTS, NotADocument

DAY_S = 86_400
UNIT_BYTES, SMALL = 900, 6
"""Writes are billed by the kB begun, keys included: a longer body is packed, and packed well."""


class DynamoDBStore:
    """A store in one DynamoDB table; safe to share between threads, connected with its first call."""

    def __init__(
        self,
        table: str,
        *,
        region: str | None = None,
        endpoint: str | None = None,
        timeout_s: float = TIMEOUT_S,
        retention_days: int | None = None,
    ) -> None:
        """Name the place; the region is by default what the environment says, the endpoint an emulator's, for tests.

        `timeout_s` is how long one of the three tries of a call waits for the service. With `retention_days` the
        table's time to live (attribute `expires_at`) deletes what was last saved so many days ago.
        """
        self._table = Table(table, region, endpoint, timeout_s)
        self._clock = time.time
        self._retention_days = retention_days

    def load(self, user: str, form: Form = DOCUMENTS) -> Stored:
        """One consistent read; an item that is no document is set aside and reported once."""
        item = self._table.get(user, "document")
        if item is None:
            return Stored(None, 0)
        try:
            return Stored(_body(item, form), int(item["revision"]["N"]))
        except (NotADocument, KeyError) as fault:
            self._move_aside(item)
            raise DamagedDocument(
                f"one user's document in {self._table.name} is {fault}; it was set aside"
            ) from fault

    def save(
        self,
        user: str,
        document: Any,
        revision: int,
        finished: Sequence[Any] = (),
        form: Form = DOCUMENTS,
    ) -> int:
        """One conditional write, or one transaction with the finished workouts."""
        new = revision_after(revision)
        item = self._item(user, "document", document, form) | {"revision": {"N": str(new)}}
        workouts = [
            self._item(user, f"workout#{place_of(new, at)}", workout, form)
            for at, workout in enumerate(finished)
        ]
        self._table.put(item, {"N": str(revision)} if revision else None, workouts)
        return new

    def workouts(self, user: str) -> list[Document]:
        """Finished workouts, newest first; one that cannot be read is set aside and left out."""
        found = []
        for item in self._table.items(user, "workout#"):
            try:
                found.append(_body(item))
            except NotADocument:
                self._move_aside(item)
        return newest_of_each(found)

    def set_aside(self, user: str, revision: int) -> None:
        """Move the user's document, if it still has this revision."""
        item = self._table.get(user, "document")
        if item is not None and item.get("revision") == {"N": str(revision)}:
            self._move_aside(item)

    def forget(self, user: str) -> None:
        """Delete the document first, so that turns under way end in a conflict, then all the rest."""
        self._table.delete([key(user, "document")])
        self._table.delete([key(user, item["item"]["S"]) for item in self._table.items(user)])

    def prune(self, saved_before: int) -> int:
        """Delete old items by reading the whole table; with `retention_days` DynamoDB does it itself."""
        return self._table.delete_older(saved_before)

    def users(self) -> Iterator[str]:
        """Every key with a document or a workout, by reading the whole table (for operators)."""
        return self._table.users()

    def close(self) -> None:
        """Give back the connections."""
        self._table.close()

    def _item(self, user: str, item: str, document: Any, form: Form = DOCUMENTS) -> Item:
        now = int(self._clock())
        body = form.write(document, UNIT_BYTES, SMALL)
        made: Item = {
            **key(user, item),
            "body": {"S": body} if isinstance(body, str) else {"B": body},
            "saved_at": {"N": str(now)},
        }
        if self._retention_days:
            made["expires_at"] = {"N": str(now + self._retention_days * DAY_S)}
        return made

    def _move_aside(self, item: Item) -> None:
        self._table.rename(item, f"aside#{item['item']['S']}#{secrets.token_hex(6)}")


def _body(item: Item, form: Form = DOCUMENTS) -> Any:
    body = item.get("body", {})
    if not body.keys() & {"S", "B"}:
        raise NotADocument("without a body")
    return form.read(body.get("S") or body["B"])
