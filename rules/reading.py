"""Reading YAML that somebody else wrote: plain data with its line numbers, or a refusal that says what to do.

The parser's events are turned into data here, without PyYAML's guessing: text is quoted, whole numbers are
bare, true and false are the only other bare words. So `yes`, `1:30`, `012` and `2026-11-23` cannot turn into
something that their author did not mean, and aliases (which make bombs possible) never become data.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from rules.fault import Fault, Refused

LARGEST_FILE: Final = 256 * 1024
LARGEST_DIRECTORY: Final = 1024 * 1024
MOST_FILES: Final = 64
DEEPEST: Final = 12
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})")
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HANDLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# YAML 1.1 reads these as true and false, and other tools still do.
TREACHEROUS: Final = frozenset({"yes", "no", "on", "off", "y", "n", "null", "~", ""})


class Map(dict[str, Any]):
    """A mapping that remembers on which line it and each of its keys stand."""

    line: int = 0

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping where the key is missing."""
        return self.lines.get(key, self.line)


class List(list[Any]):
    """A list that remembers on which line it and each of its items stand."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_directory(directory: Path) -> Iterator[tuple[str, Map]]:
    """Every `*.yaml` file of a directory, in the order of their names.

    Raises:
        Refused: there is no such directory, it has no rule files or too many, or one of them cannot be read.
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
    """The data of one file.

    Args:
        path: the file.
        within: a directory that the file must really lie in, links followed.

    Raises:
        Refused: with the line and the cure.
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
    """The data of a text; `file` is the name for its faults.

    Raises:
        Refused: with the line and the cure.
    """
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t")) + 1
        raise Refused([Fault(file, line, "", "has a tab; YAML is laid out with spaces")])
    return _Reader(text, file).read()


class _Reader:
    """Turns the events of one document into data."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def read(self) -> Map:
        try:
            return self._document()
        except yaml.YAMLError as cause:
            mark = getattr(cause, "problem_mark", None)
            problem = (
                getattr(cause, "problem", None) or getattr(cause, "reason", None) or "cannot be understood"
            )
            raise self._refusal(mark.line + 1 if mark else 0, f"is no YAML: {problem}") from None

    def _document(self) -> Map:
        next(self.events)  # the stream begins
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            raise self._refusal(1, "is empty")
        data = self._value(next(self.events), 1)
        next(self.events)  # the document ends
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise self._refusal(0, "holds more than one document; a file is one document")
        if not isinstance(data, Map):
            raise self._refusal(1, "must be a mapping of names to values")
        return data

    def _value(self, event: Any, depth: int) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refusal(line, "uses an anchor or alias (& or *); write the value out")
        if event.tag is not None:
            raise self._refusal(line, f"uses the tag {event.tag}; write plain values")
        if depth > DEEPEST:
            raise self._refusal(line, f"is nested more than {DEEPEST} levels deep")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(line, depth)
        return self._map(line, depth)

    def _list(self, line: int, depth: int) -> List:
        items = List(line)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.lines.append(event.start_mark.line + 1)
            items.append(self._value(event, depth + 1))
        return items

    def _map(self, line: int, depth: int) -> Map:
        found = Map(line)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            at = event.start_mark.line + 1
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None or event.anchor or event.tag or not HANDLE.fullmatch(key):
                raise self._refusal(at, "a key is a name: letters, digits, '_', '-' and '.'")
            if key in found:
                raise self._refusal(at, f"{key!r} stands twice (first on line {found.lines[key]}); keep one")
            found.lines[key] = at
            found[key] = self._value(next(self.events), depth + 1)
        return found

    def _scalar(self, event: Any, line: int) -> str | int | bool:
        text: str = event.value
        if event.style:
            return text
        if text in ("true", "false"):
            return text == "true"
        if INTEGER.fullmatch(text):
            return int(text)
        if text.lower() in TREACHEROUS:
            raise self._refusal(
                line, f"bare {text or 'nothing'}: write true or false, or put the word in quotes"
            )
        raise self._refusal(line, f"{text!r} is bare: put text in quotes; numbers are whole and plain")

    def _refusal(self, line: int, what: str) -> Refused:
        return Refused([Fault(self.file, line, "", what)])
