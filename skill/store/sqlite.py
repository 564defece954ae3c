"""SQLite: the store of one kitchen, and of a server with a few workers on one machine.

How it keeps a set. The database is in WAL mode: a save is one append to the log, readers never wait, and what
a killed process had saved (kill -9) lies in the operating system's hands, so nothing of it is lost.
`synchronous = NORMAL` leaves the disk's own flush out of the turn (1 ms, 120 us of CPU, measured); a thread
flushes the log within `FLUSH_S` of a save instead. A pulled plug can therefore cost the last second or two,
never the order or the soundness.

One statement reads a turn and one writes it; both stay prepared in the connection's cache.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from skill.store.base import (
    Conflict,
    DamagedDocument,
    Document,
    Form,
    Stored,
    StoreUnavailable,
    newest_of_each,
    place_of,
    revision_after,
)
from skill.store.encoding import DOCUMENTS, FAST, PLAIN_BYTES, NotADocument, from_body
from skill.store.flush import Flusher
from skill.store.pool import Pool
from skill.store.sqlite_schema import lay_out

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


BUSY_MS = 3000
"""A turn has 8 s in all; a lock held longer than this becomes an apology rather than a silence."""
FLUSH_S = 1.0
PRUNED_AT_ONCE = 200

_LOAD = "SELECT revision, body FROM documents WHERE user = ?"
_FIRST = (
    "INSERT INTO documents (revision, body, saved_at, user) VALUES (?, ?, ?, ?) ON CONFLICT (user) DO NOTHING"
)
_NEXT = "UPDATE documents SET revision = ?, body = ?, saved_at = ? WHERE user = ? AND revision = ?"
_FINISHED = "INSERT INTO workouts (user, place, body, saved_at) VALUES (?, ?, ?, ?)"
_NEWEST_FIRST = "SELECT place, body FROM workouts WHERE user = ? ORDER BY place DESC"


class SQLiteStore:
    """A store in one file, made with its tables on first use."""

    def __init__(
        self, path: str | Path, *, busy_ms: int = BUSY_MS, clock: Callable[[], float] = time.time
    ) -> None:
        """Nothing is opened yet, so a server may fork its workers later; `-wal` and `-shm` will lie beside the file.

        `busy_ms` is how long to wait for another process's lock before the trainee hears an apology. `clock` gives
        seconds since the epoch, for the retention setting only; no decision depends on it.
        """
        self._path = Path(path)
        self._busy_ms = busy_ms
        self._clock = clock
        self._pool = Pool(self._connect)
        self._writing = threading.Lock()
        self._flusher = Flusher(Path(f"{self._path}-wal"), FLUSH_S)

    def load(self, user: str, form: Form = DOCUMENTS) -> Stored:
        """Read the user's document; text that is no document is set aside and reported once."""
        with self._database() as db:
            row = db.execute(_LOAD, (user,)).fetchone()
        if row is None:
            return Stored(None, 0)
        try:
            return Stored(form.read(row[1]), _whole(row[0]))
        except NotADocument as fault:
            self.set_aside(user, row[0])
            raise DamagedDocument(
                f"the document of one user in {self._path} is {fault}; it was set aside"
            ) from fault

    def save(
        self,
        user: str,
        document: Any,
        revision: int,
        finished: Sequence[Any] = (),
        form: Form = DOCUMENTS,
    ) -> int:
        """Save over `revision` only; with finished workouts, all of it in one transaction or nothing."""
        now = self._now()
        new = revision_after(revision)
        body, *bodies = [form.write(each, PLAIN_BYTES, FAST) for each in (document, *finished)]
        workouts = [(user, place_of(new, at), each, now) for at, each in enumerate(bodies)]
        statement, values = (
            (_NEXT, (new, body, now, user, revision)) if revision else (_FIRST, (new, body, now, user))
        )
        with self._one_at_a_time(), self._database() as db:
            if workouts:
                db.execute("BEGIN IMMEDIATE")
            if db.execute(statement, values).rowcount != 1:
                if workouts:
                    db.execute("ROLLBACK")
                raise Conflict("another turn of this user was saved since this one read")
            if workouts:
                db.executemany(_FINISHED, workouts)
                db.execute("COMMIT")
        self._flusher.saved()
        return new

    def workouts(self, user: str) -> list[Document]:
        """Finished workouts, newest first; one that cannot be read is set aside and left out."""
        with self._database() as db:
            rows = db.execute(_NEWEST_FIRST, (user,)).fetchall()
        found = []
        for place, body in rows:
            try:
                found.append(from_body(body))
            except NotADocument:
                self._move_aside("workouts", "place = ?", user, str(place, "utf-8"))
        return newest_of_each(found)

    def set_aside(self, user: str, revision: int) -> None:
        """Move the user's document, if it still has this revision, to the table `set_aside`."""
        self._move_aside("documents", "(revision = ? OR typeof(revision) <> 'integer')", user, revision)

    def forget(self, user: str) -> None:
        """Delete all rows of the user, in one transaction."""
        self._in_transaction(
            *(
                (f"DELETE FROM {table} WHERE user = ?", (user,))
                for table in ("documents", "workouts", "set_aside")
            )
        )

    def prune(self, saved_before: int) -> int:
        """Delete old rows, some users' at a time, so that no turn is kept waiting for all of them."""
        pruned = 0
        for table, date in (("documents", "saved_at"), ("workouts", "saved_at"), ("set_aside", "found_at")):
            with self._database() as db:
                question = f"SELECT DISTINCT user FROM {table} WHERE {date} < ?"
                users = [str(row[0], "utf-8") for row in db.execute(question, (saved_before,))]
            delete = f"DELETE FROM {table} WHERE user = ? AND {date} < ?"
            for start in range(0, len(users), PRUNED_AT_ONCE):
                some = users[start : start + PRUNED_AT_ONCE]
                pruned += self._in_transaction(*((delete, (user, saved_before)) for user in some))
        return pruned

    def users(self) -> Iterator[str]:
        """Every key with a document or a workout, read at once, so that the tables may change meanwhile."""
        with self._database() as db:
            rows = db.execute("SELECT user FROM documents UNION SELECT user FROM workouts").fetchall()
        return (str(row[0], "utf-8") for row in rows)

    def close(self) -> None:
        """Flush, and close the connections: those in use once they come back."""
        self._flusher.close()
        self._pool.close()

    def _move_aside(self, table: str, condition: str, user: str, value: int | str) -> None:
        rows, key = f"FROM {table} WHERE user = ? AND {condition}", (user, value)
        place = "revision" if table == "documents" else "place"
        self._in_transaction(
            (f"INSERT INTO set_aside SELECT user, '{table}', {place}, body, {self._now()} {rows}", key),
            (f"DELETE {rows}", key),
        )

    def _now(self) -> int:
        return int(self._clock())

    def _in_transaction(self, *statements: tuple[str, tuple[object, ...]]) -> int:
        with self._one_at_a_time(), self._database() as db:
            db.execute("BEGIN IMMEDIATE")
            changed = sum(db.execute(statement, values).rowcount for statement, values in statements)
            db.execute("COMMIT")
        self._flusher.saved()
        return changed

    def _one_at_a_time(self) -> AbstractContextManager[None]:
        return queued(self._writing, self._busy_ms / 1000, self._path)

    def _database(self) -> AbstractContextManager[sqlite3.Connection]:
        return lent(self._pool, self._path)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._path, timeout=self._busy_ms / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            db.text_factory = bytes
            db.execute("PRAGMA synchronous = NORMAL")
            lay_out(db, str(self._path), self._busy_ms / 1000)
        except BaseException:
            db.close()
            raise
        return db


def _whole(revision: object) -> int:
    if type(revision) is not int:
        raise NotADocument("without a whole number for its revision")
    return revision
