"""PostgreSQL: the store of a server with several workers or several machines.

Each call is one statement and one round trip; a workout that ends is appended by the statement that saves
the document. When the server goes away in mid-load (a restart, a failover), the call is done again on a fresh
connection for `PATIENCE_S`; a save that had arrived before the connection broke is known by its revision.
The server's connections are few (100, unless told otherwise), so a process opens `CONNECTIONS` at most, and
waits within the same time for one of its own to come back, or for the server to take one more.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from skill.store.base import (
    Body,
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
from skill.store.pool import Pool
from skill.store.postgres_schema import lay_out

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

Answer = TypeVar("Answer")

PATIENCE_S = 2.0
"""How long a call waits for a server that is coming back; a turn has 8 s in all."""
CONNECT_S, STATEMENT_MS = 3, 3000
CONNECTIONS = 8
"""Of one process, unless the address says otherwise; a turn is in the store for some milliseconds only."""

_LOAD = "SELECT revision, body FROM coach_documents WHERE user_key = %(user)s"
_FIRST = (
    "INSERT INTO coach_documents (user_key, revision, body, saved_at)"
    " VALUES (%(user)s, %(new)s, %(body)s, %(now)s) ON CONFLICT (user_key) DO NOTHING"
)
_NEXT = (
    "UPDATE coach_documents SET revision = %(new)s, body = %(body)s, saved_at = %(now)s"
    " WHERE user_key = %(user)s AND revision = %(old)s"
)
_WITH_FINISHED = (
    "WITH saved AS ({save} RETURNING user_key)"
    " INSERT INTO coach_workouts (user_key, place, body, saved_at)"
    " SELECT saved.user_key, workout.place, workout.body, %(now)s"
    " FROM saved, unnest(%(places)s::text[], %(bodies)s::bytea[]) AS workout (place, body)"
)
_NEWEST_FIRST = "SELECT place, body FROM coach_workouts WHERE user_key = %(user)s ORDER BY place DESC"
_ASIDE = (
    "WITH moved AS (DELETE FROM coach_{table} WHERE user_key = %(user)s AND {key} = %(value)s"
    " RETURNING user_key, {key} AS place, body)"
    " INSERT INTO coach_set_aside (user_key, kind, place, body, found_at)"
    " SELECT user_key, '{table}', place, body, %(now)s FROM moved"
)
_FORGET = (
    "WITH a AS (DELETE FROM coach_documents WHERE user_key = %(user)s),"
    " b AS (DELETE FROM coach_workouts WHERE user_key = %(user)s)"
    " DELETE FROM coach_set_aside WHERE user_key = %(user)s"
)
_USERS = "SELECT user_key FROM coach_documents UNION SELECT user_key FROM coach_workouts"


class PostgresStore:
    """A store in three tables of one PostgreSQL database, made on first use."""

    def __init__(self, conninfo: str, *, connections: int = CONNECTIONS) -> None:
        """Nothing is opened yet, so a server may fork its workers afterwards.

        `conninfo` is any connection string of libpq's; this process has at most so many `connections` open at once.
        """
        self._conninfo = conninfo
        self._pool: Pool[Connection] = Pool(self._connect, connections)
        self._clock = time.time

    def load(self, user: str, form: Form = DOCUMENTS) -> Stored:
        """Read the user's document; text that is no document is set aside and reported once."""
        row = self._call(lambda db: db.execute(_LOAD, {"user": user}).fetchone())
        if row is None:
            return Stored(None, 0)
        try:
            return Stored(form.read(row[1]), row[0])
        except NotADocument as fault:
            self.set_aside(user, row[0])
            raise DamagedDocument(
                f"one user's document in PostgreSQL is {fault}; it was set aside"
            ) from fault

    def save(
        self,
        user: str,
        document: Any,
        revision: int,
        finished: Sequence[Any] = (),
        form: Form = DOCUMENTS,
    ) -> int:
        """Save over `revision` only, with the finished workouts, by one statement."""
        new, body = revision_after(revision), _bytes(form.write(document, PLAIN_BYTES, FAST))
        statement = _NEXT if revision else _FIRST
        values = {"user": user, "old": revision, "new": new, "body": body, "now": self._now()}
        if finished:
            statement = _WITH_FINISHED.format(save=statement)
            values["places"] = [place_of(new, at) for at in range(len(finished))]
            values["bodies"] = [_bytes(form.write(workout, PLAIN_BYTES, FAST)) for workout in finished]

        def save_once(db: "Connection", is_repeat: bool) -> bool:
            if db.execute(statement, values).rowcount > 0:
                return True
            row = db.execute(_LOAD, {"user": user}).fetchone() if is_repeat else None
            return row is not None and row[0] == new

        if not self._patiently(save_once):
            raise Conflict("another turn of this user was saved since this one read")
        return new

    def workouts(self, user: str) -> list[Document]:
        """Finished workouts, newest first; one that cannot be read is set aside and left out."""
        found = []
        for place, body in self._call(lambda db: db.execute(_NEWEST_FIRST, {"user": user}).fetchall()):
            try:
                found.append(from_body(body))
            except NotADocument:
                self._move_aside("workouts", "place", user, place)
        return newest_of_each(found)

    def set_aside(self, user: str, revision: int) -> None:
        """Move the user's document, if it still has this revision, to `coach_set_aside`."""
        self._move_aside("documents", "revision", user, revision)

    def forget(self, user: str) -> None:
        """Delete all rows of the user, by one statement."""
        self._call(lambda db: db.execute(_FORGET, {"user": user}))

    def prune(self, saved_before: int) -> int:
        """Delete old rows, a table at a time; turns do not wait for it."""
        return sum(
            self._at_leisure(
                f"DELETE FROM coach_{table} WHERE {column} < {int(saved_before)} RETURNING 1", len
            )
            for table, column in (
                ("documents", "saved_at"),
                ("workouts", "saved_at"),
                ("set_aside", "found_at"),
            )
        )

    def users(self) -> Iterator[str]:
        """Every key with a document or a workout, read at once."""
        return self._at_leisure(_USERS, lambda rows: iter([row[0] for row in rows]))

    def close(self) -> None:
        """Close the connections: those in use once they come back."""
        self._pool.close()

    def _move_aside(self, table: str, key: str, user: str, value: int | str) -> None:
        statement = _ASIDE.format(table=table, key=key)
        values = {"user": user, "value": value, "now": self._now()}
        self._call(lambda db: db.execute(statement, values))

    def _now(self) -> int:
        return int(self._clock())

    def _call(self, call: "Callable[[Connection], Answer]") -> Answer:
        return self._patiently(lambda db, is_repeat: call(db))

    def _at_leisure(self, statement: str, answer: "Callable[[list[tuple[Any, ...]]], Answer]") -> Answer:
        """An operator's statement over whole tables, for which a turn's time limit does not hold."""

        def run(db: "Connection") -> Answer:
            with db.transaction():
                db.execute("SET LOCAL statement_timeout = 0")
                return answer(db.execute(statement).fetchall())

        return self._call(run)

    def _patiently(self, call: "Callable[[Connection, bool], Answer]") -> Answer:
        """Do the call, again on a new connection when the old one turns out to be broken."""
        try:
            import psycopg
        except ImportError as fault:
            cure = "pip install 'hands-free-band-coach[postgres]'"
            raise StoreUnavailable(f"PostgreSQL needs the psycopg driver: {cure}") from fault
        end = time.monotonic() + PATIENCE_S
        is_repeat = False
        while True:
            try:
                with self._pool.lent(end - time.monotonic()) as db:
                    return call(db, is_repeat)
            except psycopg.Error as fault:
                if not _is_lost_connection(fault) or time.monotonic() > end:
                    raise _unavailable(fault) from fault
            self._pool.drain()
            is_repeat = True
            time.sleep(0.05)

    def _connect(self) -> "Connection":
        import psycopg

        db = psycopg.connect(self._conninfo, autocommit=True, connect_timeout=CONNECT_S)
        try:
            db.execute(f"SET statement_timeout = {STATEMENT_MS}")
            lay_out(db)
        except BaseException:
            db.close()
            raise
        return db


def _bytes(body: Body) -> bytes:
    return body.encode("ascii") if isinstance(body, str) else body


def _is_lost_connection(fault: "psycopg.Error") -> bool:
    """No state: the driver itself gave up; 08 and 57P: the server broke or refused the connection."""
    import psycopg

    if isinstance(fault, psycopg.InterfaceError):
        return True
    state = fault.sqlstate or "08"
    return isinstance(fault, psycopg.OperationalError) and (state[:2] == "08" or state[:3] == "57P")


def _unavailable(fault: "psycopg.Error") -> StoreUnavailable:
    cures = {
        "53100": "the server's disk is full: make room",
        "53300": "the server takes no more connections: raise max_connections or run fewer workers",
        "25006": "the server is read-only (a standby?): point the coach at the primary",
        "57014": "the statement took too long: look for a lock that somebody holds",
        "42501": "grant the coach's user the right to its tables",
    }
    state = fault.sqlstate or ""  # libpq tells none of a connection that was refused
    unreached = "is the server running, is the address right, and does it take more connections?"
    cure = cures.get(state, "see its log" if state else unreached)
    return StoreUnavailable(f"PostgreSQL: {str(fault).strip()} ({state or 'no state'}); {cure}")
