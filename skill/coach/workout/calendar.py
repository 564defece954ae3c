"""When the muscles are ready and the week has room: the first day that the rules would call a good one."""

from collections.abc import Sequence

from rules.files.exercise import Exercise
from skill.coach.turn import Turn


def in_the_last_week(turn: Turn) -> int:
    """How many workouts the last week holds; how long it is the exercise says."""
    week_s = turn.exercise.week_h * 3600
    return sum(1 for each in turn.state.recent_workouts if 0 <= turn.now - each < week_s)


def ready_at(turn: Turn) -> int:
    """The first moment (seconds since 1970) that is neither too soon nor in a week that is full already."""
    times = turn.state.recent_workouts
    return good_from(times, turn.exercise) if times else turn.now


def good_from(times: Sequence[int], exercise: Exercise) -> int:
    """The same of the last workouts' ends (seconds since 1970, newest first, at least one)."""
    rested = times[0] + exercise.recovery_h * 3600
    of_this_week = times[: exercise.per_week]
    if len(of_this_week) < exercise.per_week:
        return rested
    return max(rested, of_this_week[-1] + exercise.week_h * 3600)
