"""Where the trainee is: which set of how many, what is next, how long it takes; and the card of a finished workout."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rules.files.exercise import Exercise
from skill.coach.state import FinishedWorkout, SetDone, State, Workout
from skill.coach.workout.settling import all_due
from skill.locales.colours import colour_of
from skill.locales.words import Locale

TALK_S: Final = 8
"""What is said around a set."""


@dataclass(frozen=True)
class SetShown:
    """A set in the row of all sets: done with so many reps, or (None) still to come; `is_now` is the one at hand."""

    round: int
    side: str
    band: str
    colour: str
    reps: int | None = None
    is_now: bool = False


@dataclass(frozen=True)
class Where:
    """The workout at a glance. `set` is the one at hand, from 1; `minutes` what is left of it."""

    set: int
    sets: int
    round: int
    rounds: int
    minutes: int
    row: tuple[SetShown, ...]


@dataclass(frozen=True)
class LegDone:
    """What a leg did in a workout, and the band of its next one.

    `can_be_put_right`: "I did twelve on the left leg" is about the last of these sets.
    """

    side: str
    reps: tuple[int, ...]
    band: str
    colour: str
    next_band: str
    next_colour: str
    can_be_put_right: bool


@dataclass(frozen=True)
class Card:
    """A finished workout."""

    sets: int
    reps: int
    minutes: int
    legs: tuple[LegDone, ...]


def where(state: State, exercises: Mapping[str, Exercise], locale: Locale) -> Where | None:
    """The workout at hand; None where there is none."""
    workout = state.workout
    if workout is None or workout.exercise not in exercises:
        return None
    exercise = exercises[workout.exercise]
    counting = workout.counting or (workout.ended.counting if workout.ended else None)
    done = [each for each in workout.sets if not each.tried_again]
    ahead = all_due(workout, exercise)
    at_hand = (counting.round, counting.count.side) if counting else ahead[0] if ahead else None
    row = [_done(each, locale) for each in done]
    row += [_to_come(workout, each, each == at_hand, locale) for each in ahead]
    nth = next((nth for nth, each in enumerate(row, 1) if each.is_now), len(row))
    left_s = sum(_set_s(exercise, side) for _, side in ahead)
    round_ = row[nth - 1].round if row else 1
    return Where(nth, len(row), round_, exercise.sets, math.ceil(left_s / 60), tuple(row))


def card(finished: FinishedWorkout, state: State, exercise: Exercise, locale: Locale) -> Card:
    """The workout that has just ended; `state` knows the bands of the next one."""
    done = [each for each in finished.sets if each.ended != "skipped"]
    legs = state.records[exercise.id].legs if exercise.id in state.records else {}
    shown = []
    for side in exercise.sides:
        sets = [each for each in done if each.side == side]
        if sets:
            after = legs[side].rung if side in legs else ""
            band = sets[0].band
            named = (locale.band(band), colour_of(band), locale.band(after), colour_of(after))
            reps = tuple(each.reps for each in sets)
            shown.append(LegDone(_side(side, locale), reps, *named, _can_be_put_right(finished, state, side)))
    began = min((each.at for each in done), default=finished.ended_at) - exercise.window.high * exercise.rep_s
    minutes = max(1, round((finished.ended_at - began) / 60))
    return Card(len(done), sum(each.reps for each in done), minutes, tuple(shown))


def _can_be_put_right(finished: FinishedWorkout, state: State, side: str) -> bool:
    """Whether a number that names this leg belongs to the last set that is shown of it."""
    last = [each for each in finished.sets if each.side == side][-1]
    is_its_own = last.ended != "skipped" and not last.tried_again
    return state.pain is None and is_its_own and not finished.sets[-1].tried_again


def _done(each: SetDone, locale: Locale) -> SetShown:
    return SetShown(
        each.round,
        _side(each.side, locale),
        locale.band(each.band),
        colour_of(each.band),
        each.reps,
    )


def _to_come(workout: Workout, each: tuple[int, str], is_now: bool, locale: Locale) -> SetShown:
    round_, side = each
    band = workout.band_of(side, round_)
    return SetShown(round_, _side(side, locale), locale.band(band), colour_of(band), is_now=is_now)


def _set_s(exercise: Exercise, side: str) -> int:
    """How long a set takes with the rest before it, to the middle of the window."""
    rest = exercise.rest.between_rounds if side == exercise.sides[0] else exercise.rest.between_sides
    reps = (exercise.window.low + exercise.window.high) // 2
    return rest + exercise.lead_in_s + reps * exercise.rep_s + TALK_S


def _side(side: str, locale: Locale) -> str:
    return str(locale.data["words"]["sides"][side])
