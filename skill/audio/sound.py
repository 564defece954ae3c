"""Sound as the audio room passes it about: one channel of 32-bit samples between -1 and 1 at 24 kHz."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from skill.audio.loudness import Samples as Samples
from skill.audio.loudness import loud

RATE: Final = 24_000
"""Samples a second: what Alexa's own players take, and enough for speech."""
FLOOR: Final = 0.004
ONSET: Final = 0.02
FADE_S: Final = 0.004


@dataclass(frozen=True, eq=False)
class Word:
    """One utterance, trimmed and levelled. `beat` is the sample that belongs on the grid: its onset."""

    samples: Samples
    beat: int


def samples_of(ms: float) -> int:
    """Milliseconds as samples."""
    return round(ms * RATE / 1000)


def resampled(samples: Samples, from_rate: int) -> Samples:
    """The sound at 24 kHz, by its spectrum (exact for the short sounds that words are)."""
    if from_rate == RATE or not len(samples):
        return samples
    wanted = round(len(samples) * RATE / from_rate)
    return (np.fft.irfft(np.fft.rfft(samples).astype(complex), wanted) * (wanted / len(samples))).astype(
        np.float32
    )


def word(samples: Samples) -> Word:
    """A raw utterance made ready: silence off both ends, even loudness, soft edges, its beat found.

    The beat is where the sound first passes 2 % of its peak. That is the place an independent onset detector
    finds too (about 5 ms apart); the beat that a listener feels lies 14 to 95 ms later, the same for the same
    word.
    """
    level = np.abs(samples)
    peak = float(level.max()) if len(level) else 0.0
    if peak <= 0:
        return Word(np.zeros(0, np.float32), 0)
    heard = np.flatnonzero(level > FLOOR * peak)
    first, last = int(heard[0]), int(heard[-1])
    body = samples[first : last + 1]
    beat = int(np.argmax(np.abs(body) > ONSET * peak))
    return Word(soft_edges(loud(body)), beat)


def soft_edges(samples: Samples) -> Samples:
    """The sound with four milliseconds of fade at both ends, so that nothing clicks."""
    length = min(round(FADE_S * RATE), len(samples) // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    faded = samples.astype(np.float32, copy=True)
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded
