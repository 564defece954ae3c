"""What no type can say of a stored value: that its text can be shown, its bands worn where bands can be."""

from collections.abc import Iterable
from typing import Final

import msgspec

from skill.coach.bands.rungs import place_of
from skill.coach.state import State, Workout
from skill.store.document import Unreadable

PLACES: Final = frozenset({"", "knee", "foot", "doubled"})


def check_workout(workout: Workout) -> None:
    """Nothing, if the workout can be read to somebody.

    Raises:
        Unreadable: it cannot; the message says what is wrong with it.
    """
    _check_text(workout)
    _check_worn(
        (*workout.bands.values(), *workout.later_bands.values(), *(each.band for each in workout.sets))
    )


def check_state(state: State) -> None:
    """Nothing, if the state could have come about by training.

    Raises:
        Unreadable: it could not; the message says what is wrong with it.
    """
    _check_text(state)
    twice = [band for band in state.ladder if state.ladder.count(band) > 1]
    if twice:
        raise Unreadable(f"the band {twice[0]!r} stands in the ladder more than once")
    _check_worn(state.ladder)
    for record in state.records.values():
        _check_worn(leg.band for leg in record.legs.values())
    for workout in (state.workout, state.finished.workout if state.finished else None):
        if workout is not None:
            check_workout(workout)


def _check_text(value: msgspec.Struct) -> None:
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        raise Unreadable("a text holds half of a character (a lone surrogate)") from None


def _check_worn(bands: Iterable[str]) -> None:
    for band in bands:
        if place_of(band) not in PLACES:
            raise Unreadable(f"the band {band!r} is worn at no place that the coach knows")
