"""A second look at what was said into the count: the coach taken out of the raw microphone, and nothing else.

The canceller works as the sound comes. Where trainee and coach speak at once it cannot tell them apart in time, and
swallows half of a "stop". Whoever looks back over some seconds can: the echo is the track through one filter, the
loudspeaker and the room, and the filter that explains most of those seconds explains the coach alone. What is left of
the coach is louder than behind the canceller (some 20 dB softer than he was instead of 40), but the trainee is whole.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from skill.speaker.conversation.ears import SAMPLE_RATE

Samples = NDArray[np.float32]

LOOKS_BACK: Final = 8 * SAMPLE_RATE
"""So much of the microphone is kept, and explained as a whole."""
_TAPS: Final = SAMPLE_RATE // 10
_STEPS: Final = 60
_EXPLAINED: Final = 0.1
"""At most so much of the power may be left where the trainee is silent."""
_EVEN: Final = 1e-3
"""So much of white noise is laid under the track, or the filter would be guessed where the track has no sound."""


def without_echo(near: Samples, far: Samples, began: int, ended: int) -> Samples | None:
    """What was said from one sample to another, without the track put through the one filter that takes out most.

    Args:
        near: the microphone's samples.
        far: the track for the same time, a little before its echo.
        began: the first sample of what was said.
        ended: the first sample after it.

    Returns:
        None where the filter explains too little of what was heard before and after: a clock drifts, somebody else
        speaks all the time, or the coach is silent.
    """
    size = 2 ** int(np.ceil(np.log2(len(near) + _TAPS)))
    played = np.fft.rfft(far, size)
    alike = np.fft.irfft(np.square(np.abs(played)), size)[:_TAPS]
    common = np.fft.irfft(np.conj(played) * np.fft.rfft(near, size), size)[:_TAPS]
    echo = np.fft.irfft(np.fft.rfft(_filter(alike, common), size) * played, size)[: len(near)]
    left = (near - echo).astype(np.float32)
    before, after = (np.concatenate([sound[:began], sound[ended:]]) for sound in (near, left))
    return left[began:ended] if after @ after < _EXPLAINED * (before @ before) else None


def _filter(alike: NDArray[np.float64], common: NDArray[np.float64]) -> NDArray[np.float64]:
    """The filter of least squares, by conjugate gradients.

    Args:
        alike: how much the track has in common with itself so many samples later.
        common: how much the microphone has in common with the track so many samples earlier.
    """
    size, found = 2 * _TAPS, np.zeros(_TAPS)
    ring = np.concatenate([alike, [0.0], alike[:0:-1]])
    ring[0] += _EVEN * alike[0]
    spectrum = np.fft.rfft(ring).real
    left = common.copy()
    towards, power = left, float(left @ left)
    for _ in range(_STEPS):
        if power <= 0:
            break
        ahead = np.fft.irfft(spectrum * np.fft.rfft(towards, size), size)[:_TAPS]
        step = power / float(towards @ ahead)
        found = found + step * towards
        left = left - step * ahead
        power, before = float(left @ left), power
        towards = left + power / before * towards
    return found
