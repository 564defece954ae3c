"""The size of each step of a ladder, learned from what happened when it was taken. Whole numbers only.

Makers' forces are wrong in both directions, so nothing is known of a step before it has been taken once. Then the reps
before and after tell its size: the reps to failure follow Epley's curve, load = 1 / (1 + reps / 30) of strength, so two
loads are as (30 + reps on the lighter) to (30 + reps on the tougher). Sizes are kept in thousandths.
"""

from collections.abc import Mapping
from math import isqrt
from typing import Final

from rules.vocabulary.domain import MOST_REPS
from skill.coach.bands import rungs
from skill.coach.bands.rungs import Ladder
from skill.coach.state import Step

EPLEY_REPS: Final = 30
SMALLEST: Final = 1000
LARGEST: Final = 3000
MOST_SEEN: Final = 6


Steps = Mapping[str, Step]
"""By `lighter>tougher`."""


def key(lighter: str, tougher: str) -> str:
    """The name of a step."""
    return f"{lighter}>{tougher}"


def learned(steps: Steps, name: str, on_lighter: int, on_tougher: int, cut_off: bool) -> Steps:
    """The steps after one was taken; `cut_off`: the reps on the lighter rung ended with the count."""
    size = (EPLEY_REPS + on_lighter) * 1000 // (EPLEY_REPS + on_tougher)
    size = max(SMALLEST, min(LARGEST, size))
    known = steps.get(name)
    if known is None or (known.at_least and size > known.size):
        return {**steps, name: Step(size, 1, cut_off)}
    if cut_off:
        return steps if size <= known.size else {**steps, name: Step(size, known.seen, known.at_least)}
    mean = (known.size * known.seen + size) // (known.seen + 1)
    return {**steps, name: Step(mean, min(MOST_SEEN, known.seen + 1))}


def reps_on_tougher(reps: int, size: int) -> int:
    """What `reps` become on a rung that is tougher by this size."""
    return max(0, (2 * (EPLEY_REPS + reps) * 1000 + size) // (2 * size) - EPLEY_REPS)


def reps_on_lighter(reps: int, size: int) -> int:
    """What `reps` become on a rung that is lighter by this size."""
    return min(MOST_REPS, (2 * (EPLEY_REPS + reps) * size + 1000) // 2000 - EPLEY_REPS)


def size(known: Steps, lighter: str, tougher: str) -> int:
    """The size of a whole step as far as it is known, directly or by its halves or by the halves of it; else 0."""
    if lighter == tougher:
        return 0
    direct = _direct(known, lighter, tougher)
    if direct:
        return direct
    if rungs.place_of(lighter):
        return 0
    half = tougher + rungs.KNEE
    return _direct(known, lighter, half) * _direct(known, half, tougher) // 1000


def half_up(known: Steps, rung: str, half: str) -> int:
    """The size of the half-step upwards: as learned, else half of the whole step; 0 where neither is known."""
    if not half:
        return 0
    direct = _direct(known, rung, half)
    whole = _direct(known, rung, rungs.band_of(half))
    return direct or isqrt(whole * 1000)


def half_down(known: Steps, half: str, rung: str, lighter: str) -> int:
    """The size of the half-step downwards: as learned, else half of the whole step; 0 where neither is known."""
    if not half:
        return 0
    return _direct(known, half, rung) or isqrt(_direct(known, lighter, rung) * 1000)


def _direct(known: Steps, lighter: str, tougher: str) -> int:
    step = known.get(key(lighter, tougher))
    return step.size if step else 0


def still_true(known: Steps, ladder: Ladder) -> Steps:
    """The steps that a changed ladder leaves standing: those between rungs that are owned, in their order."""
    kept = {}
    for name, step in known.items():
        lighter, _, tougher = name.partition(">")
        owned = {rungs.band_of(lighter), rungs.band_of(tougher)} <= set(rungs.whole(ladder))
        if owned and rungs.order(ladder, lighter) < rungs.order(ladder, tougher):
            kept[name] = step
    return kept
