"""Where the contract suite's stores live: one class a kind, each with its own empty place for one test."""

import sqlite3
from pathlib import Path
from typing import Protocol

from skill.store.base import Store
from skill.store.sqlite import SQLiteStore


class Backend(Protocol):
    address: str

    def open(self) -> Store:
        """One more handle on the same place, as another process would have it."""

    def damage(self, user: str) -> None:
        """Do to the user's document what a bad disk or a careless hand would do."""

    def set_aside_of(self, user: str) -> list[str]:
        """The texts that were kept aside for this user."""


class SQLiteBackend:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "coach.db"
        self.address = f"sqlite:{self.path}"

    def open(self) -> Store:
        return SQLiteStore(self.path)

    def damage(self, user: str) -> None:
        db = sqlite3.connect(self.path)
        with db:
            db.execute("UPDATE documents SET body = substr(body, 1, 7) || x'ff' WHERE user = ?", (user,))
        db.close()

    def set_aside_of(self, user: str) -> list[str]:
        db = sqlite3.connect(self.path)
        rows = db.execute("SELECT CAST(body AS BLOB) FROM set_aside WHERE user = ?", (user,)).fetchall()
        db.close()
        return [str(row[0], "utf-8", "replace") for row in rows]
