"""An exercise as data: what a workout needs to know of it, read from one YAML file and checked.

A file has the fields of `Exercise`, each with the unit and range that stand here; docs/exercise-format.md and
docs/exercise.schema.json are made from the same words.
"""

from pathlib import Path
from typing import Final

from rules.files.fault import Fault, Refused, nearest
from rules.files.plain import Map
from rules.files.reading import PACKAGE, read_directory
from rules.files.shape import Builder, Record, choice, may_be, part, text, whole
from rules.files.sources import FILE as SOURCES_FILE
from rules.files.sources import load_sources

HANDLE: Final = "[a-z][a-z0-9_]{0,39}"
SIDES: Final = ("left", "right", "both")
SOURCE: Final = "(SRC|OWN)-[0-9]{2,3}"
HALF_STEPS: Final = ("knee", "foot")
LONGEST_COUNT_S: Final = 240  # what Alexa plays in one piece


class Window(Record):
    """The repetitions in which a set should end in failure."""

    low: int = whole("the fewest repetitions from which failing is right", "reps", 1, 60)
    high: int = whole("the most repetitions up to which failing is right", "reps", 1, 60)


class Phase(Record):
    """One part of a repetition: how long it lasts and the word that begins it."""

    phase: str = choice("which part of the repetition it is", "concentric", "isometric_hold", "eccentric")
    seconds: int = whole("how long it lasts", "s", 1, 60)
    word: str = text("the locale's word that is said as it begins", HANDLE)


class Rest(Record):
    """The pauses of a workout."""

    between_sides: int = whole("from one leg to the other", "s", 0, 120)
    band_change: int = whole("from one leg to the other where the band is changed as well", "s", 0, 200)
    between_rounds: int = whole("after both legs, before the next round", "s", 0, 200)
    before_repeat: int = whole("before a set is begun again or goes on", "s", 0, 120)
    warn_at: tuple[int, ...] = whole("seconds left at which the rest is announced", "s", 1, 200, many=(0, 6))


class Cue(Record):
    """Something told about how to do the exercise; the locale has the words under the key."""

    key: str = text("the locale's key of the words", HANDLE)
    source: tuple[str, ...] = text("where the cue comes from", SOURCE, many=(1, 12))


class Exercise(Record):
    """One exercise, complete: what the rules compare with and what the coach counts."""

    id: str = text("the exercise's permanent name, as its file is called", HANDLE)
    source: tuple[str, ...] = text("where its figures come from", SOURCE, many=(1, 40))
    muscles: tuple[str, ...] = text("the muscles that it works", HANDLE, many=(1, 12))
    sides: tuple[str, ...] = choice("a side; they are trained one after the other", *SIDES, many=(1, 2))
    sets: int = whole("sets a side", "sets", 1, 10)
    window: Window = part("the repetitions in which a set should end in failure", Window)
    half_steps: tuple[str, ...] = choice(
        "what may be half a step: the band nearer the knee, nearer the foot",
        *HALF_STEPS,
        many=(0, 2),
    )
    cap: int = whole("the repetition at which the count ends by itself", "reps", 1, 40)
    tempo: tuple[Phase, ...] = part("the phases of one repetition, in order", Phase, many=(1, 8))
    lead_in_s: int = whole("counted seconds before the first repetition", "s", 0, 10)
    rest: Rest = part("the pauses", Rest)
    per_week: int = whole("workouts a week", "workouts", 1, 7)
    recovery_days: int = whole(
        "calendar days from one workout to the next: 2 leaves a day in between", "days", 0, 7
    )
    cues: tuple[Cue, ...] = part("what is told of doing it, in order", Cue, many=(1, 12))
    form_cues: tuple[Cue, ...] = part(
        "what is said of the form, in turn: in the hold of early repetitions and in the rest",
        Cue,
        many=(0, 20),
    )
    form_at: tuple[int, ...] = whole(
        "repetitions of a first set in which a form cue is said", "reps", 1, 60, many=(0, 6)
    )
    warm_up: tuple[Cue, ...] = part("what is told of warming up, in order", Cue, many=(0, 4))
    safety_cues: tuple[Cue, ...] = part("what is told when it hurts, in order", Cue, many=(1, 12))
    drawing: str = may_be(
        "the drawing that shows it (skill/drawings/poses); without one nothing is shown", HANDLE
    )

    safety_drawing: str = may_be(
        "the drawings NAME_wrong and NAME_right of what its safety cues put right, shown beside each other",
        HANDLE,
    )

    @property
    def rep_s(self) -> int:
        """How long one repetition lasts, in seconds."""
        return sum(each.seconds for each in self.tempo)

    def number(self, reference: str) -> int:
        """The number behind a dotted name such as `exercise.window.high`.

        Raises KeyError: there is no such number.
        """
        if reference not in NUMBERS:
            raise KeyError(reference)
        value: object = self
        for step in reference.split(".")[1:]:
            value = getattr(value, step)
        assert isinstance(value, int)
        return value


def _numbers(kind: type[Record], prefix: str) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for field, shape in kind.descriptions.items():
        if shape.part is not None and shape.many is None:
            found |= _numbers(shape.part, f"{prefix}{field}.")
        elif shape.kind == "whole" and shape.many is None:
            found[f"{prefix}{field}"] = (shape.low, shape.high)
    return found


NUMBERS: Final[dict[str, tuple[int, int]]] = {
    **_numbers(Exercise, "exercise."),
    "exercise.rep_s": (1, LONGEST_COUNT_S),
}
"""Every number of an exercise that a rule may name, with its bounds."""


def load_exercises(directory: Path | None = None) -> dict[str, Exercise]:
    """The exercises of a directory (the package's own, if none is named), by id.

    Raises Refused: a file is wrong; every fault says what, where, why and the cure.
    """
    place = directory or PACKAGE / "exercises"
    sources = frozenset({**load_sources(PACKAGE / "book"), **load_sources(place)})
    found: dict[str, Exercise] = {}
    faults: list[Fault] = []
    for file, data in read_directory(place):
        if file == SOURCES_FILE:
            continue
        try:
            exercise = load_exercise(file, data, sources)
            found[exercise.id] = exercise
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return found


def load_exercise(file: str, data: Map, known_sources: frozenset[str]) -> Exercise:
    """One exercise from its file's data, resting on known sources. Raises Refused: with every fault found."""
    builder = Builder(file)
    exercise = builder.build(Exercise, data, 1)
    if isinstance(exercise, Exercise):
        misfits = [*_misfits(file, exercise), *_baseless(exercise, known_sources)]
        if not misfits:
            return exercise
        raise Refused(Fault(file, data.line_of(key), "", what) for key, what in misfits)
    raise Refused(builder.faults)


def _misfits(file: str, exercise: Exercise) -> list[tuple[str, str]]:
    """What is wrong between the fields of an exercise, each with the field to change."""
    window, cap = exercise.window, exercise.cap
    found = []
    if file != f"{exercise.id}.yaml":
        found.append(
            ("id", f"the file is called {file}; an exercise {exercise.id!r} lives in {exercise.id}.yaml")
        )
    if window.low > window.high:
        found.append(("window", f"low {window.low} lies above high {window.high}; exchange them"))
    if cap < window.high:
        found.append(
            ("cap", f"the count would end at {cap}, inside the window; cap must be {window.high} or more")
        )
    if exercise.rest.between_rounds < exercise.rest.band_change:
        what = f"{exercise.rest.between_rounds} s between rounds leave no time to change bands"
        found.append(("rest", f"{what}; make it band_change ({exercise.rest.band_change} s) or more"))
    length_s = exercise.lead_in_s + cap * exercise.rep_s
    if length_s > LONGEST_COUNT_S:
        found.append(
            ("cap", f"a count of {cap} reps lasts {length_s} s; at most {LONGEST_COUNT_S} s: lower cap")
        )
    for name in ("sides", "muscles", "source", "half_steps"):
        values = getattr(exercise, name)
        if len(set(values)) != len(values):
            found.append((name, f"{name} names one thing twice; keep one"))
    return found


def _baseless(exercise: Exercise, known: frozenset[str]) -> list[tuple[str, str]]:
    """Sources that nobody knows, each with the field that names them."""
    named = [("source", each) for each in exercise.source]
    for field in ("cues", "form_cues", "warm_up", "safety_cues"):
        named += [(field, each) for cue in getattr(exercise, field) for each in cue.source]
    return [
        (
            field,
            f"no source is called {each!r}; {nearest(each, known)} Or add it to sources.yaml beside the file",
        )
        for field, each in named
        if each not in known
    ]
