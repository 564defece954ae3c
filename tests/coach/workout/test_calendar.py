"""How long a week is, the exercise says: whose workouts count, and when the next one is due."""

from dataclasses import replace

import pytest

from skill.app import App
from skill.coach.heard import Heard
from skill.coach.state import State
from skill.coach.turn import Turn
from skill.coach.workout import calendar

H = 3600
MONDAY_EVENING = 1_000_000


def turn_of(app: App, week_h: int, now: int, *workouts: int) -> Turn:
    exercises = {name: replace(each, week_h=week_h) for name, each in app.brain.exercises.items()}
    brain = replace(app.brain, exercises=exercises)
    return Turn(State(recent_workouts=workouts), Heard("Launch"), now, brain)


@pytest.mark.parametrize(("week_h", "counted"), [(156, 1), (168, 2)])
def test_monday_noon_is_a_week_after_monday_evening_where_a_week_is_half_a_day_short(
    app: App, week_h: int, counted: int
) -> None:
    thursday, monday_noon = MONDAY_EVENING + 72 * H, MONDAY_EVENING + 162 * H
    turn = turn_of(app, week_h, monday_noon, thursday, MONDAY_EVENING)
    assert calendar.in_the_last_week(turn) == counted
    assert calendar.ready_at(turn) == max(thursday + 48 * H, MONDAY_EVENING + week_h * H)
