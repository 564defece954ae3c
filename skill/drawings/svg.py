"""A pose as SVG, at one lift of the leg. What moves says how, so that a page can lift it further."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from skill.drawings.pose import TONES, Pose, angle_at, outline

EDGE = TONES["dark"]
APART: Final = 320
WORDS_HIGH: Final = 58
MOVES_S: Final = 4


def svg(
    pose: Pose, label: str, lift: float = 0.0, band: str = "", worn_at: str = "", mirrored: bool = False
) -> str:
    """The drawing; `label` is what a screen reader says of it. The right leg's is `mirrored`.

    `lift` is where the moving leg is, 0 lowered to 1 held. `band` is a colour (CSS), "" for none, and `worn_at` its
    place: `knee`, `foot`, or "" for the usual one.
    """
    width, height = pose.size
    drawn = "".join(
        [*map(shape_drawn, pose.data["still"]), *(_group(each, lift) for each in pose.data["moving"])]
    )
    drawn += _band(pose, lift, band, worn_at) + "".join(map(shape_drawn, pose.data["front"]))
    if mirrored:
        drawn = f'<g transform="matrix(-1 0 0 1 {width} 0)">{drawn}</g>'
    name = escape(label, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{name}">'
        f"{drawn}</svg>"
    )


def shape_drawn(shape: dict[str, Any]) -> str:
    """One shape of a pose."""
    tone = TONES[shape["tone"]]
    if "line" in shape:
        return (
            f'<path d="{shape["line"]}" fill="none" stroke="{tone}" stroke-width="7" stroke-linecap="round"/>'
        )
    return f'<path d="{outline(shape)}" fill="{tone}"/>'


def _group(group: dict[str, Any], lift: float) -> str:
    if "bone" in group:
        return _bone(group, lift)
    x, y = group["pivot"]
    low, high = group["turn"]
    parts = "".join(map(shape_drawn, group["parts"]))
    turn = f"rotate({angle_at(group, lift):.2f} {x} {y})"
    return f'<g class="leg" data-turn="{low} {high}" data-pivot="{x} {y}" transform="{turn}">{parts}</g>'


def _bone(bone: dict[str, Any], lift: float) -> str:
    x, y = bone["bone"]
    x0, y0, x1, y1 = bone["knee"]
    ends = f'x1="{x}" y1="{y}" x2="{x0 + (x1 - x0) * lift:.1f}" y2="{y0 + (y1 - y0) * lift:.1f}"'
    along = _numbers(((x0, x1 - x0, 0), (y0, y1 - y0, 0)))
    look = f'stroke="{TONES[bone["tone"]]}" stroke-width="{bone["width"]}" stroke-linecap="round"'
    return f'<line class="bone" data-along="{along}" {ends} {look}/>'


def _band(pose: Pose, lift: float, colour: str, worn_at: str) -> str:
    band = pose.band(worn_at)
    if band is None or not colour:
        return ""
    curves = pose.band_follows(band)
    x, y = (c0 + c1 * lift + c2 * lift * lift for c0, c1, c2 in curves)
    along = _numbers(curves)
    ends = f'x1="{band["far"][0]}" y1="{band["far"][1]}" x2="{x:.1f}" y2="{y:.1f}" stroke-linecap="round"'
    edge = (
        f'<line class="band" data-along="{along}" {ends} stroke="{EDGE}" stroke-width="{band["width"] + 4}"/>'
    )
    look = f'stroke="{escape(colour, quote=True)}" stroke-width="{band["width"]}"'
    return f'{edge}<line class="band" data-along="{along}" {ends} {look}/>'


def _numbers(curves: Sequence[Sequence[float]]) -> str:
    return ";".join(" ".join(f"{each:g}" for each in curve) for curve in curves)


def beside(poses: tuple[Pose, Pose], label: str, names: tuple[str, str], *, moves: bool) -> str:
    """Both as one SVG, the wrong one first; `label` is what a screen reader says, `names` stand below.

    Where it `moves`, the right one begins as the wrong one and puts it right, once, in a few seconds.
    """
    (width, height), (wrong, right) = poses[0].size, (_shapes(each) for each in poses)
    drawn = "".join(map(shape_drawn, wrong))
    other = "".join(map(_moved if moves else _still, wrong, right))
    words = "".join(
        f'<text x="{nth * APART + width / 2:g}" y="{height + 46}" text-anchor="middle" font-size="28"'
        f' fill="currentColor">{escape(name)}</text>'
        for nth, name in enumerate(names)
    )
    said = escape(label, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mistake" viewBox="0 0 {APART + width} {height + WORDS_HIGH}"'
        f' role="img" aria-label="{said}">{drawn}<g transform="translate({APART} 0)">{other}</g>{words}</svg>'
    )


def _shapes(pose: Pose) -> list[dict[str, Any]]:
    return [*pose.data["still"], *pose.data["front"]]


def _still(_: dict[str, Any], right: dict[str, Any]) -> str:
    return shape_drawn(right)


def _moved(wrong: dict[str, Any], right: dict[str, Any]) -> str:
    """The right shape, which begins as the wrong one; a shape of another make (cross and tick) stands still."""
    before, after = outline(wrong), outline(right)
    if re.sub("[^A-Z]", "", before) != re.sub("[^A-Z]", "", after) or before == after:
        return shape_drawn(right)
    paint = "stroke" if "line" in right else "fill"
    changes = {"d": (before, after), paint: (TONES[wrong["tone"]], TONES[right["tone"]])}
    parts = "".join(
        f'<animate attributeName="{name}" dur="{MOVES_S}s" keyTimes="0;.4;1" values="{one};{one};{other}"/>'
        for name, (one, other) in changes.items()
        if one != other
    )
    return shape_drawn(right).replace("/>", f">{parts}</path>")
