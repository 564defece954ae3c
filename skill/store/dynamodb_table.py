"""The AWS SDK, wrapped once: the calls the store needs on one table, with typed items and its own errors.

The SDK (botocore, which boto3 brings) is imported with the first call: loading it takes longer than a turn.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from skill.store.base import Conflict, StoreUnavailable

Item = dict[str, dict[str, Any]]
"""An item in the service's own notation, `{"revision": {"N": "7"}}`, where numbers are text: no Decimals."""

TIMEOUT_S, ATTEMPTS = 1.0, 3
"""At worst three tries and two pauses of at most 1 and 2 s: an answer or an apology within Alexa's 8 s."""
DELETE_TRIES, DELETE_PAUSE_S = 6, 0.05
"""Of what a throttled table leaves undone; each pause is twice the one before: 1.5 s at most."""

_CURES = {
    "ResourceNotFoundException": "the table is missing: deploy the template, or create it in this region",
    "ProvisionedThroughputExceededException": "throttled: switch the table to on-demand billing",
    "ThrottlingException": "throttled: it passes; if it lasts, ask AWS for a higher limit",
    "RequestLimitExceeded": "throttled: it passes; if it lasts, ask AWS for a higher limit",
    "AccessDeniedException": "give the function's role the rights that the template lists",
    "UnrecognizedClientException": "AWS does not know these credentials",
    "NoCredentialsError": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run under a role",
    "NoRegionError": "set AWS_REGION, or name the region in the address",
}


class Table:
    """One table with the keys `user` and `item`, as the store uses it; safe to share between threads."""

    def __init__(self, name: str, region: str | None, endpoint: str | None, timeout_s: float) -> None:
        self.name = name
        self._timeout_s = timeout_s
        self._where = {"region_name": region, "endpoint_url": endpoint}
        self._making = threading.Lock()
        self._process = 0
        self._sdk: Any = None

    def get(self, user: str, item: str) -> Item | None:
        """One item, read consistently."""
        with self._client() as client:
            answer = client.get_item(TableName=self.name, Key=key(user, item), ConsistentRead=True)
        return answer.get("Item")  # type: ignore[no-any-return]

    def put(self, item: Item, over: dict[str, str] | None, more: Sequence[Item] = ()) -> None:
        """Write `item` and `more`, all or nothing, if the revision there is `over` (None: nothing there).

        Raises Conflict: something else is there, and it is not this very item, written by a request whose answer was
        lost.
        """
        put = {"TableName": self.name, "Item": item, **_if_still(over)}
        others = [{"Put": {"TableName": self.name, "Item": other}} for other in more]
        with self._client() as client:
            if others:
                found = self._write(client.transact_write_items, TransactItems=[{"Put": put}, *others])
            else:
                found = self._write(client.put_item, **put)
        if found is not None and found.get("revision") != item["revision"]:
            raise Conflict("another turn of this user was saved since this one read")

    def rename(self, item: Item, name: str) -> None:
        """Give an item another sort key, unless it has changed since it was read."""
        delete = {"TableName": self.name, "Key": key(item["user"]["S"], item["item"]["S"])}
        put = {"TableName": self.name, "Item": {**item, "item": {"S": name}}}
        moves = [{"Delete": delete | _if_still(item.get("revision"))}, {"Put": put}]
        with self._client() as client:
            self._write(client.transact_write_items, TransactItems=moves)

    def items(self, user: str, prefix: str = "") -> Iterator[Item]:
        """The user's items whose sort key begins with the prefix, last one first."""
        question = {
            "TableName": self.name,
            "KeyConditionExpression": "#u = :u" + (" AND begins_with(#i, :i)" if prefix else ""),
            "ExpressionAttributeNames": {"#u": "user"} | ({"#i": "item"} if prefix else {}),
            "ExpressionAttributeValues": {":u": {"S": user}} | ({":i": {"S": prefix}} if prefix else {}),
            "ScanIndexForward": False,
            "ConsistentRead": True,
        }
        with self._client() as client:
            for page in client.get_paginator("query").paginate(**question):
                yield from page["Items"]

    def delete(self, keys: Sequence[Item]) -> None:
        """Delete items, 25 a request. Raises StoreUnavailable: some are still there, for the table is throttled."""
        with self._client() as client:
            for start in range(0, len(keys), 25):
                self._delete_some(client, keys[start : start + 25])

    def _delete_some(self, client: Any, keys: Sequence[Item]) -> None:
        left = {self.name: [{"DeleteRequest": {"Key": one}} for one in keys]}
        for nth in range(DELETE_TRIES):
            if nth:
                time.sleep(DELETE_PAUSE_S * 2 ** (nth - 1))
            left = client.batch_write_item(RequestItems=left)["UnprocessedItems"]
            if not left:
                return
        cure = _CURES["ThrottlingException"]
        raise StoreUnavailable(f"the DynamoDB table {self.name} leaves items undeleted; {cure}")

    def delete_older(self, saved_before: int) -> int:
        """Delete every item that was saved before an instant, unless it is saved again meanwhile."""
        old: dict[str, Any] = {
            "ExpressionAttributeValues": {":t": {"N": str(saved_before)}},
            "TableName": self.name,
        }
        names = {"ProjectionExpression": "#u, #i", "ExpressionAttributeNames": {"#u": "user", "#i": "item"}}
        deleted = 0
        with self._client() as client:
            scan = client.get_paginator("scan").paginate(FilterExpression="saved_at < :t", **old, **names)
            for found in (item for page in scan for item in page["Items"]):
                condition = {"Key": found, "ConditionExpression": "saved_at < :t"}
                deleted += self._write(client.delete_item, **old, **condition) is None
        return deleted

    def users(self) -> Iterator[str]:
        """The user of every item that is not set aside, once each, by reading the whole table."""
        seen: set[str] = set()
        question = {
            "TableName": self.name,
            "ProjectionExpression": "#u",
            "FilterExpression": "NOT begins_with(#i, :a)",
            "ExpressionAttributeNames": {"#u": "user", "#i": "item"},
            "ExpressionAttributeValues": {":a": {"S": "aside#"}},
            "ConsistentRead": True,
        }
        with self._client() as client:
            for page in client.get_paginator("scan").paginate(**question):
                fresh = {item["user"]["S"] for item in page["Items"]} - seen
                seen |= fresh
                yield from fresh

    def close(self) -> None:
        """Give back the connections of this process."""
        with self._making:
            if self._sdk is not None and self._process == os.getpid():
                self._sdk.close()
            self._process = 0

    def _write(self, call: Callable[..., Any], **question: Any) -> Item | None:
        """Send a conditional write; None if it was done, or the item that stood against it."""
        try:
            call(**question)
        except self._errors as fault:
            answer = _answer(fault)
            reasons = [reason.get("Code") for reason in answer.get("CancellationReasons", ())]
            if _code(fault) == "ConditionalCheckFailedException":
                return answer.get("Item", {})  # type: ignore[no-any-return]
            if reasons[:1] == ["ConditionalCheckFailed"]:
                return answer["CancellationReasons"][0].get("Item", {})  # type: ignore[no-any-return]
            if _code(fault) == "TransactionConflictException" or "TransactionConflict" in reasons:
                raise Conflict("another turn of this user is being saved at this moment") from fault
            raise
        return None

    @contextmanager
    def _client(self) -> Iterator[Any]:
        if self._process != os.getpid():
            self._connect()
        try:
            yield self._sdk
        except self._errors as fault:
            raise self._unavailable(fault) from fault

    def _connect(self) -> None:
        with self._making:
            if self._process == os.getpid():
                return
            try:
                import botocore.exceptions as errors
                import botocore.session
                from botocore.config import Config
            except ImportError as fault:
                raise StoreUnavailable(
                    "DynamoDB needs the AWS SDK: pip install 'hands-free-band-coach[dynamodb]'"
                ) from fault
            self._errors = (errors.ClientError, errors.BotoCoreError)
            retries = {"mode": "standard", "total_max_attempts": ATTEMPTS}
            config = Config(connect_timeout=self._timeout_s, read_timeout=self._timeout_s, retries=retries)
            try:
                self._sdk = botocore.session.get_session().create_client(
                    "dynamodb", config=config, **self._where
                )
            except self._errors as fault:
                raise self._unavailable(fault) from fault
            self._process = os.getpid()

    def _unavailable(self, fault: Exception) -> StoreUnavailable:
        name = _code(fault) or type(fault).__name__
        cure = _CURES.get(name, "see the message; the AWS status page may know more")
        return StoreUnavailable(f"the DynamoDB table {self.name}: {fault}; {cure}")


def key(user: str, item: str) -> Item:
    """The two attributes that name an item."""
    return {"user": {"S": user}, "item": {"S": item}}


def _answer(fault: Exception) -> dict[str, Any]:
    """What the service said; nothing where it was not reached."""
    return getattr(fault, "response", None) or {}


def _code(fault: Exception) -> str:
    return str(_answer(fault).get("Error", {}).get("Code", ""))


def _if_still(revision: dict[str, str] | None) -> dict[str, Any]:
    """The condition that an item still has this revision, or, where there is none, that it has none."""
    condition: dict[str, Any] = {
        "ConditionExpression": "attribute_not_exists(revision)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    if revision is not None:
        condition |= {"ConditionExpression": "revision = :r", "ExpressionAttributeValues": {":r": revision}}
    return condition
