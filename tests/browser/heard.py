"""What was recorded, compared with what was to be heard: each word's place, and the ring's instant beside it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
NEAR_S = 0.5
WORD_S = 0.35

Sound = NDArray[np.float32]


@dataclass(frozen=True)
class Beats:
    """Where the words were heard (ms of this machine's clock), and how far each lies off the grid of them all (ms)."""

    at: NDArray[np.float64]
    off_ms: NDArray[np.float64]


def beats(recording: Sound, track: Sound, places_ms: list[int], began_ms: float) -> Beats:
    """Find the track in the recording, then each word of it by itself.

    Args:
        recording: everything that the loudspeaker played, at 24 kHz.
        track: the count as it was made.
        places_ms: where its words begin.
        began_ms: the clock when the recording began.
    """
    shift = _shift(recording, track)
    found = []
    for place in places_ms:
        start = place * RATE // 1000
        piece = track[start : start + round(WORD_S * RATE)]
        low = max(0, start + shift - round(NEAR_S * RATE))
        around = recording[low : low + len(piece) + 2 * round(NEAR_S * RATE)]
        if len(around) > len(piece):
            found.append((low + _shift(around, piece) - start) * 1000 / RATE)
    shifts = np.array(found)
    off_ms = shifts - np.median(shifts)
    return Beats(began_ms + shifts + np.array(places_ms[: len(shifts)]), off_ms)


def ring_lag_ms(
    heard: Beats, ring: list[dict[str, Any]], phases: list[dict[str, Any]]
) -> NDArray[np.float64]:
    """For each phase, how much later (ms) than its word the ring showed it."""
    lags = []
    for at, phase in zip(heard.at, phases, strict=False):
        shown = [
            each["at"]
            for each in ring
            if (each.get("phase"), each.get("rep")) == (phase["phase"], str(phase["rep"]))
        ]
        near = [each - at for each in shown if abs(each - at) < 1000]
        lags += near[:1]
    return np.array(lags)


def _shift(longer: Sound, shorter: Sound) -> int:
    """Where in the longer sound the shorter one begins, by correlation."""
    size = 1 << (len(longer) + len(shorter)).bit_length()
    spectrum = np.fft.rfft(longer, size) * np.conj(np.fft.rfft(shorter, size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: len(longer)]))
