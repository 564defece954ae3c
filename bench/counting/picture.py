"""The beat error over a set as a picture: an SVG whose scale shows milliseconds and seconds alike."""

from collections.abc import Mapping, Sequence
from math import log10

from bench.counting.beats import Beat

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 430, 70, 20, 46, 46
COLOURS = ("#b3261e", "#8a5a00", "#1c5fa8", "#1b7f3b")
MARKS_MS = (-10_000, -1000, -100, -10, 0, 10, 100, 1000, 10_000)
LARGEST_MS = 30_000


def svg(title: str, rows: Mapping[str, Sequence[Beat]]) -> str:
    """The picture: the set to the right, lateness of each beat upwards (logarithmic)."""
    length_ms = max(beat.grid_ms for found in rows.values() for beat in found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12"><title>{title}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" font-size="14" fill="#222">{title}</text>',
        *_axes(length_ms),
    ]
    for index, (name, found) in enumerate(rows.items()):
        colour = COLOURS[index % len(COLOURS)]
        points = [f"{_x(beat.grid_ms, length_ms):.1f},{_y(beat.error_ms):.1f}" for beat in found]
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" points="{" ".join(points)}"/>'
        )
        parts.append(f'<text x="{LEFT + 195 * index}" y="36" fill="{colour}">&#9632; {name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _axes(length_ms: float) -> list[str]:
    lines = []
    for mark in MARKS_MS:
        name = "0" if mark == 0 else f"{mark / 1000:+g} s" if abs(mark) >= 1000 else f"{mark:+d} ms"
        y = _y(mark)
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{name}</text>')
    for second in range(0, int(length_ms / 1000) + 1, 15):
        x = _x(second * 1000, length_ms)
        lines.append(
            f'<text x="{x:.1f}" y="{HEIGHT - 22}" text-anchor="middle" fill="#555">{second} s</text>'
        )
    lines.append(
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 6}" text-anchor="middle" fill="#555">place in the set</text>'
    )
    return lines


def _x(at_ms: float, length_ms: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * at_ms / length_ms


def _y(error_ms: float) -> float:
    size = log10(1 + abs(error_ms)) / log10(1 + LARGEST_MS)
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return middle - (size if error_ms > 0 else -size) * (HEIGHT - TOP - BOTTOM) / 2
