"""An exercise as it is drawn: a figure of rounded limbs, one part of which moves, and the places of the band.

A pose file is JSON, lengths in the drawing's own units, drawn for the left leg: `still`, `moving` and `front` are
shapes, back to front. A shape is a `limb` (two circles and what lies between), a `path` or a `line`, with its `tone`.
What moves either turns about a `pivot` as a whole, or is a `bone` from a fixed point to a `knee` that travels.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

Point = tuple[float, float]
TONES: Final = {
    "floor": "#6b7883",
    "far": "#8497a3",
    "body": "#a9bac5",
    "shade": "#93a6b2",
    "dark": "#566671",
    "lead": "#35a7bb",
    "wrong": "#d9302c",
    "right": "#2f9e44",
}
"""Middling tones, which stand out on a light page and on a dark screen alike."""


class Pose(Struct, frozen=True):
    """One drawing. `data` is its file."""

    name: str
    data: dict[str, Any]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in the drawing's own units."""
        width, height = self.data["size"]
        return width, height

    def band(self, worn_at: str) -> dict[str, Any] | None:
        """The band at a place on the leg; where the drawing does not have that place, the usual one."""
        bands = self.data["bands"]
        found: dict[str, Any] | None = bands.get(worn_at) or bands.get("usual")
        return found

    def band_follows(self, band: dict[str, Any]) -> tuple[list[float], list[float]]:
        """Where the band's end on the moving leg is at a lift of 0 to 1: x and y, each as c0 + c1*lift + c2*lift^2."""
        if "ends" in band:
            start, end = band["near"], band["ends"]
            half = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        else:
            group = self.data["moving"][0]
            start, half, end = (
                rotated(band["near"], group["pivot"], angle_at(group, at)) for at in (0, 0.5, 1)
            )
        return _through(start[0], half[0], end[0]), _through(start[1], half[1], end[1])


@cache
def pose(name: str) -> Pose | None:
    """The drawing of this name; None where there is none."""
    file = Path(__file__).with_name("poses") / f"{name}.json"
    return Pose(name, json.loads(file.read_text("utf-8"))) if name and file.is_file() else None


def angle_at(group: dict[str, Any], lift: float) -> float:
    """How far a moving part is turned at a lift of 0 (lowered) to 1 (held), in degrees, clockwise."""
    low, high = group["turn"]
    return float(low + (high - low) * lift)


def rotated(point: Point, pivot: Point, degrees: float) -> Point:
    """A point turned clockwise (y runs down) about a pivot."""
    angle = math.radians(degrees)
    x, y = point[0] - pivot[0], point[1] - pivot[1]
    return (
        pivot[0] + x * math.cos(angle) - y * math.sin(angle),
        pivot[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def outline(shape: dict[str, Any]) -> str:
    """A shape as path data, as SVG and AVG take it."""
    if "limb" not in shape:
        return str(shape.get("path") or shape["line"])
    x1, y1, r1, x2, y2, r2 = shape["limb"]
    length = math.hypot(x2 - x1, y2 - y1)
    along = math.atan2(y2 - y1, x2 - x1)
    side = math.acos((r1 - r2) / length) if length > abs(r1 - r2) else math.pi / 2
    corners = [
        (x + r * math.cos(along + sign * side), y + r * math.sin(along + sign * side))
        for x, y, r, sign in ((x1, y1, r1, -1), (x2, y2, r2, -1), (x2, y2, r2, 1), (x1, y1, r1, 1))
    ]
    a, b, c, d = (f"{x:.1f} {y:.1f}" for x, y in corners)
    return f"M{a}L{b}A{r2} {r2} 0 {int(r2 > r1)} 1 {c}L{d}A{r1} {r1} 0 {int(r1 > r2)} 1 {a}Z"


def _through(start: float, half: float, end: float) -> list[float]:
    """The parabola through three values at 0, one half and 1."""
    bend = 2 * (start - 2 * half + end)
    return [round(start, 2), round(end - start - bend, 2), round(bend, 2)]
