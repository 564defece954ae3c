"""Words loud enough for a floor: as loud as broadcasts on phones, -16 LUFS, with no peak that clips."""

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Samples = NDArray[np.float32]

TARGET: Final = 10 ** ((-16 + 0.691) / 20)
"""Root mean square of a sound at -16 LUFS, weighted as ITU-R BS.1770 does it."""
PEAK: Final = 0.8
"""No sample is louder, so that no player that resamples clips: its peaks lie up to 1 dB higher."""
_RATE: Final = 24_000
_WINDOW: Final = 2 * _RATE // 5
_HOP: Final = _WINDOW // 4
_QUIETER: Final = 0.1
_PASSES: Final = 2
_SHELF: Final = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_LOW_CUT: Final = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The two filters of BS.1770 for 48 kHz, each above and below the line."""
_BLOCK: Final = 24
_REACH: Final = 5


def loud(samples: Samples) -> Samples:
    """An utterance at 24 kHz at the loudness of all others."""
    for _ in range(_PASSES):  # each takes back what the limiter took
        samples = limited(samples * np.float32(TARGET / max(weighted_rms(samples), 1e-9)))
    return samples


def limited(samples: Samples) -> Samples:
    """The sound turned down for some milliseconds around each peak that is too loud."""
    blocks = -(-len(samples) // _BLOCK)
    padded = np.zeros(blocks * _BLOCK, np.float32)
    padded[: len(samples)] = np.abs(samples)
    gain = np.minimum(1, PEAK / np.maximum(padded.reshape(-1, _BLOCK).max(axis=1), 1e-9))
    if gain.min() == 1:
        return samples
    # The least within reach, then smoothed within reach: never more than a peak allows, and no step that clicks.
    least = sliding_window_view(np.pad(gain, 2 * _REACH + 1, constant_values=1), 2 * _REACH + 3).min(axis=1)
    window = np.hanning(2 * _REACH + 3)[1:-1]
    smooth = np.convolve(least, window / window.sum(), "valid")
    at = np.interp(np.arange(len(samples)), np.arange(blocks) * _BLOCK + _BLOCK / 2, smooth)
    return (samples * at).astype(np.float32)


def weighted_rms(samples: Samples) -> float:
    """How loud an utterance is by BS.1770: as an ear weights it, without its pauses."""
    size = 1 << len(samples).bit_length()
    spectrum = np.fft.rfft(samples, size)
    spectrum *= _weights(np.linspace(0, np.pi * _RATE / 48_000, len(spectrum)))
    heard = np.square(np.fft.irfft(spectrum, size)[: len(samples)])
    window = min(_WINDOW, len(heard))
    power = sliding_window_view(heard, window)[::_HOP].mean(axis=1)
    return float(np.sqrt(power[power >= _QUIETER * power.mean()].mean()))


def _weights(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each of these frequencies (radians a sample at 48 kHz) counts."""
    delay = np.exp(-1j * angles)
    weights = np.ones_like(delay)
    for up, down in (_SHELF, _LOW_CUT):
        weights *= np.polyval(up[::-1], delay) / np.polyval(down[::-1], delay)
    heard: NDArray[np.float64] = np.abs(weights)
    return heard
