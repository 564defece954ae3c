"""What is shown while a count plays: the phases of each repetition at their offsets, the leg, the band, the window."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.files.exercise import Exercise
from skill.coach.counting.timeline import reps_at_ms
from skill.coach.messages.reply import Count
from skill.locales.colours import colour_of
from skill.locales.words import Locale


@dataclass(frozen=True)
class PhaseShown:
    """One phase of one repetition, from `at_ms` on for `seconds`; `word` is what it is called."""

    at_ms: int
    seconds: int
    rep: int
    phase: str
    word: str


@dataclass(frozen=True)
class Picture:
    """Everything that the ring needs; every `at_ms` counts from the beginning of the track."""

    token: str
    side: str
    band: str
    colour: str
    window_low: int
    window_high: int
    first_rep: int
    last_rep: int
    lead_in_at_ms: int
    phases: tuple[PhaseShown, ...]


def picture(exercise: Exercise, count: Count, locale: Locale) -> Picture:
    """The picture of a count."""
    words = locale.data["words"]
    return Picture(
        token=count.token,
        side=words["sides"][count.side],
        band=locale.band(count.band) if count.band else "",
        colour=colour_of(count.band),
        window_low=exercise.window.low,
        window_high=exercise.window.high,
        first_rep=count.from_rep,
        last_rep=count.count_to,
        lead_in_at_ms=count.rest_ms,
        phases=tuple(_phases(exercise, count, words["cues"])),
    )


def _phases(exercise: Exercise, count: Count, names: dict[str, str]) -> Iterator[PhaseShown]:
    at_ms = reps_at_ms(exercise, count)
    for rep in range(count.from_rep, count.count_to + 1):
        for phase in exercise.tempo:
            yield PhaseShown(at_ms, phase.seconds, rep, phase.phase, names[phase.word])
            at_ms += phase.seconds * 1000
