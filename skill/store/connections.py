"""SQLite's connections on loan: who has to wait for whom, and what a failure is called outside, with its cure."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skill.store.base import StoreUnavailable
from skill.store.pool import Pool

_CURES = {
    "SQLITE_FULL": "the disk is full: make room; nothing else needs doing",
    "SQLITE_READONLY": "the file or its folder is read-only: let the coach's user write to both",
    "SQLITE_CANTOPEN": "it cannot be opened: the folder must exist and be writable for the coach's user",
    "SQLITE_BUSY": "another program holds it locked: end that program, or its transaction",
    "SQLITE_NOTADB": "it is not an SQLite database: point the coach to another file, or restore a backup",
    "SQLITE_CORRUPT": "it is damaged: stop the coach and restore a backup, or try `sqlite3 FILE .recover`",
    "SQLITE_ERROR": "its tables are not the coach's: point the coach to a file of its own",
    "SQLITE_IOERR": "the disk reports errors: look at the system log",
}


@contextmanager
def lent(pool: Pool[sqlite3.Connection], path: Path) -> Iterator[sqlite3.Connection]:
    """A connection on loan, whose failures are told as the store's own, with their cure."""
    try:
        with pool.lent() as db:
            yield db
    except sqlite3.Error as fault:
        raise _unavailable(path, fault) from fault


@contextmanager
def queued(lock: threading.Lock, patience_s: float, path: Path) -> Iterator[None]:
    """SQLite lets all writers but one sleep, 100 ms at a time: our threads queue here instead."""
    if not lock.acquire(timeout=patience_s):
        raise StoreUnavailable(f"the database {path}: other turns hold it for too long")
    try:
        yield
    finally:
        lock.release()


def _unavailable(path: Path, fault: sqlite3.Error) -> StoreUnavailable:
    name = getattr(fault, "sqlite_errorname", "") or ""
    cure = next((cure for prefix, cure in _CURES.items() if name.startswith(prefix)), "see the message")
    return StoreUnavailable(f"the database {path}: {fault} ({name or 'no code'}); {cure}")
