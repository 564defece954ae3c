"""When the muscles are ready and the week has room: the first day that the rules would call a good one."""

from typing import Final

from skill.coach.turn import Turn

WEEK_S: Final = int(6.5 * 24 * 3600)
"""Workouts of the last week, give or take half a day: Monday evening and Monday noon are a week apart."""


def in_the_last_week(turn: Turn) -> int:
    """How many workouts the last seven days hold."""
    return sum(1 for each in turn.state.recent_workouts if 0 <= turn.now - each < WEEK_S)


def ready_at(turn: Turn) -> int:
    """The first moment (seconds since 1970) that is neither too soon nor in a week that is full already."""
    times, exercise = turn.state.recent_workouts, turn.exercise
    if not times:
        return turn.now
    rested = times[0] + exercise.recovery_h * 3600
    of_this_week = times[: exercise.per_week]
    return rested if len(of_this_week) < exercise.per_week else max(rested, of_this_week[-1] + WEEK_S)
