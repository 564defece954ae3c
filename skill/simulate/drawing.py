"""The few shapes that the pictures are made of, as SVG text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDE: Final = 860
HIGH: Final = 300
LEFT: Final = 70
RIGHT: Final = 20
TOP: Final = 40
BOTTOM: Final = 48
GREY: Final = "#444"
GOOD: Final = "#dff0d8"


@dataclass(frozen=True)
class Scale:
    """A straight line from values to places in the picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (value - self.low) * (self.end - self.start) / ((self.high - self.low) or 1)


@dataclass(frozen=True)
class Axes:
    """Both scales, what they are called, and the values that get a mark, each with its words."""

    across: Scale
    up: Scale
    below: str
    beside: str
    marks_across: Sequence[tuple[float, str]]
    marks_up: Sequence[tuple[float, str]]


def frame(title: str, colour: str, axes: Axes, parts: Sequence[str]) -> str:
    """Axes with their words round whatever is drawn."""
    floor = HIGH - BOTTOM
    lines = f'<path d="M{LEFT} {TOP}V{floor}H{axes.across.end:.0f}" fill="none" stroke="{GREY}"/>'
    below = [text(axes.across(value), floor + 16, words, "middle") for value, words in axes.marks_across]
    beside = [text(LEFT - 8, axes.up(value) + 4, words, "end") for value, words in axes.marks_up]
    middle = (LEFT + axes.across.end) / 2
    turned = f'transform="translate(16 {(TOP + floor) / 2}) rotate(-90)" text-anchor="middle" fill="{GREY}"'
    words = [
        text(middle, HIGH - 10, axes.below, "middle"),
        f"<text {turned}>{escape(axes.beside)}</text>",
        text(LEFT, 20, title, "start", colour, bold=True),
    ]
    label = escape(title or f"{axes.beside}, by {axes.below}")
    body = "".join([*parts, lines, *below, *beside, *words])
    picture = f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">{body}</svg>'
    return f'<div class="picture">{picture}</div>'


def text(x: float, y: float, words: str, anchor: str, colour: str = GREY, bold: bool = False) -> str:
    """Words at a place."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'
    )


def line(points: Sequence[tuple[float, float]], colour: str, dots: bool = False) -> str:
    """A line through points, with a dot on each."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = (
        "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        if dots
        else ""
    )
    return f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>{marks}'


def area(left: float, top: float, right: float, bottom: float) -> str:
    """A filled rectangle."""
    size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
    return f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{GOOD}"/>'
