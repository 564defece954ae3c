"""A store by its address, as it stands in the environment or on the command line."""

import re
from math import inf
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from skill.store.base import Store, StoreUnavailable

_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def open_store(address: str, *, must_exist: bool = False) -> Store:
    """Make the store that an address names; nothing is opened before its first call.

    An address is `sqlite:coach.db` (or a plain path), `postgresql://user@host/database`, where needed with `?pool=8`
    (connections of each process), or `dynamodb:TABLE`, where needed with `?region=eu-west-1`,
    `&endpoint=http://127.0.0.1:8000`, `&timeout=1` (s, of each of three tries) and `&retention_days=365` (time to
    live). Where a file `must_exist`, as for whoever reads or deletes, a slip in a path does not pass for a store that
    holds nothing.

    Raises StoreUnavailable: the address names no store, one that has to exist and does not, or an option that cannot be
    used; the message names it.
    """
    scheme = address.partition(":")[0]
    if scheme in ("postgresql", "postgres"):
        return _postgres(address)
    if scheme == "dynamodb":
        return _dynamodb(address)
    file = file_of(address)
    if file is None:
        raise StoreUnavailable(f"{address!r}: a store is sqlite:FILE, postgresql://... or dynamodb:TABLE")
    from skill.store.sqlite import SQLiteStore

    if must_exist and not file.exists():
        raise StoreUnavailable(f"there is no database {file}: is the path right? Nothing was done")
    return SQLiteStore(file)


def file_of(address: str) -> Path | None:
    """The file of a store that is one; None for all others."""
    scheme, colon, rest = address.partition(":")
    if colon and scheme != "sqlite":
        return None
    return Path((rest if colon else address).removeprefix("//"))


def beside(address: str, suffix: str) -> Path:
    """Where a file that belongs to a store lies: beside the store's own; of one that is no file, where one is."""
    file = file_of(address)
    return Path(f"glute-coach{suffix}") if file is None else file.with_name(file.name + suffix)


def server_of(address: str) -> tuple[str, list[str]]:
    """A PostgreSQL address as the server's library takes it, and the options in it that are ours."""
    server, _, options = address.partition("?")
    ours = [each for each in options.split("&") if each.startswith("pool=")]
    theirs = "&".join(each for each in options.split("&") if each not in ours)
    return (f"{server}?{theirs}" if theirs else server), ours


def _postgres(address: str) -> Store:
    from skill.store.postgres import CONNECTIONS, PostgresStore

    server, ours = server_of(address)
    size = ours[-1].removeprefix("pool=") if ours else str(CONNECTIONS)
    if not (size.isascii() and size.isdigit() and int(size) > 0):
        raise StoreUnavailable(f"pool={size}: the number of connections is 1 or more")
    return PostgresStore(server, connections=int(size))


def _dynamodb(address: str) -> Store:
    from skill.store.dynamodb import DynamoDBStore

    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    table = parts.path or parts.netloc
    unknown = set(options) - {"region", "endpoint", "timeout", "retention_days"}
    if not table or unknown:
        form = "dynamodb:TABLE?region=eu-west-1&endpoint=http://...&timeout=1"
        raise StoreUnavailable(f"{address!r}: write {form}")
    return DynamoDBStore(
        table,
        region=options.get("region"),
        endpoint=options.get("endpoint"),
        timeout_s=_timeout_s(options.get("timeout", "1")),
        retention_days=_days(options.get("retention_days", "0")),
    )


def _timeout_s(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not 0 < float(text) < inf:
        raise StoreUnavailable(f"timeout={text}: the seconds that each of three tries waits, more than 0")
    return float(text)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise StoreUnavailable(f"retention_days={text}: whole days, or 0 for as long as the table is there")
    return int(text)
