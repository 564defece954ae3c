"""The tables that PostgreSQL keeps the coach's documents in, made once by whichever worker comes first."""

from typing import TYPE_CHECKING, Any

from skill.store.base import StoreUnavailable

if TYPE_CHECKING:
    import psycopg

LAYOUT = 1

_TABLES = f"""
CREATE TABLE coach_documents (
  user_key text PRIMARY KEY, revision bigint NOT NULL, body bytea NOT NULL, saved_at bigint NOT NULL)
  WITH (fillfactor = 70);
CREATE TABLE coach_workouts (
  user_key text NOT NULL, place text COLLATE "C" NOT NULL, body bytea NOT NULL, saved_at bigint NOT NULL,
  PRIMARY KEY (user_key, place));
CREATE TABLE coach_set_aside (
  user_key text NOT NULL, kind text NOT NULL, place text NOT NULL, body bytea, found_at bigint NOT NULL);
CREATE INDEX coach_set_aside_of ON coach_set_aside (user_key);
CREATE TABLE coach_layout (version integer NOT NULL);
INSERT INTO coach_layout VALUES ({LAYOUT});
"""
_LOCK = 0x676C757465
"""Of the advisory lock ("glute"): two workers that start at once must not both make the tables."""


def lay_out(db: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """Make the tables in a new database; refuse those that a newer version of the coach has laid out."""
    version = _version(db)
    if version is None:
        # A lock of the session, not of a transaction: inside one, the server may go on believing what it
        # looked up before it waited, and find no tables where a faster worker has just made them.
        db.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        try:
            if _version(db) is None:
                db.execute(_TABLES)
        finally:
            db.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
        version = _version(db) or LAYOUT
    if version > LAYOUT:
        raise StoreUnavailable(
            f"the tables are a newer coach's (layout {version}; this one knows {LAYOUT}): update this one"
        )


def _version(db: "psycopg.Connection[tuple[Any, ...]]") -> int | None:
    exists = db.execute("SELECT to_regclass('coach_layout')").fetchone()
    if exists is None or exists[0] is None:
        return None
    row = db.execute("SELECT version FROM coach_layout").fetchone()
    return None if row is None else int(row[0])
