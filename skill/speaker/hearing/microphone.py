"""What is wrong with a microphone, told from its samples: it gives silence, or it clips."""

from typing import Literal

import numpy as np

from skill.speaker.conversation.ears import SAMPLE_RATE

Health = Literal["well", "silent", "clipping"]

# A microphone in the quietest room still gives noise of some units; a muted one gives zeros.
_DEAD_LEVEL = 2
_DEAD_AFTER_S = 5
_FULL_SCALE = 32_440
_CLIPPED_SHARE = 0.005


class Level:
    """Watches the last seconds of a stream."""

    def __init__(self) -> None:
        self._silent_samples = 0

    def feed(self, pcm: bytes) -> Health:
        """Take 16 kHz 16-bit mono audio and say how the microphone does."""
        samples = np.abs(np.frombuffer(pcm, dtype="<i2").astype(np.int32))
        if not len(samples):
            return "well"
        if samples.max() > _DEAD_LEVEL:
            self._silent_samples = 0
        else:
            self._silent_samples += len(samples)
        if self._silent_samples > _DEAD_AFTER_S * SAMPLE_RATE:
            return "silent"
        return "clipping" if np.mean(samples >= _FULL_SCALE) > _CLIPPED_SHARE else "well"
