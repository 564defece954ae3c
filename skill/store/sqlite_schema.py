"""The tables that SQLite keeps the coach's documents in, made by whichever connection comes first."""

import sqlite3
import time

from skill.store.base import StoreUnavailable

LAYOUT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
  user TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL, saved_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS workouts (
  user TEXT NOT NULL, place TEXT NOT NULL, body TEXT NOT NULL, saved_at INTEGER NOT NULL,
  PRIMARY KEY (user, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS set_aside (
  user TEXT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, body BLOB, found_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS set_aside_of ON set_aside (user);
"""


def lay_out(db: sqlite3.Connection, path: str, patience_s: float) -> None:
    """Make the tables of a new file; refuse a file that a newer version of the coach has laid out."""
    if _layout(db) == LAYOUT:
        return
    _check_ours(db, path)
    _switch_to_wal(db, patience_s)
    db.execute("BEGIN IMMEDIATE")
    if _layout(db) > LAYOUT:
        raise StoreUnavailable(
            f"{path} was laid out by a newer coach (layout {_layout(db)}; this one knows {LAYOUT}):"
            " update this coach"
        )
    for statement in _TABLES.split(";")[:-1]:
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {LAYOUT}")
    db.execute("COMMIT")


def _check_ours(db: sqlite3.Connection, path: str) -> None:
    """Refuse the file of another program: its tables have other columns, or will never be missed here."""
    tables = {
        str(row[0], "utf-8") for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if tables and not _layout(db):
        raise StoreUnavailable(
            f"{path} is the SQLite database of another program (its tables: {', '.join(sorted(tables)[:3])}); "
            "point the coach to a file of its own. Nothing was changed"
        )


def _layout(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _switch_to_wal(db: sqlite3.Connection, patience_s: float) -> None:
    """Several workers starting at once on a new file: the switch does not wait for locks by itself."""
    end = time.monotonic() + patience_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
