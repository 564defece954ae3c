"""A mistake and the right way, beside each other: the one crossed, the other ticked, each named below it.

Shown while the trainee is told what to put right, and when they ask why (SRC-05: the lower back that arches).
"""

from collections.abc import Iterable
from typing import Final

from rules.files.exercise import Exercise
from skill.drawings.pose import Pose, pose

BECAUSE: Final = "because.PAIN-06"
"""The line that says why the pelvis is tilted."""


def put_right_by(keys: Iterable[str], exercise: Exercise) -> tuple[Pose, Pose] | None:
    """The wrong pose and the right one, where lines of these keys tell how or why to put it right; else None."""
    told = {f"cue.{exercise.id}.{cue.key}" for cue in exercise.safety_cues} | {BECAUSE}
    return both(exercise) if told.intersection(keys) else None


def both(exercise: Exercise) -> tuple[Pose, Pose] | None:
    """The wrong pose and the right one of an exercise; None where it names none."""
    named = exercise.safety_drawing
    wrong, right = pose(f"{named}_wrong"), pose(f"{named}_right")
    return (wrong, right) if named and wrong and right else None
