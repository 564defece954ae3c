"""What one paired device may do in a time, so that a guest's phone cannot keep the coach from the others."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

MOST_DEVICES: Final = 64


@dataclass(frozen=True)
class Allowance:
    """So much at once, and so much more every second."""

    at_once: float
    per_s: float


REQUESTS: Final = Allowance(300, 30)
TURNS: Final = Allowance(30, 1)
AUDIO_BYTES: Final = Allowance(32_000 * 30, 32_000 * 2)
"""Thirty seconds of sound at once, and two for every second."""


class Spending:
    """What devices have spent of one allowance; thread-safe and bounded."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, device: str, amount: float = 1) -> bool:
        """Take an amount; False, and nothing is taken, where the device has not so much left."""
        with self._lock:
            now_s = time.monotonic()
            before, at_s = self._spent.get(device, (0.0, now_s))
            spent = max(0.0, before - (now_s - at_s) * self._allowance.per_s) + amount
            if spent > self._allowance.at_once:
                return False
            self._spent[device] = spent, now_s
            self._spent.move_to_end(device)
            if len(self._spent) > MOST_DEVICES:
                self._spent.popitem(last=False)
            return True


class Limits:
    """All allowances of the devices of one home."""

    def __init__(self) -> None:
        self._requests = Spending(REQUESTS)
        self._turns = Spending(TURNS)
        self._audio = Spending(AUDIO_BYTES)

    def allow(self, device: str, path: str, method: str, length: int) -> bool:
        """Whether a device may ask this now."""
        if not self._requests.spend(device):
            return False
        if path == "/speaker/hear":
            return self._audio.spend(device, length)
        return method in ("GET", "HEAD") or self._turns.spend(device)
