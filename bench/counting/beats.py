"""Where the beats of a finished MP3 really are, by the rise of their spectrum: no code of the placing is used."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soundfile

from bench.counting.onsets import onsets_ms
from bench.counting.ways import Spoken

BEFORE_MS, AFTER_MS = 150, 350
GRID_MS = 50


@dataclass(frozen=True)
class Beat:
    """One word: where the grid wants it, and how far off the grid it was heard (ms)."""

    text: str
    grid_ms: float
    error_ms: float


@dataclass(frozen=True)
class Summary:
    """The figures of one way of counting, all in ms."""

    mean_ms: float
    worst_ms: float
    drift_ms: float


def beats(spoken: Spoken) -> list[Beat]:
    """The first onset about where each word was put, as its error against the grid.

    Raises:
        ValueError: a word was not heard there at all.
    """
    sound, rate = soundfile.read(io.BytesIO(spoken.mp3), dtype="float32")
    heard = onsets_ms(sound, rate)
    found = []
    for word in spoken.words:
        near = heard[(heard > word.put_ms - BEFORE_MS) & (heard < word.put_ms + AFTER_MS)]
        if not len(near):
            raise ValueError(f"no onset of {word.text!r} was heard near {word.put_ms / 1000:.2f} s")
        found.append(Beat(word.text, word.grid_ms, float(near[0]) - word.grid_ms))
    return found


def start_ms(found: Sequence[Beat]) -> float:
    """What is the same for all files: the delay of an MP3 decoder and of the detector (take a count on the grid)."""
    return float(np.median([beat.error_ms for beat in found]))


def keeps_the_grid(found: Sequence[Beat]) -> bool:
    """Whether the error does not grow: then a late start of the whole is a constant too."""
    return abs(_drift_ms(found)) < GRID_MS


def without(found: Sequence[Beat], constant_ms: float) -> list[Beat]:
    """The beats without what is the same for all files."""
    return [Beat(beat.text, beat.grid_ms, beat.error_ms - constant_ms) for beat in found]


def summary(found: Sequence[Beat]) -> Summary:
    """Mean and worst error, and how much later the same words come at the end of the set than at its beginning."""
    errors = np.abs([beat.error_ms for beat in found])
    return Summary(float(errors.mean()), float(errors.max()), _drift_ms(found))


def _drift_ms(found: Sequence[Beat]) -> float:
    """The slope of the error along the set among equal words, times the set's length."""
    texts = {beat.text for beat in found}
    across, along = 0.0, 0.0
    for text in texts:
        group = [beat for beat in found if beat.text == text]
        at = np.array([beat.grid_ms for beat in group])
        error = np.array([beat.error_ms for beat in group])
        across += float(((at - at.mean()) * (error - error.mean())).sum())
        along += float(np.square(at - at.mean()).sum())
    return across / along * (found[-1].grid_ms - found[0].grid_ms)
