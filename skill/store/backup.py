"""A backup: everybody's records in one file, which any of the stores can take back.

The first line says what the file is, by which version; each line after it is an export; the last line says how many
there are and what their bytes add up to. A file that was cut or changed is therefore known before anything of it is
put anywhere. What was set aside as unreadable is not in it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO, Final

from skill.coach.state import SCHEMA_VERSION
from skill.store.base import Store, StoreError
from skill.store.plausible import check_parts
from skill.store.transfer import Record, check, records_of

FORMAT: Final = "glute-coach-backup/1"
LONGEST_LINE: Final = 100_000_000
"""Bytes of one person's record: some hundred thousand workouts."""


class NotABackup(StoreError):
    """The file is none, or not whole; nothing of it was used."""


def write_backup(store: Store, file: BinaryIO) -> int:
    """Write everybody's records, and say how many people that were. The coach may run meanwhile."""
    digest, people = hashlib.sha256(), 0
    file.write(_line({"format": FORMAT, "schema_version": SCHEMA_VERSION}))
    for record in records_of(store):
        line = _line(record)
        digest.update(line)
        file.write(line)
        people += 1
    file.write(_line({"people": people, "sha256": digest.hexdigest()}))
    return people


def check_backup(file: BinaryIO) -> int:
    """Read a backup through to its end, and say how many people's records it holds.

    Raises NotABackup: it is none, is cut short, was changed, or a newer coach made it; NotARecord: a record in it is
    not what the coach writes; NewerDocument: a record in it is of a newer coach.
    """
    _check_header(file.readline(LONGEST_LINE))
    digest, people, last = hashlib.sha256(), 0, b""
    for line in _lines(file):
        if last:
            digest.update(last)
            check_parts(check(_read(last)))
            people += 1
        last = line
    _check_footer(last, people, digest.hexdigest())
    return people


def records_in(file: BinaryIO) -> Iterator[Record]:
    """The records of a backup that was checked."""
    file.readline(LONGEST_LINE)
    yield from (_read(line) for line, _ in pairwise(_lines(file)))


def _lines(file: BinaryIO) -> Iterable[bytes]:
    while line := file.readline(LONGEST_LINE):
        yield line


def _check_header(line: bytes) -> None:
    header = _read(line)
    form = str(header.get("format", ""))
    if not form.startswith("glute-coach-backup/"):
        raise NotABackup("this is no backup, as `glute-coach backup` writes it. Nothing was restored")
    schema = header.get("schema_version")
    if form != FORMAT or not isinstance(schema, int) or schema > SCHEMA_VERSION:
        raise NotABackup("a newer coach made this backup: update this coach. Nothing was restored")


def _check_footer(line: bytes, people: int, digest: str) -> None:
    footer = _read(line) if line.endswith(b"\n") else {}
    if "people" not in footer:
        raise NotABackup("the backup is cut short: its end is missing. Nothing was restored")
    if footer != {"people": people, "sha256": digest}:
        raise NotABackup("the backup was changed since it was made. Nothing was restored")


def _read(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise NotABackup("this is no backup, or only a part of one. Nothing was restored")
    return value


def _line(value: Record) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
