"""A store by its address, as it stands in the environment or on the command line."""

from urllib.parse import parse_qsl, urlsplit

from skill.store.base import Store, StoreUnavailable


def open_store(address: str) -> Store:
    """Make the store that an address names; nothing is opened before its first call.

    Args:
        address: `sqlite:coach.db` (or a plain path), `postgresql://user@host/database`, or
            `dynamodb:TABLE`, with `?region=eu-west-1` and `&endpoint=http://127.0.0.1:8000` where needed.

    Raises:
        StoreUnavailable: the address names no store.
    """
    scheme, colon, rest = address.partition(":")
    if scheme in ("postgresql", "postgres"):
        from skill.store.postgres import PostgresStore

        return PostgresStore(address)
    if scheme == "dynamodb":
        from skill.store.dynamodb import DynamoDBStore

        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query))
        table = parts.path or parts.netloc
        unknown = set(options) - {"region", "endpoint"}
        if not table or unknown:
            raise StoreUnavailable(f"{address!r}: write dynamodb:TABLE?region=eu-west-1 (and endpoint=...)")
        return DynamoDBStore(table, region=options.get("region"), endpoint=options.get("endpoint"))
    from skill.store.sqlite import SQLiteStore

    if not colon or scheme == "sqlite":
        return SQLiteStore((rest if colon else address).removeprefix("//"))
    raise StoreUnavailable(f"{address!r}: a store is sqlite:FILE, postgresql://... or dynamodb:TABLE")
