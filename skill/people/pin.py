"""The number that opens a person's history, kept as a hash that is slow to guess at."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from hmac import compare_digest
from threading import Lock
from typing import Final

from skill.locales.refusals import NotDone

_PIN: Final = re.compile(r"[0-9]{4,8}")
TRIES: Final = 5
WAIT_S: Final = 60.0


class WrongPin(NotDone, PermissionError):
    """The history stays shut; the message says why."""


class NoPin(NotDone, ValueError):
    """What was chosen is no PIN."""


def hashed(pin: object) -> str:
    """What is kept of a PIN. Raises NoPin: it is none."""
    if not isinstance(pin, str) or not _PIN.fullmatch(pin):
        raise NoPin("no_pin")
    salt = secrets.token_hex(8)
    return f"{salt}.{_hash(pin, salt)}"


class PinGuard:
    """Lets in who knows the PIN; after five wrong ones of a person, nobody for a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}
        self._lock = Lock()

    def check(self, person: str, kept: str, pin: object) -> None:
        """Nothing where no PIN was chosen. Raises WrongPin: it is another one, or too many were tried."""
        if not kept:
            return
        with self._lock:
            now = self._clock()
            wrong = [at for at in self._wrong.get(person, ()) if now - at < WAIT_S]
            if len(wrong) >= TRIES:
                raise WrongPin("too_many_pins")
            salt, _, known = kept.partition(".")
            if isinstance(pin, str) and pin and compare_digest(_hash(pin, salt), known):
                self._wrong.pop(person, None)
                return
            self._wrong[person] = [*wrong, now] if pin else wrong
        raise WrongPin("wrong_pin" if pin else "pin_needed")


def _hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt.encode(), n=2**13, r=8, p=1).hex()
