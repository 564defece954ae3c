"""YAML's events turned into data, without PyYAML's guessing.

Text is quoted, whole numbers are bare, true and false are the only other bare words. So `yes`, `1:30`, `012`
and `2026-11-23` cannot turn into something that their author did not mean, and aliases (which make bombs
possible) never become data.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from rules.files.fault import Fault, Refused
from rules.files.plain import List, Map

DEEPEST: Final = 12
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})")
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HANDLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# YAML 1.1 reads these as true and false, and other tools still do.
TREACHEROUS: Final = frozenset({"yes", "no", "on", "off", "y", "n", "null", "~", ""})


class Reader:
    """Turns the events of one document into data."""

    def __init__(self, text: str, file: str) -> None:
        """Begin with a text; `file` is its name for faults."""
        self.file = file
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def read(self) -> Map:
        """The document's data. Raises Refused: with the line and the cure."""
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
