"""How a device is paired: a code that is shown in the terminal once is swapped for a token.

A code holds for two minutes and for five tries by anybody. Whoever has guessed five times wrong waits, longer each
time. So a stranger has at most five of a hundred million codes for each that the owner makes.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from skill.locales.refusals import NotDone
from skill.speaker.pairing.devices import Device, Devices, add, hash_of

DIGITS: Final = 8
CODE_S: Final = 120.0
TRIES: Final = 5
FIRST_WAIT_S: Final = 30.0
LONGEST_WAIT_S: Final = 3600.0
MOST_GUESSERS: Final = 2048


class NotPaired(NotDone):
    """The code was not taken; the reason says what to do."""


class TooEarly(NotPaired):
    """Too many wrong codes came from here; `wait_s` says for how long none is looked at."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = int(wait_s) + 1
        super().__init__("too_many_codes", seconds=self.wait_s)


@dataclass(frozen=True)
class Pairing:
    """The one code that is open, if any, and who guessed at it."""

    devices: Devices

    def new_code(self, now_s: float) -> str:
        """A code to show to whoever is to pair; the one before it ends."""
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        with self.devices.writing() as file:
            file.execute("DELETE FROM code")
            file.execute("INSERT INTO code VALUES (?, ?, 0)", (hash_of(code), now_s + CODE_S))
        return code

    def swap(self, code: str, name: str, address: str, now_s: float) -> tuple[str, Device]:
        """A token for a code that was typed or scanned; the code is used up. Wrong tries are counted by `address`.

        Raises NotPaired: the code is wrong, used or late. TooEarly: too many wrong ones came from this address.
        """
        with self.devices.writing() as file:
            row = file.execute("SELECT wrong, until_s FROM guesser WHERE address = ?", (address,)).fetchone()
            wrong, until_s = row or (0, 0.0)
            if until_s > now_s:
                raise TooEarly(until_s - now_s)
            found = file.execute(
                "DELETE FROM code WHERE hash = ? AND expires_s > ? AND wrong < ?",
                (hash_of(code), now_s, TRIES),
            ).rowcount
            if found:
                file.execute("DELETE FROM guesser WHERE address = ?", (address,))
                return add(file, name, now_s)
            file.execute("UPDATE code SET wrong = wrong + 1")
            file.execute("DELETE FROM guesser WHERE address = ?", (address,))
            waits_s = 0.0 if wrong + 1 < TRIES else FIRST_WAIT_S * 2 ** min(wrong + 1 - TRIES, 10)
            until_s = now_s + min(waits_s, LONGEST_WAIT_S)
            file.execute("INSERT INTO guesser VALUES (?, ?, ?)", (address, wrong + 1, until_s))
            file.execute(
                "DELETE FROM guesser WHERE rowid IN (SELECT rowid FROM guesser ORDER BY rowid DESC LIMIT -1 OFFSET ?)",
                (MOST_GUESSERS,),
            )
        raise NotPaired("wrong_code")
