"""One band for both legs, or one each: the rulebook is asked, and the band is decided once for all that share it.

Legs that share a band are judged as one, by the mean of their first sets: a day's luck of one leg moves nothing.
Pure arithmetic over the legs' own records; the coach in a workout and the simulator both decide by it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.band_facts import SidesFacts
from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import MOST_REPS, Facts
from skill.coach.bands import fresh_set
from skill.coach.bands.fresh_set import Asked
from skill.coach.bands.rungs import Ladder
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import FreshResult, Leg
from skill.coach.value import Value

SHARE: Final = "share_band"
COMPARED: Final = 3
"""Workouts in a row in which one leg has to be ahead before the difference counts as real."""

Ask = Callable[[Facts], Decision]
FirstSets = Mapping[str, FreshResult]


class Known(Value, frozen=True):
    """What the legs' bands rest on besides their records: the bands, their steps, the exercise."""

    ladder: Ladder
    steps: Steps
    exercise: Exercise


class Decided(Value, frozen=True):
    """One leg's record after a decision, and that decision."""

    leg: Leg
    decision: Decision


def decide(
    legs: Mapping[str, Leg], known: Known, asked: Asked, ask: Ask, workouts: Sequence[FirstSets] = ()
) -> dict[str, Decided]:
    """The bands of legs, by side, decided together where they share one.

    Where a workout has just ended, `workouts` are the first sets of the last three, newest first.
    """
    groups = [tuple(legs)] if len(legs) > 1 and _share(legs, ask, workouts) else [(side,) for side in legs]
    found: dict[str, Decided] = {}
    for group in groups:
        shared = as_one([legs[side] for side in group])
        facts = fresh_set.facts(shared, known.ladder, known.steps, known.exercise, asked)
        decision = ask(facts)
        for side in group:
            leg = legs[side] if legs[side].rung else replace(legs[side], rung=shared.rung)
            found[side] = Decided(fresh_set.follow(leg, known.ladder, decision.advice, asked), decision)
    return found


def as_one(legs: Sequence[Leg]) -> Leg:
    """The record of legs that share a band, as if they were one leg: the mean of what they did, set by set.

    A leg that has done no first set that counts on this band is left out where the other one has.
    """
    counted = [leg for leg in legs if leg.outcome != "not_judged"]
    told = [leg for leg in counted if leg.sets_here] or counted or [leg for leg in legs if leg.rung] or legs
    if len(told) == 1:
        return told[0]
    return replace(
        told[0],
        is_calibrating=any(leg.is_calibrating for leg in told),
        outcome="could_do_more" if all(leg.outcome == "could_do_more" for leg in told) else told[0].outcome,
        fresh_reps=fresh_set.mean([leg.fresh_reps for leg in told]),
        sets_here=_set_by_set([leg.sets_here for leg in told]),
        last_sets_here=_set_by_set([leg.last_sets_here for leg in told]),
        fewest_reps=min(leg.fewest_reps for leg in told),
        ran_out_streak=min(leg.ran_out_streak for leg in told),
    )


def as_judged(legs: Mapping[str, Leg]) -> dict[str, Leg]:
    """The records that the next decision will look at: that of both as one, where they share a band."""
    if len(legs) < 2 or not share(tuple(legs.values())):
        return dict(legs)
    one = as_one(tuple(legs.values()))
    return {side: replace(one, decided=leg.decided) for side, leg in legs.items()}


def share(legs: Sequence[Leg]) -> bool:
    """Whether legs are on one band, so far as they have one."""
    return len({leg.rung for leg in legs if leg.rung}) <= 1


def _share(legs: Mapping[str, Leg], ask: Ask, workouts: Sequence[FirstSets]) -> bool:
    one, other = legs.values()
    facts = SidesFacts(legs_have_one_band=share((one, other)), ahead_three_times=_ahead(workouts))
    return ask(facts).advice == SHARE


def _ahead(workouts: Sequence[FirstSets]) -> int:
    """The reps by which the same leg was ahead in each of three workouts, at the least; else 0."""
    gaps = [_gap(first) for first in workouts[:COMPARED]]
    if len(gaps) < COMPARED or not (min(gaps) > 0 or max(gaps) < 0):
        return 0
    return min(MOST_REPS, *(abs(gap) for gap in gaps))


def _gap(first: FirstSets) -> int:
    """How far the one leg was ahead of the other on the same band; 0 where that cannot be told."""
    if len(first) != 2:
        return 0
    one, other = (first[side] for side in sorted(first))
    is_told = one.band == other.band and {one.ended, other.ended} <= fresh_set.JUDGED.keys()
    return one.reps - other.reps if is_told else 0


def _set_by_set(done: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The mean of the legs' last sets, one after the other, as far back as all of them go."""
    count = min(len(each) for each in done)
    return tuple(
        fresh_set.mean(sets) for sets in zip(*(each[len(each) - count :] for each in done), strict=True)
    )
