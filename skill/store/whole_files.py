"""Files that are written whole or not at all, and never over the coach's own database."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

DATABASE: Final = b"SQLite format 3\x00"
OWNER_ONLY: Final = 0o600
"""Who may read and write a secret, or everybody's records."""


class NotWritable(OSError):
    """A file cannot be written where it was asked for; the message names the path and the cure."""


def write_whole(path: Path, content: bytes | str, mode: int = 0o666) -> None:
    """Write a file aside and then put it in its place: nobody finds half of one, and a link is replaced, not followed.

    Raises NotWritable: it cannot be written there, or a database lies there.
    """
    with aside(path, mode) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def aside(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file beside the one that is meant, which takes its place once all of it is on the disk.

    `mode` is who may read and write it, before the umask.

    Raises NotWritable: it cannot be written there, or a database lies there.
    """
    check_no_database(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        raise NotWritable(f"{path} cannot be written: {cure(path, fault)}") from fault
    finally:
        with suppress(OSError):
            part.unlink()


def check_no_database(path: Path) -> None:
    """Nothing, where the path does not lead to a database. Raises NotWritable: it does."""
    try:
        with path.open("rb") as there:
            is_database = there.read(len(DATABASE)) == DATABASE
    except OSError:
        return
    if is_database:
        raise NotWritable(f"{path} is a database: name another file. Nothing was written")


def cure(path: Path, fault: OSError) -> str:
    """Why a path could not be written, and what to do about it."""
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}. Make it first, or name another place"
    if path.is_dir():
        return "that is a folder. Name a file in it"
    return f"{(fault.strerror or str(fault)).lower()}. Choose a place that you may write to"
