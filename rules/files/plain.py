"""What YAML's text becomes: plain data that remembers its lines."""

from typing import Any


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
