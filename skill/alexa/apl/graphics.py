"""The graphics of the screens as AVG: the ring of a repetition, and the exercise's drawing with its moving leg."""

import math
from typing import Any, Final

from rules.files.exercise import Phase, Window
from skill.alexa.apl.parts import LEAD, SOFT, STILL_TO_COME
from skill.drawings.pose import TONES, Pose, outline

Graphic = dict[str, Any]
RADIUS: Final = 84
DOTS_RADIUS: Final = 97
NAME_WIDE: Final = 124
"""As wide as a leg's name below its bars may become."""
PHASE_COLOURS: Final = {"concentric": LEAD, "isometric_hold": "#f4cf1b", "eccentric": "#8f7bd8"}


def ring(tempo: tuple[Phase, ...], window: Window, most: int) -> Graphic:
    """The ring: an arc a phase, a hand that goes round once a repetition, a dot a repetition.

    Its parameters are `turn` (the share of the repetition that is over), `phase` (which one, from 0) and `rep`.
    """
    arcs, at_s, rep_s = [], 0, sum(phase.seconds for phase in tempo)
    for nth, phase in enumerate(tempo):
        path = _arc(at_s / rep_s, (at_s + phase.seconds) / rep_s)
        shine = f"${{phase == {nth} ? 1 : 0.35}}"
        arc = {"type": "path", "pathData": path, "stroke": PHASE_COLOURS[phase.phase], "strokeWidth": 9}
        arcs.append(arc | {"strokeOpacity": shine})
        at_s += phase.seconds
    circle = f"M92 {100 - RADIUS}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"
    hand = {"type": "path", "pathData": circle, "fill": "#ffffff"}
    turning: Graphic = {
        "type": "group",
        "rotation": "${turn * 360}",
        "pivotX": 100,
        "pivotY": 100,
        "items": [hand],
    }
    parameters = [{"name": name, "type": "number", "default": 0} for name in ("turn", "phase", "rep")]
    items: list[Graphic] = [*arcs, *_dots(window, most), turning]
    middle: Graphic = {"type": "group", "translateX": 5, "translateY": 5, "items": items}
    return _graphic(210, 210, parameters, [middle])


def drawing(pose: Pose, worn_at: str, mirrored: bool) -> Graphic:
    """The exercise's drawing; its parameters are `lift` (0 lowered to 1 held) and `band` (a colour)."""
    width, height = pose.size
    items: list[Graphic] = [*map(_shape, pose.data["still"]), *map(_moving, pose.data["moving"])]
    items += [*_band(pose, worn_at), *map(_shape, pose.data["front"])]
    if mirrored:
        items = [{"type": "group", "scaleX": -1, "pivotX": width / 2, "pivotY": 0, "items": items}]
    parameters: list[Graphic] = [
        {"name": "lift", "type": "number", "default": 0},
        {"name": "band", "type": "color", "default": SOFT},
    ]
    return _graphic(width, height, parameters, items)


def beside(poses: tuple[Pose, Pose]) -> Graphic:
    """Two poses that stand still, one beside the other."""
    (width, height), items = poses[0].size, []
    for nth, each in enumerate(poses):
        shapes = [*map(_shape, each.data["still"]), *map(_shape, each.data["front"])]
        items.append({"type": "group", "translateX": nth * width, "items": shapes})
    return _graphic(2 * width, height, [], items)


def bars(groups: tuple[tuple[int, ...], ...], is_compared: bool) -> Graphic:
    """A small chart: a bar a set with its number above it, and below each group its name (`name0`, `name1`).

    `is_compared`: the last of a group is the newest, and those before it step back.
    """
    items: list[Graphic] = []
    highest, begins = max(1, *map(max, groups)), 4.0
    for nth, values in enumerate(groups):
        wide = 44 * len(values) - 10
        room = max(wide, NAME_WIDE)
        x = begins + (room - wide) / 2
        for which, value in enumerate(values):
            top = 100 - 74 * value / highest
            is_leading = not is_compared or which == len(values) - 1
            path = f"M{x:g} 100L{x:g} {top:.1f}L{x + 34:g} {top:.1f}L{x + 34:g} 100Z"
            items.append({"type": "path", "pathData": path, "fill": LEAD if is_leading else STILL_TO_COME})
            items.append(_written(str(value), x + 17, top - 6))
            x += 44
        items.append(_written(f"${{name{nth}}}", begins + room / 2, 122))
        begins += room + 16
    names = [{"name": f"name{nth}", "type": "string", "default": ""} for nth in range(len(groups))]
    return _graphic(begins - 12, 128, names, items)


def _written(text: str, x: float, y: float) -> Graphic:
    return {"type": "text", "text": text, "x": round(x, 1), "y": round(y, 1)} | {
        "fontSize": 20,
        "fill": "#ffffff",
        "textAnchor": "middle",
    }


def _graphic(
    width: float, height: float, parameters: list[dict[str, Any]], items: list[dict[str, Any]]
) -> Graphic:
    return {
        "type": "AVG",
        "version": "1.1",
        "width": width,
        "height": height,
        "parameters": parameters,
        "items": items,
    }


def _on(turn: float, radius: float) -> str:
    angle = 2 * math.pi * turn
    return f"{100 + radius * math.sin(angle):.2f} {100 - radius * math.cos(angle):.2f}"


def _arc(start: float, end: float) -> str:
    gap = 0.012 if end - start < 1 else 0.001
    large = int(end - start > 0.5)
    return f"M{_on(start + gap, RADIUS)}A{RADIUS} {RADIUS} 0 {large} 1 {_on(end - gap, RADIUS)}"


def _dots(window: Window, most: int) -> list[dict[str, Any]]:
    """A dot a repetition, larger inside the window; those that are done, filled, in one path over them."""
    plain, larger, done = "", "", "M0 0"
    for rep in range(1, most + 1):
        x, y = map(float, _on((rep - 0.5) / most, DOTS_RADIUS).split())
        is_in_window = window.low <= rep <= window.high
        r = 3.6 if is_in_window else 2.2
        path = f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
        plain, larger = plain + (not is_in_window) * path, larger + is_in_window * path
        done += f"${{rep > {rep} ? '{path}' : ''}}"
    return [
        {"type": "path", "pathData": path, "fill": colour}
        for path, colour in ((plain, STILL_TO_COME), (larger, LEAD), (done, "#ffffff"))
        if path
    ]


def _shape(shape: dict[str, Any]) -> dict[str, Any]:
    tone = TONES[shape["tone"]]
    if "line" in shape:
        return {
            "type": "path",
            "pathData": shape["line"],
            "stroke": tone,
            "strokeWidth": 7,
            "strokeLineCap": "round",
        }
    return {"type": "path", "pathData": outline(shape), "fill": tone}


def _moving(group: dict[str, Any]) -> dict[str, Any]:
    if "bone" in group:
        x0, y0, x1, y1 = group["knee"]
        knee = f"${{{x0} + {x1 - x0} * lift}} ${{{y0} + {y1 - y0} * lift}}"
        path = f"M{group['bone'][0]} {group['bone'][1]}L{knee}"
        return _stroke(path, TONES[group["tone"]], group["width"])
    (x, y), (low, high) = group["pivot"], group["turn"]
    parts = [_shape(each) for each in group["parts"]]
    turn = f"${{{low} + {high - low} * lift}}"
    return {"type": "group", "rotation": turn, "pivotX": x, "pivotY": y, "items": parts}


def _band(pose: Pose, worn_at: str) -> list[dict[str, Any]]:
    band = pose.band(worn_at)
    if band is None:
        return []
    along = (f"${{{c0} + {c1} * lift + {c2} * lift * lift}}" for c0, c1, c2 in pose.band_follows(band))
    path = f"M{band['far'][0]} {band['far'][1]}L{' '.join(along)}"
    return [_stroke(path, TONES["dark"], band["width"] + 4), _stroke(path, "${band}", band["width"])]


def _stroke(path: str, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "path",
        "pathData": path,
        "stroke": colour,
        "strokeWidth": width,
        "strokeLineCap": "round",
    }
