"""A track without a sound: where no voice can speak, its clock still drives the picture."""

import io
import wave
from typing import Final

RATE: Final = 8000


def silent_wav(length_ms: int) -> bytes:
    """Silence of this length (ms) as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(RATE)
        out.writeframes(b"\x80" * (RATE * length_ms // 1000))
    return file.getvalue()
