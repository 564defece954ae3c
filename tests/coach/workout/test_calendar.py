"""Days are calendar days where the trainee lives: whose workouts count, and when the next one is due."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from skill.app import App
from skill.coach.messages.heard import Heard
from skill.coach.state import State
from skill.coach.turn import Turn
from skill.coach.workout import calendar
from skill.locales.words import load

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: str, time: str = "19:00") -> int:
    """An instant by the clock on the wall in Berlin."""
    return int(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN).timestamp())


def turn_of(app: App, now: int, *workouts: int) -> Turn:
    brain = replace(app.brain, day_of=load("en-US", BERLIN).day_of)
    return Turn(State(recent_workouts=workouts), Heard("Launch"), now, brain)


@pytest.mark.parametrize(
    ("last", "now", "days"),
    [
        (
            at("2026-07-06", "19:11"),
            at("2026-07-08", "19:00"),
            2,
        ),  # Monday evening, Wednesday a little earlier
        (at("2026-07-06", "00:20"), at("2026-07-06", "23:50"), 0),
        (at("2026-07-06", "23:50"), at("2026-07-07", "00:20"), 1),
        (at("2026-10-24", "23:30"), at("2026-10-26", "00:10"), 2),  # the night in which the clocks go back
    ],
)
def test_days_are_counted_by_the_calendar_and_not_by_hours(app: App, last: int, now: int, days: int) -> None:
    assert calendar.days_from_nearest(turn_of(app, now, last)) == days


def test_monday_noon_is_a_week_after_monday_evening(app: App) -> None:
    turn = turn_of(app, at("2026-07-13", "12:00"), at("2026-07-09"), at("2026-07-06"))
    assert len(calendar.in_the_last_week(turn)) == 1
    assert calendar.ready_at(turn) <= turn.now


@pytest.mark.parametrize("time", ["00:10", "12:00", "23:50"])
@pytest.mark.parametrize(("day", "ready"), [("2026-10-24", "2026-10-26"), ("2026-03-28", "2026-03-30")])
def test_the_day_that_is_named_is_the_right_one_when_the_clocks_change(
    app: App, day: str, ready: str, time: str
) -> None:
    turn = turn_of(app, at(day, time), at(day, "00:05"))
    assert datetime.fromtimestamp(calendar.ready_at(turn), BERLIN).date().isoformat() == ready


def test_from_the_day_that_was_named_on_no_start_is_called_too_soon(app: App) -> None:
    finished = at("2026-07-06", "19:11")
    named = calendar.ready_at(turn_of(app, finished, finished))
    day = datetime.fromtimestamp(named, BERLIN).date().isoformat()
    for time in ("00:01", "07:00", "19:00", "23:59"):
        assert calendar.days_from_nearest(turn_of(app, at(day, time), finished)) == 2
