"""The picture of a sound that whisper reads: how loud each of 80 bands of pitch is, a hundred times a second.

The figures are whisper's own (Radford et al. 2022, section 2.2): windows of 25 ms, bands on the scale of Slaney's
Auditory Toolbox, logarithms cut off eight decades below the loudest.
"""

from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from skill.speaker.conversation.ears import SAMPLE_RATE

Array = npt.NDArray[Any]

_WINDOW: Final = 400
_STEP: Final = 160
_BANDS: Final = 80
_STRAIGHT_BELOW_HZ: Final = 1000.0
_HZ_A_MEL: Final = 200.0 / 3
_LOG_STEP: Final = np.log(6.4) / 27
_QUIETEST: Final = 1e-10
_DECADES: Final = 8.0


def spectrogram(samples: Array) -> Array:
    """One row a band, one column a step, from samples between -1 and 1 at 16 kHz; at least 400 of them."""
    padded = np.pad(samples.astype(np.float32), _WINDOW // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_STEP]
    hann = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(windows * hann).astype(np.complex64)[:-1].T) ** 2
    levels = np.log10(np.maximum(_filters() @ power, _QUIETEST))
    bounded: Array = (np.maximum(levels, levels.max() - _DECADES) + 4) / 4
    return bounded.astype(np.float32)


@cache
def _filters() -> Array:
    """How much of each frequency counts for each band: triangles that overlap by half, of equal area."""
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    corners = _hertz(np.linspace(0, _mel(SAMPLE_RATE / 2), _BANDS + 2))
    distance = corners[:, None] - frequencies[None]
    widths = np.diff(corners)[:, None]
    triangles = np.maximum(0, np.minimum(-distance[:-2] / widths[:-1], distance[2:] / widths[1:]))
    filters: Array = triangles * 2 / (corners[2:] - corners[:-2])[:, None]
    return filters.astype(np.float32)


def _mel(hertz: float) -> float:
    return float(_STRAIGHT_BELOW_HZ / _HZ_A_MEL + np.log(hertz / _STRAIGHT_BELOW_HZ) / _LOG_STEP)


def _hertz(mels: Array) -> Array:
    straight = _STRAIGHT_BELOW_HZ / _HZ_A_MEL
    above = _STRAIGHT_BELOW_HZ * np.exp(_LOG_STEP * (mels - straight))
    return np.where(mels < straight, mels * _HZ_A_MEL, above)
