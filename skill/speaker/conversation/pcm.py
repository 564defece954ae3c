"""Sound as the doors of the speaker pass it about: plain samples."""

import io
import wave
from array import array
from dataclasses import dataclass


@dataclass(frozen=True)
class Pcm:
    """Sound as 16-bit samples of one channel; `rate` is in samples a second."""

    rate: int
    samples: bytes

    @property
    def length_ms(self) -> float:
        """How long it takes."""
        return len(self.samples) / 2 * 1000 / self.rate

    def since(self, ms: float) -> "Pcm":
        """The same from there on."""
        return Pcm(self.rate, self.samples[2 * round(ms * self.rate / 1000) :])

    def at(self, volume: int) -> "Pcm":
        """The same, at most as loud (percent)."""
        if volume >= 100:
            return self
        samples = array("h", self.samples)
        return Pcm(self.rate, array("h", (each * volume // 100 for each in samples)).tobytes())

    def longer(self, ms: float) -> "Pcm":
        """The same with silence behind it."""
        return Pcm(self.rate, self.samples + bytes(2 * round(ms * self.rate / 1000)))


def pcm_of(wav: bytes) -> Pcm:
    """The samples of a WAV file; silence has one byte a sample there."""
    with wave.open(io.BytesIO(wav)) as file:
        samples = file.readframes(file.getnframes())
        if file.getsampwidth() == 1:
            samples = array("h", ((each - 128) << 8 for each in samples)).tobytes()
        return Pcm(file.getframerate(), samples)
