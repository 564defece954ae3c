"""The rounds after the first: on the band of the fresh set, or on the next lighter one. Pure arithmetic.

Legs that share a band are one question, so that the band is changed once a workout and never between the legs. What is
decided here never reaches the fresh sets: `choice.py` knows nothing of it.
"""

from collections.abc import Sequence

from rules.files.exercise import Exercise
from rules.vocabulary.facts import LaterSetsFacts
from skill.coach.bands import fresh_set, rungs, step_sizes
from skill.coach.bands.rungs import Ladder
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import Leg
from skill.coach.value import Value, changed

WELCOME = "later_sets"
LIGHTER = "lighter_band_later"
FRESH = "fresh_band_later"


class Judged(Value, frozen=True):
    """One leg at the end of a workout: its record with this workout's sets, and after the rules on bands."""

    side: str
    before: Leg
    after: Leg


def together(legs: Sequence[Judged]) -> list[list[Judged]]:
    """The legs by the band that they use next, in their order: each group changes its band as one."""
    groups: dict[str, list[Judged]] = {}
    for each in legs:
        groups.setdefault(each.after.band, []).append(each)
    return list(groups.values())


def facts(
    legs: Sequence[Judged], ladder: Ladder, known: Steps, exercise: Exercise, had_pain: bool
) -> LaterSetsFacts:
    """What the rulebook wants to know of legs that share a band."""
    was_lighter = any(each.before.later for each in legs)
    last = [reps for each in legs for reps in each.after.last_sets_here]
    there = _on_the_other(last, legs[0].after.band, was_lighter, ladder, known)
    off = sorted(fresh_set.off_window(reps, exercise) for reps in last) or [0]
    other = sorted(fresh_set.off_window(reps, exercise) for reps in there) or [0]
    return LaterSetsFacts(
        is_welcome=WELCOME in exercise.half_steps,
        had_pain=had_pain,
        was_lighter=was_lighter,
        fresh_band=_move(legs, ladder),
        is_calibrating=any(each.after.is_calibrating for each in legs),
        bands_below=max(0, rungs.below(ladder, legs[0].after.band) - 1),
        workouts_seen=min(len(each.after.last_sets_here) for each in legs),
        longest_off=off[-1],
        other_known=bool(there),
        other_off=other[-1],
        other_least_off=other[0],
    )


def follow(legs: Sequence[Judged], ladder: Ladder, advice: str) -> dict[str, Leg]:
    """The legs' records by side after the rulebook's advice; another band forgets what was seen on the one before."""
    lighter = rungs.lighter(ladder, legs[0].after.band)
    found = {}
    for each in legs:
        later = {LIGHTER: lighter, FRESH: ""}.get(advice, each.before.later)
        seen = each.after.last_sets_here if later == each.before.later else ()
        found[each.side] = changed(each.after, later=later, last_sets_here=seen)
    return found


def turned(legs: Sequence[Judged], ladder: Ladder, advice: str) -> dict[str, str]:
    """What is worth saying: by side the band of the later rounds, where it alone has become another one."""
    found = follow(legs, ladder, advice)
    return {
        each.side: found[each.side].later or each.after.band
        for each in legs
        if each.after.band == each.before.band and found[each.side].later != each.before.later
    }


def _on_the_other(
    last: Sequence[int], band: str, was_lighter: bool, ladder: Ladder, known: Steps
) -> list[int]:
    """The reps that the last sets would have had on the other band; none where the step was never taken."""
    size = step_sizes.size(known, rungs.lighter(ladder, band), band)
    if not size:
        return []
    reps_there = step_sizes.reps_on_tougher if was_lighter else step_sizes.reps_on_lighter
    return [reps_there(reps, size) for reps in last]


def _move(legs: Sequence[Judged], ladder: Ladder) -> str:
    """Where the legs came from: `lighter` if any went down to this band, else `tougher` if any went up.

    A half-step between the same two bands is neither: the next lighter band is still the same.
    """

    def below(leg: Leg) -> int:
        return rungs.order(ladder, rungs.lighter(ladder, leg.band))

    moves = [below(each.after) - below(each.before) for each in legs]
    if min(moves) < 0:
        return "lighter"
    return "tougher" if max(moves) > 0 else "stays"
