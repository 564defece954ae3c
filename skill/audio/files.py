"""Sound as files: WAV for this machine, MP3 as Alexa takes it (48 kbit/s, one channel, 24 kHz)."""

import io
import wave
from typing import Final

import numpy as np

from skill.audio.sound import RATE, Samples

KILOBITS: Final = 48
SAMPLE_BYTES: Final = 2


def pcm(sound: Samples) -> bytes:
    """The sound as 16-bit samples, little end first; louder than full scale is held there."""
    return (np.clip(sound, -1, 1) * 32767).round().astype("<i2").tobytes()


def wav(sound: Samples) -> bytes:
    """The sound as a WAV file."""
    return wav_of(pcm(sound))


def wav_of(samples: bytes) -> bytes:
    """16-bit samples, little end first, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(SAMPLE_BYTES)
        out.setframerate(RATE)
        out.writeframes(samples)
    return file.getvalue()


def mp3(sound: Samples) -> bytes:
    """The sound as an MP3 file; a decoder plays it 46 ms late as a whole, its inner timing is untouched."""
    import lameenc  # type: ignore[import-not-found]

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KILOBITS)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.silence()
    return bytes(encoder.encode(pcm(sound))) + bytes(encoder.flush())
