"""Which band: a leg's record turned into facts, and a decision turned into the leg's next record. Pure arithmetic.

Everything rests on the fresh set, the first of a leg in a workout. A record remembers the last two judged fresh sets on
the present rung, where the leg came from, and nothing else; the steps' sizes belong to the bands and serve both legs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rules.files.exercise import Exercise
from rules.vocabulary.facts import MOST_GAIN, MOST_REPS, MOST_WEEKS, BandFacts
from skill.coach.bands import rungs, step_sizes
from skill.coach.bands.rungs import Ladder
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import Leg
from skill.coach.value import Value, changed

SEARCHES: Final = frozenset(
    {"start_middle", "band_of_other_leg", "test_again", "two_tougher", "lighter_and_search", "nearest_owned"}
)
FORGETS: Final = frozenset({"test_again", "lighter_and_search", "nearest_owned"})
REMEMBERED: Final = 2
MOST_STREAK: Final = 99

JUDGED: Final = {
    "failed_short": "failed",
    "failed_in_window": "failed",
    "failed_past_window": "failed",
    "could_do_more": "could_do_more",
}
"""What the bands' rules make of how a fresh set ended; any other ending is not judged."""


class Asked(Value, frozen=True):
    """What is known besides the leg's record when its band is asked for."""

    moment: str
    had_pain: bool = False
    weeks_away: int = 0
    other_band: str = ""
    band_lost: bool = False
    ladder_before: Ladder = ()


def facts(leg: Leg, ladder: Ladder, known: Steps, exercise: Exercise, asked: Asked) -> BandFacts:
    """The leg's record as the rulebook wants it."""
    off = [off_window(reps, exercise) for reps in leg.sets_here]
    return BandFacts(
        moment=asked.moment,
        had_pain=asked.had_pain,
        other_leg_known=bool(asked.other_band),
        is_calibrating=leg.is_calibrating,
        band_lost=asked.band_lost,
        weeks_away=max(0, min(MOST_WEEKS, asked.weeks_away)),
        outcome=leg.outcome,
        fresh_reps=min(MOST_REPS, leg.fresh_reps),
        off_window=off_window(min(MOST_REPS, leg.fresh_reps), exercise),
        sets_here=len(leg.sets_here),
        steady_off=_lesser(off) if len(off) == 2 else 0,
        fewest_reps=min(MOST_REPS, leg.fewest_reps),
        steady_last_reps=min(leg.last_sets_here) if len(leg.last_sets_here) == 2 else 0,
        ran_out_streak=min(MOST_STREAK, leg.ran_out_streak),
        **_of_others(leg, ladder, known, exercise),
    )


def _of_others(leg: Leg, ladder: Ladder, known: Steps, exercise: Exercise) -> dict[str, Any]:
    """The facts on the neighbouring rungs."""
    up, down = rungs.tougher(ladder, leg.band), rungs.lighter(ladder, leg.band)
    half_up = rungs.half_tougher(ladder, leg.band, exercise.half_steps)
    half_down = rungs.half_lighter(ladder, leg.band, exercise.half_steps)
    tougher = _other(leg, step_sizes.size(known, leg.band, up), exercise, step_sizes.reps_on_tougher)
    lighter = _other(leg, step_sizes.size(known, down, leg.band), exercise, step_sizes.reps_on_lighter)
    half_tougher = _other(
        leg, step_sizes.half_up(known, leg.band, half_up), exercise, step_sizes.reps_on_tougher
    )
    half_lighter = _other(
        leg, step_sizes.half_down(known, half_down, leg.band, down), exercise, step_sizes.reps_on_lighter
    )
    return {
        "rungs_above": rungs.above(ladder, leg.band),
        "tougher_tried": tougher.tried,
        "tougher_reps": tougher.reps,
        "tougher_off": off_window(tougher.reps, exercise) if tougher.tried else 0,
        "tougher_gain": tougher.gain,
        "rungs_below": rungs.below(ladder, leg.band),
        "lighter_tried": lighter.tried,
        "lighter_reps": lighter.reps,
        "lighter_off": off_window(lighter.reps, exercise) if lighter.tried else 0,
        "lighter_gain": lighter.gain,
        "place": rungs.place_of(leg.band) or "usual",
        "half_tougher_open": bool(half_up),
        "half_tougher_gain": half_tougher.gain,
        "half_lighter_open": bool(half_down),
        "half_lighter_gain": half_lighter.gain,
    }


def with_fresh_set(
    leg: Leg, ladder: Ladder, known: Steps, reps: int, outcome: str, later: Sequence[int] = ()
) -> tuple[Leg, Steps]:
    """The record, and the steps, after a workout; a fresh set that is not judged leaves no trace but itself.

    Args:
        leg: the record before.
        ladder: the trainee's bands.
        known: the steps as learned so far.
        reps: the fresh set's.
        outcome: one of `BandFacts.outcome`.
        later: the reps of the leg's other sets.
    """
    if outcome == "not_judged":
        return changed(leg, outcome=outcome, fresh_reps=reps), known
    cut_off = outcome == "could_do_more"
    if leg.came_from:
        known = _learned(leg, ladder, known, reps, cut_off)
    return changed(
        leg,
        outcome=outcome,
        fresh_reps=reps,
        sets_here=(*leg.sets_here, reps)[-REMEMBERED:],
        last_sets_here=(*leg.last_sets_here, *later[-1:])[-REMEMBERED:],
        fewest_reps=min((reps, *later)),
        ran_out_streak=min(MOST_STREAK, leg.ran_out_streak + 1) if cut_off else 0,
        came_from="" if leg.sets_here else leg.came_from,
    ), known


def follow(leg: Leg, ladder: Ladder, advice: str, asked: Asked) -> Leg:
    """The record after the rulebook's advice. The search ends with the first judged set that moves nothing."""
    to = _rung_after(leg, ladder, advice, asked)
    settles = asked.moment == "workout_ends" and leg.outcome != "not_judged" and to == leg.band
    searching = advice in SEARCHES or (leg.is_calibrating and not settles)
    if advice in FORGETS:
        leg = changed(leg, sets_here=(), last_sets_here=(), ran_out_streak=0, came_from="", later="")
    if to == leg.band:
        return changed(leg, is_calibrating=searching)
    here = leg.sets_here
    return Leg(
        band=to,
        is_calibrating=searching,
        outcome=leg.outcome,
        fresh_reps=leg.fresh_reps,
        came_from=leg.band if here else "",
        came_with=_mean(here) if here else 0,
        came_cut_off=leg.ran_out_streak > 0,
        decided=leg.decided,
    )


def facts_by_name(leg: Leg) -> Mapping[str, bool | int | str]:
    """The facts by name on which a leg's band was decided last."""
    return dict(zip(BandFacts.domains(), leg.decided.values, strict=True)) if leg.decided else {}


def off_window(reps: int, exercise: Exercise) -> int:
    """How far a set ended past the window (above 0) or short of it (below 0)."""
    window = exercise.window
    return max(0, reps - window.high) + min(0, reps - window.low)


def off_middle(reps: int, exercise: Exercise) -> int:
    """How far a set ended from the middle of the window, in half reps."""
    return abs(2 * reps - exercise.window.low - exercise.window.high)


def _rung_after(leg: Leg, ladder: Ladder, advice: str, asked: Asked) -> str:
    half_places = ("knee", "foot", "doubled")
    rung: dict[str, Callable[[], str]] = {
        "start_middle": lambda: rungs.middle(ladder),
        "band_of_other_leg": lambda: asked.other_band,
        "nearest_owned": lambda: rungs.nearest_owned(ladder, leg.band, asked.ladder_before),
        "tougher_band": lambda: rungs.tougher(ladder, leg.band),
        "two_tougher": lambda: rungs.tougher(ladder, leg.band, 2),
        "lighter_band": lambda: rungs.lighter(ladder, leg.band),
        "lighter_and_search": lambda: rungs.lighter(ladder, leg.band),
        "half_tougher": lambda: rungs.half_tougher(ladder, leg.band, half_places),
        "half_lighter": lambda: rungs.half_lighter(ladder, leg.band, half_places),
    }
    return rung[advice]() or leg.band if advice in rung else leg.band


def _learned(leg: Leg, ladder: Ladder, known: Steps, reps: int, cut_off: bool) -> Steps:
    if rungs.order(ladder, leg.came_from) < rungs.order(ladder, leg.band):
        return step_sizes.learned(
            known, step_sizes.key(leg.came_from, leg.band), leg.came_with, reps, leg.came_cut_off
        )
    return step_sizes.learned(known, step_sizes.key(leg.band, leg.came_from), reps, leg.came_with, cut_off)


class _Other(Value, frozen=True):
    """What another rung would have done: whether it was tried, the reps expected there, the gain in half reps."""

    tried: bool = False
    reps: int = 0
    gain: int = 0


def _other(leg: Leg, size: int, exercise: Exercise, reps_there: Callable[[int, int], int]) -> _Other:
    if not size or not leg.sets_here:
        return _Other()
    there = tuple(reps_there(reps, size) for reps in leg.sets_here)
    pairs = zip(leg.sets_here, there, strict=True)
    gained = sum(off_middle(here, exercise) - off_middle(other, exercise) for here, other in pairs)
    return _Other(True, _mean(there), max(-MOST_GAIN, min(MOST_GAIN, gained // len(there))))


def _mean(reps: Sequence[int]) -> int:
    return (2 * sum(reps) + len(reps)) // (2 * len(reps))


def _lesser(off: Sequence[int]) -> int:
    if min(off) > 0:
        return min(off)
    return max(off) if max(off) < 0 else 0
