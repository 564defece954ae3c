"""What each reason for a band claims, and whether the workouts that were done bear it out.

The truth is taken from the workouts as they were finished, and not from the record that the coach keeps of a leg.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from skill.coach.bands import rungs
from skill.coach.bands.fresh_set import JUDGED
from skill.coach.messages.reply import Param
from tests.coach.lives import LOCALE
from tests.coach.one_life import OneLife

CLEARLY: Final = 4
"""Reps off target from which "well past" and "well under" may be said."""
FAR: Final = 5
"""Reps short of target from which "far under" may be said."""


@dataclass(frozen=True)
class Told:
    """A reason as it was said: its rule, its numbers, and the leg that was named ("" for all)."""

    rule: str
    params: Mapping[str, Param]
    side: str

    def number(self, name: str) -> int:
        """One of the numbers in its words."""
        return int(self.params[name])


def is_true(told: Told, life: OneLife) -> bool:
    """Whether a reason is true of the workouts; one of which nothing is known here is not."""
    claim = CLAIMS.get(told.rule)
    return claim is not None and claim(told, life)


def _about(told: Told, life: OneLife) -> int | None:
    """The reps that are named, if they are those of the last first set; None if not."""
    last = life.first_sets(told.side)[-1:]
    return told.number("first_set_reps") if last == [told.number("first_set_reps")] else None


def _off(told: Told, reps: int) -> int:
    """How far a set is past target (above 0) or short of it (below 0)."""
    low, high = told.number("window_low"), told.number("window_high")
    return max(0, reps - high) - max(0, low - reps)


def _last(least: int, most: int) -> Callable[[Told, OneLife], bool]:
    """The last first set was so far off target."""

    def holds(told: Told, life: OneLife) -> bool:
        reps = _about(told, life)
        return reps is not None and least <= _off(told, reps) <= most

    return holds


def _twice(least: int, most: int) -> Callable[[Told, OneLife], bool]:
    """The last two first sets were so far off target."""

    def holds(told: Told, life: OneLife) -> bool:
        last = life.first_sets(told.side)[-2:]
        return len(last) == 2 and all(least <= _off(told, reps) <= most for reps in last)

    return holds


def _is_under_way(life: OneLife) -> bool:
    at_hand = life.state.workout
    return at_hand is not None and bool(at_hand.sets or at_hand.counting)


def _weeks(life: OneLife) -> set[int]:
    """Whole weeks since the last count; before the workout under way they may also be meant."""
    today, last = LOCALE.day_of(life.now), LOCALE.day_of(life.counted_at)
    gaps = {today - last}
    if _is_under_way(life) and life.done:
        gaps.add(last - LOCALE.day_of(life.done[-1].sets[-1].at))
    return {days // 7 for days in gaps}


def _away(told: Told, life: OneLife) -> bool:
    return told.number("weeks_away") in _weeks(life)


def _long_away(told: Told, life: OneLife) -> bool:
    """More than eight weeks, as its words say."""
    return max(_weeks(life)) > 8


def _ended_first(told: Told, life: OneLife) -> bool:
    times = told.number("count_ended_first_times")
    last = life.first_ends(told.side)[-times:]
    return len(last) == times and set(last) == {"could_do_more"}


def _gone(told: Told, life: OneLife) -> bool:
    worn = {rungs.band_of(each.band) for one in life.done[-1:] for each in one.sets}
    return not worn <= {*life.state.ladder, rungs.NO_BAND}


def _nothing_new(told: Told, life: OneLife) -> bool:
    """No first set was judged since: the last workout proved nothing or was left, or the bands changed after it."""
    sides = [told.side] if told.side else list(life.next_bands())
    last = [each for one in life.done[-1:] for each in one.sets]
    judged = [each for each in last if each.round == 1 and each.ended in JUDGED]
    changed = life.state.ladder != life.ladder_then
    return _is_under_way(life) or changed or not any(each.side in sides for each in judged)


def _not_enough(told: Told, life: OneLife) -> bool:
    """Off target, and the band is that of the last set."""
    reps = _about(told, life)
    sides = [told.side] if told.side else list(life.next_bands())
    worn = {each.side: each.band for one in life.done[-1:] for each in one.sets}
    stays = all(life.next_bands()[side] == worn[side] for side in sides if side in worn)
    return reps is not None and _off(told, reps) != 0 and stays


ANY: Final = 99
CLAIMS: Final[Mapping[str, Callable[[Told, OneLife], bool]]] = {
    "BAND-03": lambda told, life: not life.done,
    "BAND-04": _long_away,
    "BAND-08": _last(-ANY, -CLEARLY),
    "BAND-10": _twice(-ANY, -1),
    "BAND-11": _not_enough,
    "BAND-14": _away,
    "BAND-15": _last(CLEARLY, ANY),
    "BAND-20": _twice(1, ANY),
    "BAND-21": _twice(1, ANY),
    "BAND-27": _gone,
    "BAND-29": _last(0, 0),
    "BAND-30": _twice(1, ANY),
    "BAND-31": _last(-ANY, -CLEARLY),
    "BAND-32": _twice(-ANY, -FAR),
    "BAND-33": _ended_first,
    "BAND-35": _nothing_new,
    "BAND-37": _twice(3, ANY),
}
"""By rule, what its words claim. Those after pain and in mid-workout are in `bench.said.meanwhile`."""
