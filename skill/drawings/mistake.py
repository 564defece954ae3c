"""A mistake and the right way, beside each other: the one crossed, the other ticked, each named below it.

Shown while the trainee is told what to put right, and when they ask why (SRC-05: the lower back that arches).
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from rules.files.exercise import Exercise
from skill.drawings.pose import TONES, Pose, outline, pose
from skill.drawings.svg import shape_drawn

BECAUSE: Final = "because.PAIN-06"
"""The line that says why the pelvis is tilted."""
APART: Final = 320
WORDS_HIGH: Final = 58
MOVES_S: Final = 4


def put_right_by(keys: Iterable[str], exercise: Exercise) -> tuple[Pose, Pose] | None:
    """The wrong pose and the right one, where lines of these keys tell how or why to put it right; else None."""
    told = {f"cue.{exercise.id}.{cue.key}" for cue in exercise.safety_cues} | {BECAUSE}
    return both(exercise) if told.intersection(keys) else None


def both(exercise: Exercise) -> tuple[Pose, Pose] | None:
    """The wrong pose and the right one of an exercise; None where it names none."""
    named = exercise.safety_drawing
    wrong, right = pose(f"{named}_wrong"), pose(f"{named}_right")
    return (wrong, right) if named and wrong and right else None


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
