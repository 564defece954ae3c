"""What one paired device may do in a time, so that a guest's phone cannot keep the coach from the others."""

import time
from typing import Final

from skill.front.rate_limit import Allowance, Spending

MOST_DEVICES: Final = 64


REQUESTS: Final = Allowance(300, 30)
TURNS: Final = Allowance(30, 1)
AUDIO_BYTES: Final = Allowance(32_000 * 30, 32_000 * 2)
"""Thirty seconds of sound at once, and two for every second."""


class Limits:
    """All allowances of the devices of one home."""

    def __init__(self) -> None:
        self._requests = Spending(REQUESTS, MOST_DEVICES)
        self._turns = Spending(TURNS, MOST_DEVICES)
        self._audio = Spending(AUDIO_BYTES, MOST_DEVICES)

    def allow(self, device: str, path: str, method: str, length: int) -> bool:
        """Whether a device may ask this now."""
        now_s = time.monotonic()
        if not self._requests.spend(device, now_s):
            return False
        if path == "/speaker/hear":
            return self._audio.spend(device, now_s, length)
        return method in ("GET", "HEAD") or self._turns.spend(device, now_s)
