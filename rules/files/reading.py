"""Reading YAML that somebody else wrote: plain data with its line numbers, or a refusal that says what to do.

Files are opened here, with bounds on their number and size; `rules/files/strict_yaml.py` turns their text into data.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rules.files.fault import Fault, Refused
from rules.files.plain import Map

PACKAGE: Final = Path(__file__).parents[1]
LARGEST_FILE: Final = 256 * 1024
LARGEST_DIRECTORY: Final = 1024 * 1024
MOST_FILES: Final = 64


def read_directory(directory: Path) -> Iterator[tuple[str, Map]]:
    """Every `*.yaml` file of a directory, in the order of their names.

    Raises Refused: there is no such directory, it has no rule files or too many, or one of them cannot be read.
    """
    if not directory.is_dir():
        raise Refused([Fault(str(directory), 0, "", "no such directory; name one that holds .yaml files")])
    paths = sorted(directory.glob("*.yaml"))
    if not paths or len(paths) > MOST_FILES:
        what = f"{len(paths)} .yaml files here; 1 to {MOST_FILES} are read"
        raise Refused([Fault(str(directory), 0, "", what)])
    size = sum(path.stat().st_size for path in paths if path.exists())
    if size > LARGEST_DIRECTORY:
        raise Refused(
            [Fault(str(directory), 0, "", f"{size} bytes in all; at most {LARGEST_DIRECTORY} are read")]
        )
    for path in paths:
        yield path.name, read_file(path, within=directory)


def read_file(path: Path, within: Path | None = None) -> Map:
    """The data of one file, which must really lie `within` a directory, links followed.

    Raises Refused: with the line and the cure.
    """
    if within is not None and not path.resolve().is_relative_to(within.resolve()):
        raise Refused(
            [Fault(path.name, 0, "", "is a link that leaves its directory; put the file itself there")]
        )
    try:
        if not path.is_file():
            raise Refused([Fault(path.name, 0, "", "is no file")])
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            raw = b"" if size > LARGEST_FILE else opened.read(LARGEST_FILE + 1)
    except OSError as cause:
        raise Refused([Fault(path.name, 0, "", f"cannot be read: {cause.strerror}")]) from None
    if max(size, len(raw)) > LARGEST_FILE:
        what = f"is {size} bytes long; at most {LARGEST_FILE} are read. Split it, one topic a file"
        raise Refused([Fault(path.name, 0, "", what)])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        line = raw.count(b"\n", 0, cause.start) + 1
        raise Refused([Fault(path.name, line, "", "is not UTF-8 text; save it as UTF-8")]) from None
    return read_text(text, path.name)


def read_text(text: str, file: str) -> Map:
    """The data of a text; `file` is the name for its faults. Raises Refused: with the line and the cure."""
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t")) + 1
        raise Refused([Fault(file, line, "", "has a tab; YAML is laid out with spaces")])
    from rules.files.strict_yaml import Reader

    return Reader(text, file).read()
