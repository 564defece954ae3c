"""When the muscles are ready and the week has room: the first day that the rules would call a good one.

Days are calendar days where the trainee lives, as people count them: `Brain.day_of` knows the zone.
"""

from collections.abc import Callable, Sequence
from typing import Final

from rules.files.exercise import Exercise
from skill.coach.brain import DAY_S, WEEK_DAYS
from skill.coach.turn import Turn

SUMMER_S: Final = 2 * 3600
"""More than a clock is ever put forward or back."""


def in_the_last_week(turn: Turn) -> tuple[int, ...]:
    """When workouts were done today and on the six days before (s since 1970), the newest first."""
    return tuple(each for each in turn.state.recent_workouts if 0 <= turn.days_since(each) < WEEK_DAYS)


def days_from_nearest(turn: Turn) -> int:
    """Calendar days between today and the nearest workout on record, whichever way the clock has run."""
    return min((abs(turn.days_since(each)) for each in turn.state.recent_workouts), default=0)


def ready_at(turn: Turn) -> int:
    """A moment (seconds since 1970) on the first day that is neither too soon nor in a week that is full already."""
    times = turn.state.recent_workouts
    if not times:
        return turn.now
    return moment_on(turn, first_good_day(times, turn.exercise, turn.brain.day_of))


def ready_after_today(turn: Turn) -> int:
    """The same for whoever trains today: the workout at hand counts as done."""
    days = first_good_day((turn.now, *turn.state.recent_workouts), turn.exercise, turn.brain.day_of)
    return moment_on(turn, days)


def first_good_day(times: Sequence[int], exercise: Exercise, day_of: Callable[[int], int]) -> int:
    """That day, as `day_of` numbers it; `times` are the last workouts' ends, newest first, at least one."""
    ready = day_of(times[0]) + exercise.recovery_days
    of_this_week = times[: exercise.per_week]
    if len(of_this_week) == exercise.per_week:
        ready = max(ready, day_of(of_this_week[-1]) + WEEK_DAYS)
    return ready


def moment_on(turn: Turn, day: int) -> int:
    """A moment on a calendar day: that of now, or one that a change of clocks has not carried into another day."""
    at = turn.now + (day - turn.brain.day_of(turn.now)) * DAY_S
    return at + (day - turn.brain.day_of(at)) * SUMMER_S
