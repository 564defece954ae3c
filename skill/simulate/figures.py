"""What is measured of a policy, leg by leg, and what a crowd's mean is worth.

The best owned rung of a leg on a day is the one whose true fresh-set reps (rested, in tempo, to failure) lie in the
window or, where none does, nearest to it; where several lie in it, each is best. The ceiling is the share of workouts
in which some owned rung lies in the window: what perfect knowledge of leg, bands and day could reach.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import floor, sqrt
from typing import Final

import numpy as np

from rules.files.exercise import Exercise
from skill.coach.bands import fresh_set, rungs
from skill.simulate.parameters import Parameters
from skill.simulate.plan import Path
from skill.simulate.trainee import Trainee

FEW: Final = 8
MANY: Final = 20
LATER_HIGH: Final = 15
UNDONE_WITHIN: Final = 3


@dataclass(frozen=True)
class LegFigures:
    """One leg: workouts until the best rung, counts over all workouts, and workouts back after the break (0: none).

    `between` are the times that a band was changed within a workout, of both legs; it stands with the first one.
    """

    workouts: int
    to_best: int
    in_window: int
    reachable: int
    changes: int
    undone: int
    few: int
    many: int
    hopeless: int
    to_return: int
    later: int
    later_few: int
    later_many: int
    between: int = 0


def judged(who: Trainee, side: int, path: Path, parameters: Parameters, exercise: Exercise) -> LegFigures:
    """The figures of one leg's path."""
    owned = owned_rungs(who, parameters.half_steps)
    off = [[abs(off_window(who, rung, day[side].strength, exercise)) for rung in owned] for day in who.days]
    here = [abs(fresh_set.off_window(floor(truth), exercise)) for truth in path.truth]
    nearest = [min(each) for each in off]
    best = [mine == least for mine, least in zip(here, nearest, strict=True)]
    whole = [floor(each) for each in path.truth]
    after = parameters.break_after if parameters.break_weeks else len(best)
    moves = [rungs.order(who.ladder, rung) for rung in path.rungs]
    tired = [floor(reps) for each in path.later for reps in each]
    return LegFigures(
        workouts=len(whole),
        to_best=_first(best),
        in_window=here.count(0),
        reachable=nearest.count(0),
        changes=sum(1 for one, two in pairwise(moves) if one != two),
        undone=undone(moves),
        few=sum(1 for each in whole if each < FEW),
        many=sum(1 for each in whole if each > MANY),
        hopeless=_hopeless(who, side, owned),
        to_return=_first(best[after:]) if after < len(best) else 0,
        later=len(tired),
        later_few=sum(1 for each in tired if each < FEW),
        later_many=sum(1 for each in tired if each > LATER_HIGH),
    )


def owned_rungs(who: Trainee, half_steps: bool) -> list[str]:
    """Every rung of a trainee's ladder: the bands, and with half-steps what lies between them and past the top."""
    places = rungs.PLACES if half_steps else ()
    halves = {rungs.half_tougher(who.ladder, rung, places) for rung in rungs.whole(who.ladder)}
    return [rung for rung in who.load if not rungs.place_of(rung) or rung in halves]


def off_window(who: Trainee, rung: str, strength: float, exercise: Exercise) -> int:
    """How far from the window a leg of this strength fails on a rung, in whole reps."""
    return fresh_set.off_window(floor(who.reps(rung, strength)), exercise)


def undone(moves: list[int]) -> int:
    """Changes that a change in the other direction follows within three workouts."""
    steps = [two - one for one, two in pairwise(moves)]
    count = 0
    for nth, step in enumerate(steps):
        following = next((each for each in steps[nth + 1 : nth + 1 + UNDONE_WITHIN] if each), 0)
        count += step * following < 0
    return count


def band_changes(paths: tuple[Path, Path], rounds: int) -> int:
    """How often a band is taken off and another put on between the sets of a workout, over all workouts."""
    changes = 0
    for nth in range(len(paths[0].rungs)):
        first = [path.rungs[nth] for path in paths]
        later = [path.later_rung[nth] or path.rungs[nth] for path in paths]
        worn = first + later * (rounds - 1)
        changes += sum(one != two for one, two in pairwise(worn))
    return changes


def _hopeless(who: Trainee, side: int, owned: list[str]) -> int:
    """Workouts in which no owned rung lies between the two bounds: every choice is too light or too tough."""
    return sum(
        1
        for day in who.days
        if not any(FEW <= floor(who.reps(rung, day[side].strength)) <= MANY for rung in owned)
    )


def _first(best: list[bool]) -> int:
    return best.index(True) + 1 if True in best else len(best) + 1


@dataclass(frozen=True)
class Measured:
    """A mean over trainees with its 95 % interval's half width, and the 90th percentile of the trainees."""

    mean: float
    within: float
    p90: float


FIGURES: Final = {
    "to_best": ("to best", "workouts until the best owned band is in use"),
    "share": ("share", "fresh sets in the window over the reachable ceiling"),
    "undone": ("undone", "changes undone within 3 workouts, per 10 workouts"),
    "few": ("<8 %", "workouts whose fresh set fails below 8"),
    "many": (">20 %", "workouts whose fresh set fails above 20"),
    "to_return": ("back", "workouts back to the right band after the break"),
    "in_window": ("in window %", "fresh sets in the window"),
    "ceiling": ("ceiling %", "reachable ceiling of that"),
    "changes": ("changes", "changes per 10 workouts"),
    "hopeless": ("hopeless %", "workouts without any rung between 8 and 20"),
    "between": ("band changes", "times a band is changed within a workout"),
    "later_few": ("later <8 %", "later sets that have fewer than 8 left"),
    "later_many": ("later >15 %", "later sets that have more than 15 left"),
    "later_between": ("later 8-15 %", "later sets that have 8 to 15 left"),
}
"""What is measured, with its heading in a table and what it means."""


def measured(legs: list[tuple[LegFigures, LegFigures]]) -> dict[str, Measured]:
    """The crowd's figures. A trainee is one observation, both legs together: they are kin."""
    total = {
        name: np.array([sum(getattr(leg, name) for leg in pair) for pair in legs], float)
        for name in LegFigures.__annotations__
    }
    done, later = total["workouts"], total["later"]
    return {
        "to_best": _mean(total["to_best"] / 2),
        "share": _ratio(total["in_window"], total["reachable"]),
        "undone": _mean(10 * total["undone"] / done),
        "few": _mean(total["few"] / done),
        "many": _mean(total["many"] / done),
        "to_return": _mean(total["to_return"] / 2),
        "in_window": _mean(total["in_window"] / done),
        "ceiling": _mean(total["reachable"] / done),
        "changes": _mean(10 * total["changes"] / done),
        "hopeless": _mean(total["hopeless"] / done),
        "between": _mean(2 * total["between"] / done),
        "later_few": _mean(total["later_few"] / later),
        "later_many": _mean(total["later_many"] / later),
        "later_between": _mean(1 - (total["later_few"] + total["later_many"]) / later),
    }


def _mean(values: "np.ndarray") -> Measured:
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return Measured(float(values.mean()), 1.96 * spread / sqrt(len(values)), float(np.percentile(values, 90)))


def _ratio(part: "np.ndarray", whole: "np.ndarray") -> Measured:
    """All that was reached over all that could be; trainees who could reach nothing weigh nothing."""
    ratio = float(part.sum() / max(1.0, whole.sum()))
    rest = part - ratio * whole
    spread = float(rest.std(ddof=1)) if len(rest) > 1 else 0.0
    own = part[whole > 0] / whole[whole > 0]
    worst_tenth = float(np.percentile(own, 10)) if len(own) else 0.0
    return Measured(ratio, 1.96 * spread / sqrt(len(rest)) / max(1e-9, float(whole.mean())), worst_tenth)
