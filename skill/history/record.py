"""The stored workouts as what happened: each leg's fresh set, each change of band with its reason, pain."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from rules.files.exercise import Exercise
from skill.coach.bands.both_legs import SHARE
from skill.coach.bands.reasons import reason
from skill.coach.state import FinishedWorkout, FreshResult, Leg, Logged, SetDone, Workout
from skill.locales.words import Locale
from skill.store.base import StoreError
from skill.store.document import Unreadable, from_document
from skill.store.migrations import WORKOUT
from skill.store.plausible import check_workout


class Change(Struct, frozen=True):
    """A leg's band was another one than in the workout before ("" before the first), and why.

    `rule` is "" where no decision of a workout changed it: then it was pain (`after_pain`), a workout written
    down by hand (`by_hand`), or the bands owned.
    `reason` is "" for a decision of an older rulebook, whose facts or words were others.
    """

    side: str
    from_band: str
    to_band: str
    reason: str
    rule: str
    after_pain: bool
    by_hand: bool = False


class Past(Struct, frozen=True):
    """One finished workout; `day` is when it ended, in their own time; `every` are its sets as they were done."""

    day: datetime
    sets: int
    fresh: Mapping[str, FreshResult]
    changes: tuple[Change, ...]
    had_pain: bool
    every: tuple[SetDone, ...] = ()
    id: str = ""


class History(Struct, frozen=True):
    """All finished workouts of one exercise, oldest first. `unreadable` were stored and could not be read."""

    exercise: Exercise
    workouts: tuple[Past, ...]
    unreadable: int = 0


def history(documents: Sequence[Mapping[str, Any]], exercise: Exercise, locale: Locale) -> History:
    """Read the workouts of one exercise as a store gives them, newest first."""
    found = [read(each) for each in reversed(documents)]
    readable = [each for each in found if each is not None and each.exercise == exercise.id]
    known = sorted(
        readable, key=lambda each: each.ended_at
    )  # what was written down later may be of an earlier day
    workouts = []
    before: Workout | None = None
    for workout in known:
        workouts.append(_past(workout, before, exercise, locale))
        before = workout
    return History(exercise, tuple(workouts), sum(each is None for each in found))


def read(document: Mapping[str, Any]) -> FinishedWorkout | None:
    """A stored workout, of whatever version; what the store keeps beside it is passed over."""
    try:
        todays = WORKOUT.upgraded(dict(document))
        fields = ("schema_version", *FinishedWorkout.__struct_fields__)
        workout = from_document(FinishedWorkout, {key: todays[key] for key in fields if key in todays})
        check_workout(workout)
        return workout
    except (Unreadable, StoreError):
        return None


def _past(workout: FinishedWorkout, before: Workout | None, exercise: Exercise, locale: Locale) -> Past:
    return Past(
        day=datetime.fromtimestamp(workout.ended_at, locale.zone),
        sets=sum(each.ended != "skipped" for each in workout.sets),
        fresh={side: fresh for side in exercise.sides if (fresh := _fresh(workout.sets, side)) is not None},
        changes=tuple(_changes(workout, before, exercise, locale)),
        had_pain=workout.pain_reports > 0,
        every=workout.sets,
        id=workout.id,
    )


def _fresh(sets: Sequence[SetDone], side: str) -> FreshResult | None:
    """A leg's first set of a workout: what shows its strength."""
    found = [each for each in sets if each.side == side and each.round == 1 and each.ended != "skipped"]
    return FreshResult(found[-1].band, found[-1].reps, found[-1].ended) if found else None


def _changes(
    workout: Workout, before: Workout | None, exercise: Exercise, locale: Locale
) -> Iterator[Change]:
    for side in exercise.sides:
        earlier = before.bands.get(side, "") if before else ""
        now = workout.bands.get(side, "")
        if now and now != earlier:
            logged = _decision(workout, before, side, exercise)
            said = _said(logged, exercise, locale, earlier) if logged else ""
            rule = logged.rule if logged else ""
            had_pain = before is not None and before.pain_reports > 0
            yield Change(side, earlier, now, said, rule, had_pain, is_by_hand(workout))


def is_by_hand(workout: Workout) -> bool:
    """Whether no count ran: the trainee wrote it down, and chose its bands."""
    return any(each.reps_source == "by_hand" for each in workout.sets)


def _said(logged: Logged, exercise: Exercise, locale: Locale, from_band: str) -> str:
    """The reason in words; "" where the rulebook has no such rule or asks for other facts by now."""
    try:
        return (
            locale.text(reason(logged, exercise, [Leg(previous_rung=from_band)]))
            if locale.has_reason(logged.rule)
            else ""
        )
    except (KeyError, ValueError):
        return ""


def _decision(workout: Workout, before: Workout | None, side: str, exercise: Exercise) -> Logged | None:
    """What changed the band: the verdict at the end of the workout before, or the one as this workout began."""
    starts = _bands_decisions(workout, "workout_starts", list(exercise.sides))
    if before is None:
        return _bands_decisions(workout, "first_workout", list(exercise.sides)).get(side) or starts.get(side)
    judged = [each for each in exercise.sides if _fresh(before.sets, each) is not None]
    ends = _bands_decisions(before, "workout_ends", judged)
    for logged in (starts.get(side), ends.get(side)):
        if logged is not None and logged.advice != "same_band":
            return logged
    return None


def _bands_decisions(workout: Workout, moment: str, sides: Sequence[str]) -> dict[str, Logged]:
    """The decisions about bands at a moment: one for legs that share a band, else side by side in their order."""
    made = [each for each in workout.decisions if each.topic == "bands" and each.values[:1] == (moment,)]
    shared = [each.advice == SHARE for each in workout.decisions if each.topic == "sides"]
    if made and (len(made) < len(sides) or (shared and shared[-1])):
        return dict.fromkeys(sides, made[-1])
    return dict(zip(sides, made[-len(sides) :] if sides else [], strict=False))
