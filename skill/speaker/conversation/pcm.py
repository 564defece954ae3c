"""Sound as the doors of the speaker pass it about: plain samples."""

import io
import wave
from dataclasses import dataclass


@dataclass(frozen=True)
class Pcm:
    """Sound as 16-bit samples of one channel; `rate` is in samples a second."""

    rate: int
    samples: bytes


def pcm_of(wav: bytes) -> Pcm:
    """The samples of a WAV file."""
    with wave.open(io.BytesIO(wav)) as file:
        return Pcm(file.getframerate(), file.readframes(file.getnframes()))
