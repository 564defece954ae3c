"""What was recorded, compared with what was to be heard: each word's place, and the ring's instant beside it.

Every repetition has the same words, so a word is never looked for in the whole recording, where it would be taken for
that of another repetition as soon as one of them is torn. The count is followed from its first word, second by second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 24_000
WORD: Final = round(0.35 * RATE)
EARLIER: Final = round(0.1 * RATE)
"""A word may lie this much before its place (samples): a page that plays too fast would show."""
LATER: Final = round(0.8 * RATE)
"""A word may be this late (samples): a stall of the sound puts off everything after it."""
LONGEST_START: Final = 5 * RATE
"""The first word comes at the latest this long (samples) after the page was given the count."""
LOUD: Final = 300
NEAR_MS: Final = 1000
STALL_MS: Final = 5
WHOLE: Final = 0.9
"""How alike a word is at least that no stall tore."""

Sound = NDArray[np.float32]
Times = NDArray[np.float64]


class Clock:
    """When each sample of a recording was played, by the clock of whoever recorded it.

    A piece arrives late or in time, never early: so the earliest of some pieces tells, and the others of that second
    are put right by it.
    """

    def __init__(self, pieces: Sequence[tuple[float, int]]) -> None:
        came, end = np.array(pieces, np.float64).T
        self._end_ms = end * 1000 / RATE
        self._began = came - self._end_ms

    def sample(self, at_ms: float) -> int:
        """What was played at this instant, about."""
        return max(0, round((at_ms - self._began.min()) * RATE / 1000))

    def at(self, sample: int) -> float:
        """The instant (ms) at which this sample was played."""
        ms = sample * 1000 / RATE
        near = np.abs(self._end_ms - ms) <= NEAR_MS
        return float(ms + (self._began[near] if near.any() else self._began).min())


@dataclass(frozen=True)
class Beats:
    """Where the words were heard.

    `at`: ms of the recorder's clock. `off_ms`: how far each lies off the grid of them all. `likeness`: how much each
    is what was to be said (1: exactly that). `stalled_ms`: how long the sound stood still between them.
    """

    at: Times
    off_ms: Times
    likeness: Times
    stalled_ms: float

    @property
    def torn(self) -> int:
        """How many words are not as they were made."""
        return int((self.likeness < WHOLE).sum())

    @property
    def are_whole(self) -> bool:
        """Whether the sound never stood still, neither between words nor within one."""
        return self.stalled_ms == 0 and not self.torn


def beats(recording: Sound, track: Sound, places_ms: Sequence[int], clock: Clock, asked_at: float) -> Beats:
    """Follow the count through the recording, each second of it found near where the one before it puts it.

    Args:
        recording: everything that the loudspeaker played, at 24 kHz.
        track: the count as it was made.
        places_ms: where the words begin that are wanted, each on a full second.
        clock: when the recording was played.
        asked_at: when the page was given the count.
    """
    shift = clock.sample(asked_at)
    later = LONGEST_START
    found = {}
    for place_ms in range(0, places_ms[-1] + 1, 1000):
        place = place_ms * RATE // 1000
        word = track[place : place + WORD]
        if np.abs(word).max() < LOUD:
            continue
        low = max(0, place + shift - EARLIER)
        at, alike = _found(recording[low : place + shift + later + WORD], word)
        shift, later = low + at - place, LATER
        found[place_ms] = (low + at, alike)
    heard, likeness = np.array([found[place_ms] for place_ms in places_ms]).T
    shifts_ms = heard * 1000 / RATE - np.array(places_ms)
    steps = np.abs(np.diff(shifts_ms))
    return Beats(
        np.array([clock.at(sample) for sample in heard]),
        shifts_ms - np.median(shifts_ms),
        likeness,
        float(steps[steps > STALL_MS].sum()),
    )


def ring_lag_ms(
    heard: Beats, ring: Sequence[dict[str, Any]], phases: Sequence[dict[str, Any]], ahead_ms: float
) -> Times:
    """For each phase, how much later (ms) than its word the ring showed its beginning; NaN where it never did.

    `ahead_ms` is how far the page's clock is ahead of the recorder's.
    """
    lags = []
    for at, phase in zip(heard.at, phases, strict=False):
        wanted = (phase["phase"], str(phase["rep"]), "1")
        shown = [
            each["at"] - ahead_ms
            for each in ring
            if (each.get("phase"), each.get("rep"), each.get("second")) == wanted
        ]
        lags.append(shown[0] - at if shown else np.nan)
    return np.array(lags)


def _found(longer: Sound, shorter: Sound) -> tuple[int, float]:
    """Where in the longer sound the shorter one begins, and how alike the two are there.

    Each place is judged by its own loudness: else a loud word would be taken for a quieter one that is meant.
    """
    size = 1 << (len(longer) + len(shorter)).bit_length()
    spectrum = np.fft.rfft(longer, size) * np.conj(np.fft.rfft(shorter, size))
    places = max(1, len(longer) - len(shorter) + 1)
    likely = np.fft.irfft(spectrum, size)[:places]
    powers = np.concatenate([[0.0], np.cumsum(longer.astype(np.float64) ** 2)])
    there = powers[np.minimum(np.arange(places) + len(shorter), len(longer))] - powers[:places]
    own = float(shorter.astype(np.float64) @ shorter)
    alike = likely / np.sqrt(np.maximum(there, LOUD**2) * max(own, 1.0))
    at = int(np.argmax(alike))
    return at, float(alike[at])
