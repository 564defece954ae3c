"""Sound as the audio room passes it about: one channel of 32-bit samples between -1 and 1 at 24 kHz."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE: Final = 24_000
"""Samples a second: what Alexa's own players take, and enough for speech."""
SPOKEN_RMS: Final = 0.1
PEAK: Final = 0.7
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
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(wanted // 2 + 1, dtype=complex)
    shared = min(len(spectrum), len(kept))
    kept[:shared] = spectrum[:shared]
    return (np.fft.irfft(kept, wanted) * (wanted / len(samples))).astype(np.float32)


def word(samples: Samples) -> Word:
    """A raw utterance made ready: silence off both ends, even loudness, soft edges, its beat found.

    The beat is where the sound first passes 2 % of its peak. That is the place an independent onset detector
    finds too (about 5 ms apart); the beat that a listener feels lies 14 to 95 ms later, the same for the same
    word.
    """
    loud = np.abs(samples)
    peak = float(loud.max()) if len(loud) else 0.0
    if peak <= 0:
        return Word(np.zeros(0, np.float32), 0)
    heard = np.flatnonzero(loud > FLOOR * peak)
    first, last = int(heard[0]), int(heard[-1])
    body = samples[first : last + 1]
    rms = float(np.sqrt(np.mean(np.square(body))))
    beat = int(np.argmax(np.abs(body) > ONSET * peak))
    levelled = body * np.float32(min(SPOKEN_RMS / rms, PEAK / peak))
    return Word(soft_edges(levelled), beat)


def soft_edges(samples: Samples) -> Samples:
    """The sound with four milliseconds of fade at both ends, so that nothing clicks."""
    length = min(round(FADE_S * RATE), len(samples) // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    faded = samples.astype(np.float32, copy=True)
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded
