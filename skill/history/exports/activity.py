"""A workout as a FIT activity, as sports watches write it: Garmin Connect, Strava and intervals.icu import it.

It is a strength training of one session and one lap. Each set is a `set` message with its repetitions and its
time, with a rest between two of them. FIT knows no side and no band: each set points to a `workout_step` whose name
says both.
A record without a value stands at each end of a set, since some importers take a file without records for an empty one.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from skill.history.exports.done import Done, TimedSet

EARLIEST: Final = 631_065_600
LATEST: Final = EARLIEST + 2**32 - 2
"""What FIT can date (s since 1970): from the last day of 1989, for as long as 32 bits last."""
NAMES: Final = {
    "glute_raise": ("HIP_STABILITY", "HipStabilityExerciseName", "BAND_SIDE_LYING_LEG_RAISE"),
    "clamshell": ("BANDED_EXERCISES", "BandedExercisesExerciseName", "CLAM_SHELLS"),
    "standing_hip_abduction": ("HIP_STABILITY", "HipStabilityExerciseName", "STANDING_HIP_ABDUCTION"),
}
"""The coach's exercises by FIT's names: category, type of its names, name. Others go by their title alone."""
SOFTWARE: Final = 1
"""The version of this form; to whoever imports it, a product of a developer without a number of their own."""


class FitMissing(RuntimeError):
    """The writer of FIT files is not installed; the message says how to install it."""


class NotDatable(ValueError):
    """The workout was at a time that FIT has no number for."""


def activity(workout: Done, told: Callable[[TimedSet], str], title: str) -> bytes:
    """The FIT file of a workout.

    Raises FitMissing: the writer is not installed; NotDatable: the time lies outside of what FIT can hold.
    """
    try:
        from fit_tool import FitFileBuilder
    except ImportError as missing:
        raise FitMissing(
            f"FIT files need {missing.name}: pip install 'hands-free-band-coach[exports]'"
        ) from missing
    if not EARLIEST <= workout.starts_at <= workout.ends_at <= LATEST:
        raise NotDatable("FIT files hold no time before 1990 or after 2125")
    builder = FitFileBuilder(auto_define=True, min_string_size=32)
    for message in _messages(workout, told, title):
        builder.add(message)
    made: bytes = builder.build().to_bytes()
    return made


def _messages(workout: Done, told: Callable[[TimedSet], str], title: str) -> Iterator[Any]:
    """All messages in the order that FIT asks of an activity: what it is, what was planned, what happened, the sums."""
    category, name = _category(workout.exercise)
    yield _message("file_id", **_file_id(workout))
    yield _message(
        "exercise_title",
        message_index=0,
        exercise_category=category,
        exercise_name=name,
        workout_step_name=title,
    )
    yield _message("workout", sport=10, sub_sport=20, num_valid_steps=len(workout.sets), workout_name=title)
    for nth, each in enumerate(workout.sets):
        yield _message(
            "workout_step",
            message_index=nth,
            workout_step_name=told(each),
            duration_type=29,
            duration_reps=each.reps,
            target_type=2,
            intensity=0,
            exercise_category=category,
            exercise_name=name,
        )
    yield _message("event", timestamp=_ms(workout.starts_at), event=0, event_type=0)
    yield from _sets(workout, category, name)
    yield _message("event", timestamp=_ms(workout.ends_at), event=0, event_type=4)
    yield from _sums(workout)


def _file_id(workout: Done) -> dict[str, Any]:
    return {
        "type": 4,
        "manufacturer": 255,
        "product": SOFTWARE,
        "serial_number": workout.starts_at & 0xFFFFFFF or 1,
        "time_created": _ms(workout.starts_at),
    }


def _sets(workout: Done, category: int, name: int | None) -> Iterator[Any]:
    """The sets with the rests between them, and the records at their ends."""
    index, before = 0, workout.starts_at
    for nth, each in enumerate(workout.sets):
        if each.starts_at > before:
            yield _set(index, 0, before, each.starts_at)
            index += 1
        yield _message("record", timestamp=_ms(each.starts_at))
        known = {"category": [category]} | ({} if name is None else {"category_subtype": [name]})
        yield _set(
            index, 1, each.starts_at, each.ends_at, repetitions=each.reps, workout_step_index=nth, **known
        )
        yield _message("record", timestamp=_ms(each.ends_at))
        index, before = index + 1, each.ends_at


def _set(index: int, kind: int, starts_at: int, ends_at: int, **more: Any) -> Any:
    return _message(
        "set",
        message_index=index,
        set_type=kind,
        timestamp=_ms(ends_at),
        start_time=_ms(starts_at),
        duration=float(ends_at - starts_at),
        **more,
    )


def _sums(workout: Done) -> Iterator[Any]:
    took = float(workout.ends_at - workout.starts_at)
    span = {"timestamp": _ms(workout.ends_at), "start_time": _ms(workout.starts_at)}
    times = {"total_elapsed_time": took, "total_timer_time": took}
    kind = {"sport": 10, "sub_sport": 20}
    yield _message("lap", message_index=0, event=9, event_type=1, **span, **times, **kind)
    yield _message(
        "session",
        message_index=0,
        event=8,
        event_type=1,
        first_lap_index=0,
        num_laps=1,
        **span,
        **times,
        **kind,
    )
    end = _ms(workout.ends_at)
    yield _message(
        "activity", timestamp=end, total_timer_time=took, num_sessions=1, type=0, event=26, event_type=1
    )


def _category(exercise: str) -> tuple[int, int | None]:
    from fit_tool.profile import profile_type

    if exercise not in NAMES:
        return int(profile_type.ExerciseCategory.UNKNOWN.value), None
    category, names, name = NAMES[exercise]
    return (
        int(profile_type.ExerciseCategory[category].value),
        int(getattr(profile_type, names)[name].value),
    )


def _message(kind: str, **fields: Any) -> Any:
    """A message of a kind with these fields; the library has a module and a class for each kind."""
    from importlib import import_module

    module = import_module(f"fit_tool.profile.messages.{kind}_message")
    message = getattr(module, kind.title().replace("_", "") + "Message")()
    for name, value in fields.items():
        if value is not None:
            setattr(message, name, value)
    return message


def _ms(instant: int) -> int:
    return instant * 1000
