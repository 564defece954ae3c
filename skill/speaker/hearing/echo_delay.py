"""How far the coach's voice in the microphone lies behind the track that plays: measured, and measured again.

What a sound card says of its place is wrong by its buffers, a wireless loudspeaker's by hundreds of milliseconds, and
two clocks drift apart. The track is known whole, so it does not matter which of the two is late.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from skill.speaker.conversation.ears import SAMPLE_RATE

Samples = NDArray[np.float32]

FARTHEST: Final = 5 * SAMPLE_RATE // 4
"""Samples by which the two may be apart, either way."""
WINDOW: Final = 4 * SAMPLE_RATE
_HERTZ: Final = (200, 7000)
_CLEAR: Final = 9.0


def delay(heard: Samples, played: Samples) -> int | None:
    """By how many samples what was heard lies behind what was played; None where the two have too little in common.

    Args:
        heard: `WINDOW` samples of the microphone.
        played: the track for the same time, and `FARTHEST` samples more at either side.
    """
    if not heard.any() or not played.any():
        return None
    size = 2 ** int(np.ceil(np.log2(len(played) + len(heard))))
    cross = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    # Only where in each tone the two agree counts, not how loud it is: vowels would blur the peak.
    cross /= np.abs(cross) + 1e-6 * np.abs(cross).max()
    cross[(hertz < _HERTZ[0]) | (hertz > _HERTZ[1])] = 0
    found = np.fft.irfft(cross, size)
    lags = np.concatenate([found[-2 * FARTHEST :], found[:1]])
    at = int(np.argmax(np.abs(lags)))
    if abs(lags[at]) < _CLEAR * np.sqrt(np.mean(np.square(lags))):
        return None
    return at - FARTHEST
