"""Where sounds begin, by the rise of their spectrum: it knows nothing of how the coach places a word."""

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import ShortTimeFFT, find_peaks
from scipy.signal.windows import hann

HOP = 64
WINDOW = 1024
BANDS = 32
"""As wide as the ear tells pitches apart (mel)."""
QUIETEST_DB = -80.0
AROUND_MS = 200
APART_MS = 30
RISE = 0.07
"""Of the steepest rise, above the mean around it."""


def onsets_ms(sound: np.ndarray, rate: int) -> np.ndarray:
    """Every moment (ms) at which something new is heard in a sound of one channel."""
    spectrum = ShortTimeFFT(hann(WINDOW), HOP, rate)
    mel = np.linspace(0, 2595 * np.log10(1 + rate / 2 / 700), BANDS + 1)[:-1]
    edges = np.unique(np.searchsorted(spectrum.f, 700 * (10 ** (mel / 2595) - 1)))
    power = np.add.reduceat(spectrum.spectrogram(sound), edges, axis=0)
    level = 10 * np.log10(np.maximum(power / power.max(), 10 ** (QUIETEST_DB / 10)))
    rise = np.maximum(np.diff(level, axis=1), 0).mean(axis=0)
    hop_ms = 1000 * HOP / rate
    above = rise / rise.max() - uniform_filter1d(rise / rise.max(), round(AROUND_MS / hop_ms))
    steepest, _ = find_peaks(above, height=RISE, distance=round(APART_MS / hop_ms))
    return (steepest + 1 + spectrum.p_min) * hop_ms
