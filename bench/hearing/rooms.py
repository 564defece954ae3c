"""Simulated rooms: what a microphone gets of a voice some metres away, and of a loudspeaker close by.

Shoebox rooms by the image source method (pyroomacoustics), the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bench.hearing.clips import Clip
from skill.speaker.conversation.ears import SAMPLE_RATE

_HEIGHT_M = 2.6
_TABLE_M, _FLOOR_M = 0.8, 0.4
_FROM_WALLS = 0.31


@dataclass(frozen=True)
class Room:
    """A room of so many metres, with a reverberation time (s, by 60 dB), and a trainee on its floor so far (m) away."""

    size_m: tuple[float, float]
    rt60_s: float
    away_m: float


NEAR = Room((3.0, 4.0), 0.2, 1.0)
LIVING = Room((4.0, 5.0), 0.4, 2.0)
FAR = Room((4.5, 5.5), 0.4, 3.0)
BARE = Room((5.0, 6.0), 0.7, 4.0)


def from_the_floor(clip: Clip, room: Room) -> Clip:
    """A voice from the floor as the microphone on a table gets it, as loud as the clip."""
    return _at_the_microphone(clip, room, (room.away_m, _FLOOR_M))


def from_the_loudspeaker(clip: Clip, room: Room, away_m: float = 0.3) -> Clip:
    """The coach's voice from a loudspeaker on the same table, which distorts a little, as loud as the clip."""
    loudest = max(float(np.abs(clip).max()), 1e-6)
    distorted = (np.tanh(1.2 * clip / loudest) * loudest / np.tanh(1.2)).astype(np.float32)
    return _at_the_microphone(distorted, room, (away_m, _TABLE_M))


def _at_the_microphone(clip: Clip, room: Room, source: tuple[float, float]) -> Clip:
    from scipy.signal import fftconvolve  # type: ignore[import-untyped]  # a second to import

    wet = fftconvolve(clip, _response(room, source))[: len(clip) + SAMPLE_RATE // 2]
    return (wet * (loudness(clip) / max(loudness(wet), 1e-9))).astype(np.float32)


def loudness(clip: Clip) -> float:
    """Root mean square of the parts that hold sound, so that pauses make nothing softer."""
    frames = clip[: len(clip) // 320 * 320].reshape(-1, 320)
    power = np.mean(np.square(frames), axis=1)
    return float(np.sqrt(np.mean(power[power > 0.01 * power.max()]))) if len(power) else 0.0


@cache
def _response(room: Room, source: tuple[float, float]) -> NDArray[np.float64]:
    import pyroomacoustics as acoustics  # type: ignore[import-untyped]  # a second to import

    away_m, height_m = source
    size = (*room.size_m, _HEIGHT_M)
    absorbs, order = acoustics.inverse_sabine(room.rt60_s, size)
    box = acoustics.ShoeBox(
        size, fs=SAMPLE_RATE, materials=acoustics.Material(absorbs), max_order=min(order, 40)
    )
    microphone = _microphone(room.size_m)
    along = np.sqrt(max(away_m**2 - (height_m - _TABLE_M) ** 2, 0.01)) / np.hypot(1, 0.6)
    box.add_source([microphone[0] + 0.6 * along, microphone[1] + along, height_m])
    box.add_microphone([*microphone, _TABLE_M])
    box.compute_rir()
    response: NDArray[np.float64] = box.rir[0][0]
    return response / np.abs(response).max()


def _microphone(size_m: Sequence[float]) -> tuple[float, float]:
    return _FROM_WALLS * size_m[0], _FROM_WALLS * 0.6 * size_m[1]
