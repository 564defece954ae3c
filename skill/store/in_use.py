"""Whether a coach is running on a store: what would be restored under it would be mixed with what it saves."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from time import sleep

from skill.store.base import StoreError, StoreUnavailable
from skill.store.choose import file_of, server_of

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_LOOKS, _BETWEEN_S = 20, 0.1
"""PostgreSQL lists for a moment who has just left."""


class InUse(StoreError):
    """A coach is running on this store; nothing was done."""


def check_unused(address: str) -> None:
    """Nothing, if nobody else has the store open. DynamoDB cannot tell; there each record is read back instead.

    Raises InUse: a coach is running on it; StoreUnavailable: the file cannot be opened.
    """
    file = file_of(address)
    if file is not None:
        _check_file(file)
    elif address.startswith("postgres"):
        _check_server(server_of(address)[0])


def _check_file(file: Path) -> None:
    """A database in WAL mode leaves it only where it is open nowhere else; its log is then part of the file."""
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=0.2)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as fault:
        if "locked" not in str(fault):
            raise StoreUnavailable(
                f"the database {file}: {fault}; let the coach's user write to it"
            ) from fault
        raise InUse(f"a coach is running on {file}: stop it first. Nothing was done") from fault
    except sqlite3.DatabaseError:
        return  # damaged: just what a backup is restored over


def _check_server(address: str) -> None:
    with suppress(ImportError):
        import psycopg

        others = 0
        try:
            with psycopg.connect(address, connect_timeout=3, autocommit=True) as connection:
                for _ in range(_LOOKS):
                    others, *_ = connection.execute(_OTHERS).fetchone() or (0,)
                    if not others:
                        return
                    sleep(_BETWEEN_S)
        except psycopg.Error as fault:
            raise StoreUnavailable(f"PostgreSQL cannot be reached: {fault}") from fault
        raise InUse(f"{others} others are connected to the database: stop the coach first. Nothing was done")
