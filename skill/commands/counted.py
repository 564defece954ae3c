"""What `glute-coach count` counts: an exercise at a tempo, as many repetitions as one piece of audio holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from msgspec import structs

from rules.engine import Engine
from rules.files.exercise import Exercise, Phase, load_exercises
from rules.files.fault import nearest
from rules.rulebook import load_rulebook
from skill.coach.counting.timeline import LONGEST_MS, RepPhase, reps_that_fit, timeline
from skill.coach.messages.reply import Count
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

    Raises BadCount: there is no such exercise, or the tempo or the numbers are impossible.
    """
    exercises, engine = _known()
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
    plan = timeline(exercise, structs.replace(count, count_to=fits), engine.decide)
    return load().script(plan, [], None)


@cache
def _known() -> tuple[dict[str, Exercise], Engine]:
    exercises = load_exercises()
    return exercises, Engine(load_rulebook(exercises=exercises), exercises)


def _exercise(wanted: Wanted, known: dict[str, Exercise]) -> Exercise:
    if wanted.exercise not in known:
        raise BadCount(f"there is no exercise {wanted.exercise!r}: {nearest(wanted.exercise, known)}")
    exercise = known[wanted.exercise]
    if wanted.tempo is not None:
        exercise = structs.replace(exercise, tempo=tempo_of(wanted.tempo, exercise))
    if wanted.lead_in_s is not None:
        if not 0 <= wanted.lead_in_s <= LONGEST_LEAD_IN_S:
            raise BadCount(f"a lead-in of {wanted.lead_in_s} s: choose 0 to {LONGEST_LEAD_IN_S}")
        exercise = structs.replace(exercise, lead_in_s=wanted.lead_in_s)
    room_s = LONGEST_MS // 1000 - exercise.lead_in_s - AFTER_MS // 1000
    if exercise.rep_s > room_s:
        raise BadCount(
            f"one repetition of {exercise.rep_s} s is more than the {room_s} s that one audio holds"
        )
    return exercise


def tempo_of(text: str, exercise: Exercise) -> tuple[Phase, ...]:
    """A tempo as trainers write it, in seconds joined by hyphens; the exercise's words name the phases.

    Three are lift-hold-lower (`1-2-3`), four the usual lower-pause-lift-hold (`4-0-1-0`). A pause or a hold of 0 is
    left out.

    Raises BadCount: it is no tempo, or a phase is outside 1 to 60 s.
    """
    parts = text.split("-")
    if len(parts) not in (3, 4) or not all(part.isdecimal() for part in parts):
        raise BadCount(f"{text!r} is no tempo: write lift-hold-lower in seconds, such as 1-2-3")
    seconds = [int(part) for part in parts]
    lift, hold, lower, pause = (
        [*seconds, 0] if len(seconds) == 3 else [seconds[2], seconds[3], seconds[0], seconds[1]]
    )
    most = LONGEST_PHASE_S
    if lift < 1 or lower < 1 or max(seconds) > most:
        raise BadCount(f"a tempo of {text}: lift and lower take 1 to {most} s each, a hold 0 to {most}")
    words = {each.phase: each.word for each in exercise.tempo}
    phases: tuple[tuple[RepPhase, str, int], ...] = (
        ("concentric", words.get("concentric", "lift"), lift),
        ("isometric_hold", words.get("isometric_hold", "hold"), hold),
        ("eccentric", words.get("eccentric", "lower"), lower),
        ("isometric_hold", "rest", pause),
    )
    return tuple(Phase(phase, length, word) for phase, word, length in phases if length)
