"""Talk without a pause, as a television's: no utterance of it ever ends, but a voice that is louder still stands out.

Whoever speaks to the coach over a television speaks up, or sits nearer. So the loudness of the last seconds is
remembered, and what rises above it is cut out as an utterance of its own.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_QUIETEST = 1.0
"""The power below which all is silence (of samples up to 32767)."""


@dataclass(frozen=True)
class Loud:
    """What makes a voice stand out, in frames and decibels.

    `over_db`: so much louder than nearly all of the `remembers` frames before it, for `starts_after` frames at once.
    `falls_db`: so much less is the end of it, if it lasts for `ends_after`. `longest`: more is no command; it is the
    television that has been turned up.
    """

    smooths: int
    remembers: int
    over_db: float
    falls_db: float
    starts_after: int
    ends_after: int
    keeps_before: int
    longest: int


class Babble:
    """Follows the loudness of what is said without a pause."""

    def __init__(self, by: Loud, frames: Sequence[bytes] = ()) -> None:
        """`frames` are the talk so far (16-bit samples)."""
        self._by = by
        self._powers: deque[float] = deque(maxlen=by.smooths)
        self._levels: deque[float] = deque((self._level(frame) for frame in frames), by.remembers)
        self._before: deque[bytes] = deque(frames, by.keeps_before)
        self._bar = 0.0
        self._kept: list[bytes] = []
        self._loud = self._soft = 0

    def feed(self, frame: bytes, is_voice: bool) -> tuple[bytes, ...]:
        """The frames of a louder voice, when it has ended with this one; else none."""
        level = self._level(frame)
        if self._kept:
            return self._in_voice(frame, level)
        self._before.append(frame)
        bar = float(np.percentile(np.fromiter(self._levels, float), 95)) + self._by.over_db
        self._loud = self._loud + 1 if level > bar and is_voice else 0
        if self._loud >= self._by.starts_after:
            self._kept, self._bar = list(self._before), bar
        else:
            self._levels.append(level)
        return ()

    def _in_voice(self, frame: bytes, level: float) -> tuple[bytes, ...]:
        self._kept.append(frame)
        self._soft = self._soft + 1 if level < self._bar - self._by.falls_db else 0
        if len(self._kept) > self._by.longest:
            self._levels.extend(self._level(each) for each in self._kept)
            self._forget()
        elif self._soft >= self._by.ends_after:
            found = tuple(self._kept)
            self._forget()
            return found
        return ()

    def _forget(self) -> None:
        self._kept = []
        self._loud = self._soft = 0

    def _level(self, frame: bytes) -> float:
        """The loudness (dB) of the last few frames together."""
        samples: NDArray[np.float32] = np.frombuffer(frame, "<i2").astype(np.float32)
        self._powers.append(float(np.mean(np.square(samples))))
        return float(10 * np.log10(max(_QUIETEST, sum(self._powers) / len(self._powers))))
