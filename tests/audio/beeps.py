"""A voice for tests: each text is one tone, a tenth of a second a letter at the normal rate."""

import numpy as np

from skill.audio.sound import Samples


class Beeps:
    identity = "beeps 1"
    sample_rate = 24_000

    def __init__(self):
        self.said: list[tuple[str, int]] = []

    def say(self, text: str, percent: int) -> Samples:
        self.said.append((text, percent))
        seconds = 0.1 * len(text) * 100 / percent
        time = np.arange(round(seconds * self.sample_rate)) / self.sample_rate
        tone = np.sin(2 * np.pi * 440 * time).astype(np.float32)
        return np.concatenate([np.zeros(2400, np.float32), tone, np.zeros(2400, np.float32)])
