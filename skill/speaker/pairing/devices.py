"""The paired devices: a token for each, kept as a hash, that expires and can be withdrawn.

A file of its own beside the store, as `glute-coach devices` changes it while the coach serves: what is withdrawn
there is refused at the next request.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DAY_S: Final = 86_400
TOKEN_DAYS: Final = 180
MOST_DEVICES: Final = 32
LONGEST_NAME: Final = 40
SEEN_EVERY_S: Final = 600

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS device(id TEXT PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE,
    paired_s INTEGER NOT NULL, seen_s INTEGER NOT NULL, expires_s INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS code(hash BLOB NOT NULL, expires_s REAL NOT NULL, wrong INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS guesser(address TEXT PRIMARY KEY, wrong INTEGER NOT NULL, until_s REAL NOT NULL) STRICT;
"""
_COLUMNS: Final = "id, name, paired_s, seen_s, expires_s"


class UnknownDevice(LookupError):
    """No paired device has this id."""


@dataclass(frozen=True)
class Device:
    """A phone or tablet that may use the coach; times are seconds since 1970."""

    id: str
    name: str
    paired_s: int
    seen_s: int
    expires_s: int


class Devices:
    """The devices that a folder knows."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "devices.db"
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        with self.writing() as file:
            file.executescript(_TABLES)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file for one change; whole or not at all, and one at a time."""
        with closing(sqlite3.connect(self._file, timeout=5, isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            if file.in_transaction:
                file.execute("COMMIT")

    def all(self, now_s: float) -> list[Device]:
        """The devices whose token still holds, the one used last first."""
        with closing(sqlite3.connect(self._file, timeout=5)) as file:
            rows = file.execute(
                f"SELECT {_COLUMNS} FROM device WHERE expires_s > ? ORDER BY seen_s DESC, id", (now_s,)
            )
            return [Device(*row) for row in rows]

    def of(self, token: str, now_s: float) -> Device | None:
        """The device that holds this token; None where it was withdrawn, has expired or never was."""
        with closing(sqlite3.connect(self._file, timeout=5)) as file:
            row = file.execute(
                f"SELECT {_COLUMNS} FROM device WHERE hash = ? AND expires_s > ?", (hash_of(token), now_s)
            ).fetchone()
        device = Device(*row) if row else None
        if device is not None and now_s - device.seen_s > SEEN_EVERY_S:
            with self.writing() as file:
                file.execute("UPDATE device SET seen_s = ? WHERE id = ?", (int(now_s), device.id))
        return device

    def rename(self, id_: str, name: str) -> None:
        """Give a device another name. Raises UnknownDevice: there is none with this id."""
        with self.writing() as file:
            found = file.execute("UPDATE device SET name = ? WHERE id = ?", (name_of(name), id_)).rowcount
        if not found:
            raise _unknown(id_)

    def withdraw(self, id_: str) -> None:
        """Take a device's token back; a set that it has open stays open in the store.

        Raises UnknownDevice: there is none with this id.
        """
        with self.writing() as file:
            found = file.execute("DELETE FROM device WHERE id = ?", (id_,)).rowcount
        if not found:
            raise _unknown(id_)


def add(file: sqlite3.Connection, name: str, now_s: float) -> tuple[str, Device]:
    """A new device and its token, which is told this once; of too many, the one unused longest goes."""
    token = secrets.token_urlsafe(32)
    device = Device(
        secrets.token_hex(3), name_of(name), int(now_s), int(now_s), int(now_s) + TOKEN_DAYS * DAY_S
    )
    file.execute("DELETE FROM device WHERE expires_s <= ?", (now_s,))
    file.execute(
        "DELETE FROM device WHERE id IN (SELECT id FROM device ORDER BY seen_s DESC LIMIT -1 OFFSET ?)",
        (MOST_DEVICES - 1,),
    )
    row = (device.id, device.name, hash_of(token), device.paired_s, device.seen_s, device.expires_s)
    file.execute("INSERT INTO device VALUES (?, ?, ?, ?, ?, ?)", row)
    return token, device


def hash_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def name_of(text: str) -> str:
    """A name that can be shown in a terminal: printable, short, never empty."""
    shown = "".join(each for each in text if each.isprintable()).strip()[:LONGEST_NAME]
    return shown or "a device"


def _unknown(id_: str) -> UnknownDevice:
    return UnknownDevice(f"no paired device has the id {id_}; `glute-coach devices` lists them")
