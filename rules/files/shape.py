"""Building frozen structs from YAML by what their fields say of themselves.

The same words check a file, make its JSON Schema and its documentation, so that the three cannot part.
"""

import re
from typing import Any, Literal, dataclass_transform

from msgspec import Struct

from rules.files.fault import Fault, nearest
from rules.files.plain import List, Map
from rules.vocabulary.described import Described, Description

Kind = Literal["whole", "text", "part"]


class Shape(Description, frozen=True, kw_only=True):
    """What one field means, and what may stand in it."""

    kind: Kind
    unit: str = ""
    low: int = 0
    high: int = 0
    pattern: str = ""
    choices: tuple[str, ...] = ()
    part: "type[Record] | None" = None
    many: tuple[int, int] | None = None


def whole(means: str, unit: str, low: int, high: int, many: tuple[int, int] | None = None) -> Any:
    """A whole number between two bounds (both included), or a list of them."""
    return Shape(means, kind="whole", unit=unit, low=low, high=high, many=many)


def may_be(means: str, pattern: str) -> Any:
    """A text that matches a pattern and may be left out; it is "" then. Such fields stand last."""
    return Shape(means, kind="text", pattern=pattern, optional=True)


def text(means: str, pattern: str, many: tuple[int, int] | None = None) -> Any:
    """A text that matches a pattern, or a list of them."""
    return Shape(means, kind="text", pattern=pattern, many=many)


def choice(means: str, *choices: str, many: tuple[int, int] | None = None) -> Any:
    """One of a few words, or a list of them."""
    return Shape(means, kind="text", choices=choices, many=many)


def part(means: str, kind: "type[Record]", many: tuple[int, int] | None = None) -> Any:
    """A record of its own, or a list of them."""
    return Shape(means, kind="part", part=kind, many=many)


@dataclass_transform(frozen_default=True, field_specifiers=(whole, text, choice, part))
class Record(Struct, metaclass=Described, frozen=True):
    """What one file says, or a part of it; each field has its shape."""


class Builder:
    """Builds records of one file and gathers everything that is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def build(self, kind: type[Record], data: Any, line: int, where: str = "") -> Any:
        """The record, or None where its data has faults (which are then in `faults`)."""
        if not isinstance(data, Map):
            self._refuse(line, f"{where or 'the file'} must be a mapping of names to values")
            return None
        before = len(self.faults)
        known: dict[str, Shape] = kind.descriptions
        for key in data:
            if key not in known:
                self._refuse(data.line_of(key), f"no field is called {where}{key!r}; {nearest(key, known)}")
        values = {}
        for name, shape in known.items():
            if name in data:
                values[name] = self._value(shape, data[name], data.line_of(name), f"{where}{name}")
            elif not shape.optional:
                self._refuse(data.line, f"{where}{name} is missing: {shape.means}")
        return kind(**values) if len(self.faults) == before else None

    def _value(self, shape: Shape, data: Any, line: int, where: str) -> Any:
        if shape.many is None:
            return self._one(shape, data, line, where)
        fewest, most = shape.many
        if not isinstance(data, List) or not fewest <= len(data) <= most:
            self._refuse(line, f"{where} must be a list of {fewest} to {most}: {shape.means}")
            return None
        return tuple(
            self._one(shape, each, at, f"{where}[{index}]")
            for index, (each, at) in enumerate(zip(data, data.lines, strict=True))
        )

    def _one(self, shape: Shape, data: Any, line: int, where: str) -> Any:
        if shape.part is not None:
            return self.build(shape.part, data, line, f"{where}.")
        if shape.kind == "whole":
            if type(data) is not int or not shape.low <= data <= shape.high:
                unit = f" {shape.unit}" if shape.unit else ""
                span = f"a whole number from {shape.low} to {shape.high}{unit}"
                self._refuse(line, f"{where} is {data!r}; it must be {span}, without quotes")
                return None
            return data
        if not isinstance(data, str):
            self._refuse(line, f"{where} is {data!r}; it must be text in quotes: {shape.means}")
            return None
        if shape.choices and data not in shape.choices:
            self._refuse(line, f"{where} is {data!r}; {nearest(data, shape.choices)}")
            return None
        if shape.pattern and not re.fullmatch(shape.pattern, data):
            self._refuse(line, f"{where} is {data!r}; it must look like {shape.pattern}")
            return None
        return data

    def _refuse(self, line: int, what: str) -> None:
        self.faults.append(Fault(self.file, line, "", what))
