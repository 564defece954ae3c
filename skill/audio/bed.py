"""A music bed under the count: looped, and quieter while the coach speaks."""

from pathlib import Path
from typing import Final

import numpy as np

from skill.audio.sound import RATE, Samples, resampled, samples_of

LONGEST_S: Final = 240
LEVEL: Final = 0.10
DUCKED: Final = 0.025
GLIDE_MS: Final = 200
SEAM_MS: Final = 500
SHORTEST_MS: Final = 2000


class BedRefused(ValueError):
    """The file cannot be the bed; the message says why. The count goes on without one."""


def bed(path: Path, words: Samples) -> Samples:
    """The bed for a count: as long as the words, ducked where they sound.

    Only the first four minutes are ever read, whatever the file's length.

    Raises BedRefused: the file is missing, no audio, or shorter than two seconds.
    """
    music = _looped(_read(path), len(words))
    return (music * _level(words)).astype(np.float32)


def _read(path: Path) -> Samples:
    import soundfile  # type: ignore[import-untyped]

    try:
        with soundfile.SoundFile(path) as file:
            sound = file.read(min(file.frames, LONGEST_S * file.samplerate), dtype="float32", always_2d=True)
            rate = file.samplerate
    except (OSError, RuntimeError) as fault:
        raise BedRefused(
            f"{path} cannot be read as audio ({fault}): give a WAV, FLAC, OGG or MP3 file"
        ) from fault
    mono = resampled(np.ascontiguousarray(sound.mean(axis=1, dtype=np.float32)), rate)
    if len(mono) < samples_of(SHORTEST_MS):
        raise BedRefused(
            f"{path} is shorter than {SHORTEST_MS // 1000} s: a bed that short would only flutter"
        )
    loudest = float(np.abs(mono).max())
    if not np.isfinite(loudest) or loudest == 0:
        raise BedRefused(f"{path} holds no sound")
    return mono / np.float32(loudest)


def _looped(music: Samples, length: int) -> Samples:
    """The music over and over, each end faded into the next beginning."""
    seam = samples_of(SEAM_MS)
    ramp = np.linspace(0, 1, seam, dtype=np.float32)
    piece = music[:-seam].copy()
    piece[:seam] = piece[:seam] * ramp + music[-seam:] * ramp[::-1]
    first = music[:seam]
    endless = np.resize(piece, length)
    endless[:seam] = first[: len(endless[:seam])]
    return endless


def _level(words: Samples) -> Samples:
    """How loud the bed may be at each sample: down before a word begins, up again after it has ended."""
    reach = samples_of(GLIDE_MS)
    step = RATE // 100
    frames = -(-len(words) // step)
    padded = np.pad(np.abs(words), (0, frames * step - len(words)))
    speaks = padded.reshape(frames, step).max(axis=1) > 0
    near = np.convolve(speaks, np.ones(2 * (reach // step) + 1), "same") > 0
    glide = np.ones(reach // step) / (reach // step)
    smooth = np.convolve(np.pad(near, (reach // step,), mode="edge"), glide, "same")[
        reach // step : -(reach // step)
    ]
    per_frame = LEVEL + (DUCKED - LEVEL) * smooth
    return np.interp(np.arange(len(words)), np.arange(frames) * step, per_frame).astype(np.float32)
