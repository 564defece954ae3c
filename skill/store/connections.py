"""SQLite's connections on loan: who has to wait for whom, and what a failure is called outside, with its cure."""

import sqlite3
import threading
from pathlib import Path
from types import TracebackType

from skill.store.base import StoreUnavailable
from skill.store.pool import Loan, Pool

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


class Queue:
    """SQLite lets all writers but one sleep, 100 ms at a time: our threads queue here instead."""

    __slots__ = ("_lock", "_path", "_patience_s")

    def __init__(self, lock: threading.Lock, patience_s: float, path: Path) -> None:
        self._lock, self._patience_s, self._path = lock, patience_s, path

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience_s):
            raise StoreUnavailable(f"the database {self._path}: other turns hold it for too long")

    def __exit__(self, *fault: object) -> None:
        self._lock.release()


class Lent(Loan[sqlite3.Connection]):
    """A connection on loan, whose failures are told as the store's own, with their cure."""

    __slots__ = ("_path",)

    def __init__(self, pool: Pool[sqlite3.Connection], path: Path) -> None:
        super().__init__(pool)
        self._path = path

    def __enter__(self) -> sqlite3.Connection:
        try:
            return super().__enter__()
        except sqlite3.Error as fault:
            raise _unavailable(self._path, fault) from fault

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, fault, trace)
        if isinstance(fault, sqlite3.Error):
            raise _unavailable(self._path, fault) from fault


def _unavailable(path: Path, fault: sqlite3.Error) -> StoreUnavailable:
    name = getattr(fault, "sqlite_errorname", "") or ""
    cure = next((cure for prefix, cure in _CURES.items() if name.startswith(prefix)), "see the message")
    return StoreUnavailable(f"the database {path}: {fault} ({name or 'no code'}); {cure}")
