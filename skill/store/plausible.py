"""What no type can say of a stored value: that its text can be shown, its bands worn where bands can be."""

from collections.abc import Iterable

import msgspec

from skill.coach.bands.rungs import PLACES, place_of
from skill.coach.state import FinishedWorkout, State, Workout
from skill.store.document import Unreadable, from_document, to_document
from skill.store.encoding import NotADocument
from skill.store.migrations import STATE, WORKOUT
from skill.store.transfer import NotARecord, Record


def check_workout(workout: Workout) -> None:
    """Nothing, if the workout can be read to somebody.

    Raises Unreadable: it cannot; the message says what is wrong with it.
    """
    _check_text(workout)
    _check_worn(
        (*workout.bands.values(), *workout.later_bands.values(), *(each.band for each in workout.sets))
    )


def check_state(state: State) -> None:
    """Nothing, if the state could have come about by training.

    Raises Unreadable: it could not; the message says what is wrong with it.
    """
    _check_text(state)
    twice = [band for band in state.ladder if state.ladder.count(band) > 1]
    if twice:
        raise Unreadable(f"the band {twice[0]!r} stands in the ladder more than once")
    _check_worn(state.ladder)
    for record in state.records.values():
        _check_worn(leg.rung for leg in record.legs.values())
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
        if place_of(band) not in ("", *PLACES):
            raise Unreadable(f"the band {band!r} is worn at no place that the coach knows")


def check_parts(record: Record) -> None:
    """See that every part is what this version writes, so that nothing is stored that a turn would stumble over.

    Raises NotARecord: one is not; the message names the part, the field and what is wrong with it.
    """
    user = record["user"]
    try:
        part = "the document"
        if record["document"] is not None:
            check_state(from_document(State, STATE.upgraded(record["document"])))
        ids: set[str] = set()
        for nth, workout in enumerate(record["workouts"], start=1):
            part = f"workout {nth}"
            finished = from_document(FinishedWorkout, WORKOUT.upgraded(workout))
            check_workout(finished)
            ids.add(finished.id)
            if len(ids) < nth:
                raise Unreadable(f"the id {workout['id']!r} stands in another workout already")
    except (Unreadable, NotADocument) as fault:
        raise NotARecord(f"{part} of {user} is not what the coach writes: {fault}") from fault


def blank() -> Record:
    """The document of somebody of whom nothing is known yet."""
    return to_document(State())
