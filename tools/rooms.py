"""Print the rooms of a house, its floors and its arrows: `python -m tools.rooms`.

A room is a folder, or a file that stands beside the folders. An arrow is an import from one room to another. A floor
holds the rooms whose longest way down is equally long. docs/architecture.md shows what this prints.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSES = ("skill/coach", "skill/speaker", "rules")


def arrows_of(house: str) -> dict[str, set[str]]:
    """Each room of a house with the rooms of the same house that it imports."""
    folder, prefix = ROOT / house, house.replace("/", ".") + "."
    rooms: dict[str, set[str]] = {}
    for file in sorted(folder.rglob("*.py")):
        here = file.relative_to(folder).with_suffix("").parts[0]
        if here != "__init__":
            named = (
                each.removeprefix(prefix).split(".")[0] for each in _imports(file) if each.startswith(prefix)
            )
            rooms.setdefault(here, set()).update(set(named) - {here})
    return {room: {each for each in below if each in rooms} for room, below in rooms.items()}


def floors_of(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The rooms floor by floor, from the ground up. Raises `graphlib.CycleError` where imports go round."""
    height: dict[str, int] = {}
    for room in TopologicalSorter(arrows).static_order():
        height[room] = 1 + max((height[each] for each in arrows[room]), default=-1)
    return [sorted(room for room in height if height[room] == nth) for nth in range(max(height.values()) + 1)]


def summary(house: str) -> str:
    """How many rooms, floors and arrows a house has, in one line."""
    arrows = arrows_of(house)
    count = sum(map(len, arrows.values()))
    return f"{house}: {len(arrows)} rooms, {len(floors_of(arrows))} floors, {count} arrows"


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


if __name__ == "__main__":
    for name in HOUSES:
        print(summary(name))
        for rooms_of_a_floor in reversed(floors_of(arrows_of(name))):
            print("    " + "  ".join(rooms_of_a_floor))
