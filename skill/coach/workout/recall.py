"""What is told of a workout that is over: of which exercise, and how long ago, as people say it."""

from typing import Final

from skill.coach.brain import WEEK_DAYS
from skill.coach.messages.reply import Line
from skill.coach.turn import Turn

MONTH_DAYS: Final = 30
YEAR_DAYS: Final = 365
TOLD_IN_WEEKS: Final = 10


def is_named(turn: Turn) -> bool:
    """Whether the exercise is said by name: it is not the usual one, or another one is on record besides."""
    others = (
        name for name, each in turn.state.records.items() if each.summaries and name != turn.exercise.id
    )
    return turn.exercise.id != turn.brain.default_exercise or any(others)


def when(turn: Turn, at: int) -> Line:
    """How long ago an instant is, by the calendar of the trainee's zone: the day, then weeks, then months."""
    days = turn.days_since(at)
    if days < WEEK_DAYS:
        return _lately(days, at)
    weeks = days // WEEK_DAYS
    if weeks < TOLD_IN_WEEKS:
        return Line("when_weeks", {"weeks": weeks})
    return Line("when_months", {"months": days // MONTH_DAYS}) if days < YEAR_DAYS else Line("when_year")


def _lately(days: int, at: int) -> Line:
    if days <= 0:
        return Line("when_today")
    return Line("when_yesterday") if days == 1 else Line("when_day", {"day": at})
