"""Which band: a leg's record turned into facts, and a decision turned into the leg's next record. Pure arithmetic.

Everything rests on the fresh set, the first of a leg in a workout. A record remembers the last two judged fresh sets on
the present rung, where the leg came from, and nothing else; the steps' sizes belong to the bands and serve both legs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.band_facts import MOST_NEARER, MOST_WEEKS, BandFacts
from rules.vocabulary.domain import MOST_REPS, UNKNOWN
from skill.coach.bands import rungs, step_sizes
from skill.coach.bands.rungs import Ladder
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import Leg
from skill.coach.value import Value

SEARCHES: Final = frozenset({"start_middle", "test_again", "lighter_and_search", "nearest_owned"})
FORGETS: Final = frozenset({"test_again", "lighter_and_search", "nearest_owned"})
REMEMBERED: Final = 2
MOST_STREAK: Final = 99

JUDGED: Final = {
    "failed_short": "failed",
    "failed_in_window": "failed",
    "failed_past_window": "failed",
    "could_do_more": "could_do_more",
}
"""What a leg's record makes of how a first set ended; any other ending is not judged."""
FIRST_SET: Final = {"failed": "failed", "could_do_more": "could_do_more", "not_judged": "proves_nothing"}
AFTER_A_SET: Final = frozenset({"first_round_ends", "workout_ends"})
"""When there is a first set to judge."""


class Asked(Value, frozen=True):
    """What is known besides the leg's record when its band is asked for."""

    moment: str
    had_pain: bool = False
    weeks_away: int = 0
    band_lost: bool = False
    ladder_before: Ladder = ()


def facts(leg: Leg, ladder: Ladder, known: Steps, exercise: Exercise, asked: Asked) -> BandFacts:
    """The leg's record as the rulebook wants it."""
    reps = min(MOST_REPS, leg.fresh_reps)
    twice = leg.sets_here if len(leg.sets_here) == REMEMBERED else ()
    return BandFacts(
        moment=asked.moment,
        had_pain=asked.had_pain,
        is_searching=leg.is_calibrating,
        band_is_gone=asked.band_lost,
        weeks_away=max(0, min(MOST_WEEKS, asked.weeks_away)),
        first_set=FIRST_SET[leg.outcome] if asked.moment in AFTER_A_SET else "none_yet",
        first_set_reps=reps,
        reps_past_target=past_target(reps, exercise),
        reps_short_of_target=short_of_target(reps, exercise),
        first_sets_here=len(leg.sets_here),
        reps_past_target_twice=min((past_target(each, exercise) for each in twice), default=0),
        reps_short_of_target_twice=min((short_of_target(each, exercise) for each in twice), default=0),
        fewest_reps=min(MOST_REPS, leg.fewest_reps),
        last_set_reps_twice=min(leg.last_sets_here) if len(leg.last_sets_here) == REMEMBERED else 0,
        count_ended_first_times=min(MOST_STREAK, leg.ran_out_streak),
        **_of_neighbours(leg, ladder, known, exercise),
    )


def _of_neighbours(leg: Leg, ladder: Ladder, known: Steps, exercise: Exercise) -> dict[str, Any]:
    """The facts on the neighbouring bands and half-steps."""
    up, down = rungs.tougher(ladder, leg.rung), rungs.lighter(ladder, leg.rung)
    half_up = rungs.half_tougher(ladder, leg.rung, exercise.half_steps)
    half_down = rungs.half_lighter(ladder, leg.rung, exercise.half_steps)
    on_tougher, on_lighter = step_sizes.reps_on_tougher, step_sizes.reps_on_lighter
    tougher = _there(leg, step_sizes.size(known, leg.rung, up), on_tougher)
    lighter = _there(leg, step_sizes.size(known, down, leg.rung), on_lighter)
    a_bit_tougher = _there(leg, step_sizes.half_up(known, leg.rung, half_up), on_tougher)
    a_bit_lighter = _there(leg, step_sizes.half_down(known, half_down, leg.rung, down), on_lighter)
    return {
        "tougher_bands": rungs.above(ladder, leg.rung),
        "tougher_band_reps": mean(tougher) if tougher else UNKNOWN,
        "tougher_band_short_by": short_of_target(mean(tougher), exercise) if tougher else UNKNOWN,
        "tougher_band_nearer_by": _nearer_by(leg, tougher, exercise),
        "lighter_bands": rungs.below(ladder, leg.rung),
        "lighter_band_reps": mean(lighter) if lighter else UNKNOWN,
        "lighter_band_past_by": past_target(mean(lighter), exercise) if lighter else UNKNOWN,
        "lighter_band_nearer_by": _nearer_by(leg, lighter, exercise),
        "half_step_up_exists": bool(half_up),
        "half_step_up_nearer_by": _nearer_by(leg, a_bit_tougher, exercise),
        "half_step_down_exists": bool(half_down),
        "half_step_down_nearer_by": _nearer_by(leg, a_bit_lighter, exercise),
    }


def with_fresh_set(
    leg: Leg, ladder: Ladder, known: Steps, reps: int, outcome: str, later: Sequence[int] = ()
) -> tuple[Leg, Steps]:
    """The record, and the steps, after a workout; a fresh set that is not judged leaves no trace but itself.

    `reps` are the fresh set's, `later` those of the leg's other sets; `outcome` is failed, could_do_more or
    not_judged.
    """
    if outcome == "not_judged":
        return replace(leg, outcome=outcome, fresh_reps=reps), known
    cut_off = outcome == "could_do_more"
    if leg.previous_rung:
        known = _learned(leg, ladder, known, reps, cut_off)
    return replace(
        leg,
        outcome=outcome,
        fresh_reps=reps,
        sets_here=(*leg.sets_here, reps)[-REMEMBERED:],
        last_sets_here=(*leg.last_sets_here, *later[-1:])[-REMEMBERED:],
        fewest_reps=min((reps, *later)),
        ran_out_streak=min(MOST_STREAK, leg.ran_out_streak + 1) if cut_off else 0,
        previous_rung="" if leg.sets_here else leg.previous_rung,
    ), known


def follow(leg: Leg, ladder: Ladder, advice: str, asked: Asked) -> Leg:
    """The record after the rulebook's advice.

    A new band is a search, which ends with the first judged set that moves nothing.
    """
    to = _rung_after(leg, ladder, advice, asked)
    settles = asked.moment == "workout_ends" and leg.outcome != "not_judged" and to == leg.rung
    searching = advice in SEARCHES or to != leg.rung or (leg.is_calibrating and not settles)
    if advice in FORGETS:
        leg = replace(leg, sets_here=(), last_sets_here=(), ran_out_streak=0, previous_rung="")
    if to == leg.rung:
        return replace(leg, is_calibrating=searching)
    here = leg.sets_here
    return Leg(
        rung=to,
        is_calibrating=searching,
        outcome=leg.outcome,
        fresh_reps=leg.fresh_reps,
        previous_rung=leg.rung if here else "",
        previous_reps=mean(here) if here else 0,
        previous_cut_off=leg.ran_out_streak > 0,
        decided=leg.decided,
    )


def facts_by_name(leg: Leg) -> Mapping[str, bool | int | str]:
    """The facts by name on which a leg's band was decided last."""
    return leg.decided.facts if leg.decided else {}


def mean(reps: Sequence[int]) -> int:
    """The mean of sets, in whole reps."""
    return (2 * sum(reps) + len(reps)) // (2 * len(reps))


def past_target(reps: int, exercise: Exercise) -> int:
    """Reps above the target."""
    return max(0, reps - exercise.window.high)


def short_of_target(reps: int, exercise: Exercise) -> int:
    """Reps lacking to the target."""
    return max(0, exercise.window.low - reps)


def off_window(reps: int, exercise: Exercise) -> int:
    """How far a set ended past the window (above 0) or short of it (below 0)."""
    return past_target(reps, exercise) - short_of_target(reps, exercise)


def off_middle(reps: int, exercise: Exercise) -> int:
    """How far a set ended from the middle of the window, in half reps."""
    return abs(2 * reps - exercise.window.low - exercise.window.high)


def _rung_after(leg: Leg, ladder: Ladder, advice: str, asked: Asked) -> str:
    half_places = rungs.PLACES
    rung: dict[str, Callable[[], str]] = {
        "start_middle": lambda: rungs.middle(ladder),
        "nearest_owned": lambda: rungs.nearest_owned(ladder, leg.rung, asked.ladder_before),
        "tougher_band": lambda: rungs.tougher(ladder, leg.rung),
        "lighter_band": lambda: rungs.lighter(ladder, leg.rung),
        "lighter_and_search": lambda: rungs.lighter(ladder, leg.rung),
        "half_tougher": lambda: rungs.half_tougher(ladder, leg.rung, half_places),
        "half_lighter": lambda: rungs.half_lighter(ladder, leg.rung, half_places),
    }
    return rung[advice]() or leg.rung if advice in rung else leg.rung


def _learned(leg: Leg, ladder: Ladder, known: Steps, reps: int, cut_off: bool) -> Steps:
    if rungs.order(ladder, leg.previous_rung) < rungs.order(ladder, leg.rung):
        return step_sizes.learned(
            known, step_sizes.key(leg.previous_rung, leg.rung), leg.previous_reps, reps, leg.previous_cut_off
        )
    return step_sizes.learned(
        known, step_sizes.key(leg.rung, leg.previous_rung), reps, leg.previous_reps, cut_off
    )


def _there(leg: Leg, size: int, reps_there: Callable[[int, int], int]) -> tuple[int, ...]:
    """What the first sets remembered here would have been on a neighbouring rung; nothing where that is unknown."""
    return tuple(reps_there(reps, size) for reps in leg.sets_here) if size else ()


def _nearer_by(leg: Leg, there: Sequence[int], exercise: Exercise) -> int | str:
    """By how many whole reps those sets would have been nearer the middle of the target, on average."""
    if not there:
        return UNKNOWN
    pairs = zip(leg.sets_here, there, strict=True)
    half_reps = sum(off_middle(here, exercise) - off_middle(other, exercise) for here, other in pairs)
    return max(-MOST_NEARER, min(MOST_NEARER, half_reps // (2 * len(there))))
