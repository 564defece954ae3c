"""A workout that nobody counted, put into the record: for the page and for the terminal alike."""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Final, Protocol

from skill.coach.brain import Brain
from skill.coach.state import FinishedWorkout, State
from skill.coach.workout import by_hand
from skill.coach.workout.by_hand import NotBelieved, Noted, Written
from skill.history.record import read
from skill.history.words import Words
from skill.locales.words import Locale
from skill.store.base import Store

NOON: Final = time_of_day(12)


class Coach(Protocol):
    """What is needed of the application."""

    @property
    def store(self) -> Store:
        """Where the workouts are."""

    def note(self, user: str, noted: Callable[[State, Brain], Noted], locale: Locale) -> Noted:
        """Read, decide, save."""


def write_down(coach: Coach, user: str, day: object, sets: Sequence[Written], locale: Locale) -> Noted:
    """Keep a workout of this day ("2026-11-20", in the trainee's own time); the same day again replaces it.

    Raises NotBelieved: it cannot have been; the history's words say why.
    """
    now = int(time.time())
    ended_at = _ended_at(day, now, locale)
    replaced = stored(coach, user, by_hand.id_of(locale.day_of(ended_at)))

    def note(state: State, brain: Brain) -> Noted:
        return by_hand.write_down(state, sets, ended_at, now, brain, replaced)

    return coach.note(user, note, locale)


def told(noted: Noted, words: Words) -> str:
    """What is said of something that was written down or put right."""
    said = [words.locale.paragraph(noted.lines)] if noted.lines else []
    said += [] if noted.decides and said else [words("written" if noted.decides else "only_the_record")]
    return " ".join(said)


def stored(coach: Coach, user: str, wanted: object) -> FinishedWorkout | None:
    """The finished workout of this id, as it is kept now."""
    for document in coach.store.workouts(user):
        if document.get("id") == wanted and (workout := read(document)) is not None:
            return workout
    return None


def _ended_at(day: object, now: int, locale: Locale) -> int:
    """Noon of a day; the instant at hand where today's noon is still to come."""
    try:
        wanted = date.fromisoformat(str(day))
        noon = max(0, int(datetime.combine(wanted, NOON, locale.zone).timestamp()))
    except (ValueError, OverflowError):
        raise NotBelieved("no_day") from None
    return min(now, noon) if wanted.toordinal() == locale.day_of(now) else noon
