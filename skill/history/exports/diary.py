"""The record and the next workout as an iCalendar file (RFC 5545): what calendars import, or fetch again and again."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rules.files.exercise import Exercise
from skill.coach.state import State
from skill.coach.workout.calendar import first_good_day
from skill.history.exports.done import Done, TimedSet
from skill.history.words import Words

MAKER: Final = "-//hands-free-band-coach//glute-coach//EN"
DAY_S: Final = 86_400
ALARM: Final = timedelta(minutes=-30)
FETCH_AGAIN: Final = timedelta(hours=1)
ROUNDED_TO_S: Final = 300


class CalendarMissing(RuntimeError):
    """The writer of calendars is not installed; the message says how to install it."""


def due_at(state: State, exercise: Exercise, now: int, day_of: Callable[[int], int]) -> int | None:
    """When the next workout is due (s since 1970), or None: before the first, and while a pain is open.

    That is on the first day that the rules would call a good one, at the time of day at which the last workout ended:
    there its trainee usually has room for it. Once that has passed, it is at the next such time.
    """
    times = state.recent_workouts
    if not times or (state.pain is not None and not state.pain.is_gone):
        return None
    due = times[0] + (first_good_day(times, exercise, day_of) - day_of(times[0])) * DAY_S
    if due < now:
        due = now + (times[0] - now) % DAY_S
    return -(-due // ROUNDED_TO_S) * ROUNDED_TO_S


def length_s(exercise: Exercise) -> int:
    """About how long a whole workout takes: every set to the top of its window, and the rests."""
    a_set = exercise.lead_in_s + exercise.window.high * exercise.rep_s
    sides = len(exercise.sides)
    rests = (sides - 1) * exercise.rest.between_sides * exercise.sets
    return exercise.sets * sides * a_set + rests + (exercise.sets - 1) * exercise.rest.between_rounds


def diary(workouts: Sequence[Done], due: int | None, exercise: Exercise, words: Words, now: int) -> bytes:
    """The calendar: an event for each workout, and one with an alarm for the next. `due` and `now` are in s since 1970.

    Raises CalendarMissing: the writer is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError as missing:
        raise CalendarMissing(
            f"Calendars need {missing.name}: pip install 'hands-free-band-coach[exports]'"
        ) from missing
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words("calendar_name"))
    calendar.add("refresh-interval", FETCH_AGAIN, parameters={"VALUE": "DURATION"})
    for each in workouts:
        calendar.add_component(_done(each, words, now))
    if due is not None:
        calendar.add_component(_due(due, exercise, words, now))
    made: bytes = calendar.to_ical()
    return made


def _done(workout: Done, words: Words, now: int) -> Any:
    sets = [
        words(
            "calendar_set",
            reps=each.reps,
            round=each.round,
            leg=words.side(each.side),
            band=_band(each, words),
        )
        for each in workout.sets
    ]
    if workout.had_pain:
        sets.append(words("calendar_pain"))
    return _event(
        f"{workout.id}.{workout.ends_at}",
        workout.starts_at,
        workout.ends_at,
        words("calendar_done", sets=len(workout.sets)),
        "\n".join(sets),
        now,
    )


def _due(due: int, exercise: Exercise, words: Words, now: int) -> Any:
    from icalendar import Alarm

    said = words("calendar_due_says")
    event = _event("next", due, due + length_s(exercise), words("calendar_due"), said, now)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words("calendar_due"))
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event


def _event(identity: str, starts_at: int, ends_at: int, summary: str, description: str, now: int) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{identity}@glute-coach")
    event.add("dtstamp", _instant(now))
    event.add("dtstart", _instant(starts_at))
    event.add("dtend", _instant(ends_at))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def _band(each: TimedSet, words: Words) -> str:
    return words.band(f"{each.band}@{each.worn_at}" if each.worn_at else each.band)


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
