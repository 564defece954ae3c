"""What `glute-coach count` counts: an exercise at a tempo, as many repetitions as one piece of audio holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from rules.book import load_rulebook
from rules.engine import Engine
from rules.exercise import Exercise, Phase, load_exercises
from rules.fault import nearest
from skill.coach.count import LONGEST_MS, RepPhase, reps_that_fit, timeline
from skill.coach.reply import Count
from skill.locales.script import Script
from skill.locales.words import load

LONGEST_PHASE_S: Final = 60
LONGEST_LEAD_IN_S: Final = 10
AFTER_MS: Final = 1000
"""Silence after the last number, so that it is not cut by a player that stops early."""


class BadCount(ValueError):
    """A count that cannot be; the message says what could."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line; None where the exercise decides."""

    exercise: str
    reps: int | None = None
    lead_in_s: int | None = None
    tempo: str | None = None


def counted(wanted: Wanted, tell: Callable[[str], None]) -> Script:
    """The count in words. More repetitions than fit are told, and those that fit are counted.

    Raises:
        BadCount: there is no such exercise, or the tempo or the numbers are impossible.
    """
    exercises = load_exercises()
    exercise = _exercise(wanted, exercises)
    reps = exercise.window.high if wanted.reps is None else wanted.reps
    if reps < 1:
        raise BadCount(f"{reps} repetitions are no count: ask for one or more")
    count = Count(exercise.id, "left", False, 0, 0, AFTER_MS, 1, reps, "count")
    fits = reps_that_fit(exercise, count)
    if fits < reps:
        tell(
            f"{reps} repetitions of {exercise.rep_s} s would pass the {LONGEST_MS // 1000} s of one piece of audio: "
            f"counting {fits}."
        )
    engine = Engine(load_rulebook(exercises=exercises), exercises)
    plan = timeline(exercise, replace(count, count_to=fits), engine.decide)
    return load().script(plan, [], None)


def _exercise(wanted: Wanted, known: dict[str, Exercise]) -> Exercise:
    if wanted.exercise not in known:
        raise BadCount(f"there is no exercise {wanted.exercise!r}: {nearest(wanted.exercise, known)}")
