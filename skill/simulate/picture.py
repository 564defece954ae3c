"""Results as one page with pictures: no script, no outside file, readable without a caption."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor
from typing import Final

from rules.files.exercise import Exercise
from skill.coach.bands import rungs
from skill.simulate.crowd import Pair
from skill.simulate.drawing import BOTTOM, HIGH, LEFT, RIGHT, TOP, WIDE, Axes, Scale, area, frame, line, text
from skill.simulate.plan import Path
from skill.simulate.table import Result, table
from skill.simulate.trainee import Trainee

OURS: Final = "#0b6e4f"
COLOURS: Final = ("#c1440e", "#2f4b9c", "#8a6d00", "#7a3b8f", "#00798c", "#b3003b", "#555555", "#a05a2c")
MOST_REPS_SHOWN: Final = 30
LATEST_SHOWN: Final = 25
FLOOR: Final = HIGH - BOTTOM
NAMES: Final = 110
GOAL_UNDONE: Final = 0.3
GOAL_SHARE: Final = 0.8
PERCENT: Final = [(nth / 5, f"{20 * nth} %") for nth in range(6)]
STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:900px;margin:2rem auto;padding:0 1rem}"
    "html{color:#222;background:#fff}"
    "svg{width:100%;height:auto;font:13px system-ui,sans-serif;margin:.5rem 0 1rem}"
    ".picture{overflow-x:auto}@media(max-width:640px){.picture svg{width:660px}}"
    "pre{overflow-x:auto;font-size:12px;background:#f5f5f2;padding:1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-bottom:0}"
)


@dataclass(frozen=True)
class Shown:
    """One policy in the pictures: its result, every trainee's figures, one trainee's left leg."""

    result: Result
    pairs: Sequence[Pair]
    path: Path


def page(shown: Sequence[Shown], who: Trainee, exercise: Exercise) -> str:
    """The whole page."""
    colours = _colours(shown)
    paths = "".join(_path(each, colour, exercise) for each, colour in zip(shown, colours, strict=True))
    first = shown[0].result
    many = (
        f"{first.trainees} simulated trainees, {first.parameters.workouts} workouts each, seed {first.seed}"
    )
    worn = (
        "with half-steps, as shipped"
        if first.parameters.half_steps
        else "half-steps off (half_steps=true: on)"
    )
    bands = f"trainee {who.number}, {len(who.ladder)} bands, left leg"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Which band? Policy against policy</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>Which band? Policy against policy</h1><p>{many}: the same people on the same days for every policy,"
        f" {worn}. {escape(first.label)}</p>"
        f"<h2>One of them ({bands}) under each policy</h2>{paths}"
        f"<h2>Right band against restless band</h2>{_against(shown, colours)}"
        f"<h2>How soon the right band is found</h2>{_found(shown, colours)}"
        f"<h2>All figures</h2><pre>{escape(table([each.result for each in shown]))}</pre></html>"
    )


def _colours(shown: Sequence[Shown]) -> list[str]:
    others = iter(COLOURS * (1 + len(shown) // len(COLOURS)))
    return [OURS if each.result.policy == "ours" else next(others) for each in shown]


def _path(each: Shown, colour: str, exercise: Exercise) -> str:
    """Reps of every fresh set over the workouts, the window shaded, a line at every change of band."""
    path, last = each.path, len(each.path.truth)
    across, up = Scale(1, last, LEFT, WIDE - RIGHT), Scale(0, MOST_REPS_SHOWN, FLOOR, TOP + 20)
    low, high = exercise.window.low, exercise.window.high
    changes = [nth for nth in range(1, last) if path.rungs[nth] != path.rungs[nth - 1]]
    inside = sum(1 for truth in path.truth if low <= floor(truth) <= high)
    parts = [
        area(LEFT, up(high + 1), WIDE - RIGHT, up(low)),
        text(WIDE - RIGHT - 4, FLOOR - 6, f"shaded: the window, {low} to {high}", "end"),
        *(f'<path d="M{across(nth + 0.5):.1f} {TOP + 20}V{FLOOR}" stroke="#bbb"/>' for nth in changes),
    ]
    for start, end in zip([0, *changes], [*changes, last], strict=True):
        reps = [min(MOST_REPS_SHOWN, max(0.0, path.truth[nth])) for nth in range(start, end)]
        parts.append(
            line([(across(start + nth + 1), up(each)) for nth, each in enumerate(reps)], colour, dots=True)
        )
        if end - start > 3:
            parts.append(
                text(across((start + end + 1) / 2), TOP + 14, _name(path.rungs[start]), "middle", "#666")
            )
    title = (
        f"{each.result.policy}: {len(changes)} changes of band, {inside} of {last} fresh sets in the window"
    )
    marks = [(nth, str(nth)) for nth in (1, *range(8, last + 1, 8))]
    reps_marks = [(nth, str(nth)) for nth in range(0, MOST_REPS_SHOWN + 1, 5)]
    return frame(
        title, colour, Axes(across, up, "workout", "reps to failure, fresh", marks, reps_marks), parts
    )


def _against(shown: Sequence[Shown], colours: Sequence[str]) -> str:
    """Share of the reachable against changes undone: top left is where one wants to be."""
    most = max(1, *(ceil(each.result.figures["undone"].mean + 0.5) for each in shown))
    across, up = Scale(0, most, LEFT, WIDE - RIGHT - NAMES), Scale(0, 1, FLOOR, TOP)
    parts = [area(LEFT, up(1), across(GOAL_UNDONE), up(GOAL_SHARE))]
    parts.append(text(LEFT + 4, up(1) - 6, "the goal", "start", "#4a7a3a"))
    for each, colour in zip(shown, colours, strict=True):
        undone, share = each.result.figures["undone"], each.result.figures["share"]
        x, y = across(undone.mean), up(share.mean)
        ends = up(share.mean - share.within), up(share.mean + share.within)
        parts.append(f'<path d="M{x:.1f} {ends[0]:.1f}V{ends[1]:.1f}" stroke="{colour}"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour}"/>')
        parts.append(text(x + 10, y + 4, each.result.policy, "start", colour))
    below = "band changes undone within three workouts, per ten workouts"
    marks = [(float(nth), str(nth)) for nth in range(most + 1)]
    return frame(
        "", OURS, Axes(across, up, below, "in the window, of what is reachable", marks, PERCENT), parts
    )


def _found(shown: Sequence[Shown], colours: Sequence[str]) -> str:
    """The share of legs that have had their best band, workout by workout."""
    across, up = Scale(1, LATEST_SHOWN, LEFT, WIDE - RIGHT - NAMES), Scale(0, 1, FLOOR, TOP)
    parts = []
    for nth, (each, colour) in enumerate(zip(shown, colours, strict=True)):
        legs = [leg.to_best for pair in each.pairs for leg in pair]
        shares = [sum(1 for leg in legs if leg <= at) / len(legs) for at in range(1, LATEST_SHOWN + 1)]
        parts.append(line([(across(at), up(share)) for at, share in enumerate(shares, start=1)], colour))
        parts.append(
            text(WIDE - RIGHT - NAMES + 10, TOP + 40 + 18 * nth, each.result.policy, "start", colour)
        )
    marks = [(float(nth), str(nth)) for nth in (1, *range(5, LATEST_SHOWN + 1, 5))]
    return frame(
        "", OURS, Axes(across, up, "workout", "legs that have had their best band", marks, PERCENT), parts
    )


def _name(rung: str) -> str:
    place = rungs.place_of(rung)
    return f"{rungs.band_of(rung)} ({place})" if place else rung
