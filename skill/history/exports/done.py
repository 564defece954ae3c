"""Finished workouts with the times of their sets, as a diary needs them: in order, and never longer than they were.

A set is stored with the time at which its number was settled. How long it took is known from its repetitions. A clock
may have been put right in the middle of a workout (a Raspberry Pi has none of its own), so the last time is believed,
and an earlier one that does not fit before it is placed a rest before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rules.files.exercise import Exercise
from skill.coach.bands.rungs import band_of, place_of
from skill.coach.state import SetDone, Workout
from skill.history.record import read

LONGEST_REST_S: Final = 2 * 3600
"""An unfinished workout may be gone on with for so long (OWN-17); a longer gap is a clock that was put right."""


@dataclass(frozen=True)
class TimedSet:
    """One set that was trained: `starts_at` and `ends_at` in seconds since 1970, `worn_at` "" for the usual place."""

    side: str
    round: int
    band: str
    worn_at: str
    reps: int
    ended: str
    starts_at: int
    ends_at: int


@dataclass(frozen=True)
class Done:
    """A finished workout with at least one set, skipped ones left out."""

    id: str
    exercise: str
    sets: tuple[TimedSet, ...]
    had_pain: bool

    @property
    def starts_at(self) -> int:
        """When the first set began (s since 1970)."""
        return self.sets[0].starts_at

    @property
    def ends_at(self) -> int:
        """When the last set ended (s since 1970)."""
        return self.sets[-1].ends_at


def done(documents: Sequence[Mapping[str, Any]], exercises: Mapping[str, Exercise]) -> list[Done]:
    """The workouts of a store (newest first), oldest first; what cannot be read or had no set is left out."""
    found = (read(each) for each in reversed(documents))
    timed = (_done(each, exercises) for each in found if each is not None)
    return [each for each in timed if each.sets]


def _done(workout: Workout, exercises: Mapping[str, Exercise]) -> Done:
    exercise = exercises.get(workout.exercise)
    rep_s = exercise.rep_s if exercise else 6
    rest_s = exercise.rest.between_rounds if exercise else 60
    trained = [each for each in workout.sets if each.ended != "skipped"]
    sets = tuple(reversed(list(_backwards(trained, rep_s, rest_s))))
    return Done(workout.id, workout.exercise, sets, workout.pain_reports > 0)


def _backwards(sets: Sequence[SetDone], rep_s: int, rest_s: int) -> Iterator[TimedSet]:
    """The sets from the last to the first, each with its place in time."""
    next_starts: int | None = None
    for each in reversed(sets):
        ends_at = each.at
        if next_starts is not None and not next_starts - LONGEST_REST_S <= ends_at <= next_starts:
            ends_at = next_starts - rest_s
        next_starts = ends_at - max(1, each.reps * rep_s)
        worn_at = place_of(each.band)
        yield TimedSet(
            each.side, each.round, band_of(each.band), worn_at, each.reps, each.ended, next_starts, ends_at
        )
