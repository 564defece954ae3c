"""One person who trains at home, and what they chose."""

from typing import Final

from msgspec import json

from skill.coach.value import Value

FIRST: Final = "local"
"""The id of whoever trains where nobody was ever added."""
ACCOUNTS: Final = "amzn1.ask.account."
COLOURS: Final = ("teal", "orange", "purple", "green", "pink", "blue", "red", "gold")
"""A person's colour, in the order in which they are given out."""

WAKE_WORDS: Final = ("alexa", "okay_nabu", "hey_jarvis", "hey_mycroft")
"""What may call the coach, by the names of pymicro-wakeword's models; the first is the usual one."""
SPEEDS: Final = (80, 130)
"""How slowly and how fast the coach may speak, in percent."""

AT_SPEED: Final = "@"


class Settings(Value, frozen=True):
    """How a person wants to be coached; volumes and speed in percent, a click of 0 is none.

    A voice of "" is the coach's own. `wake_word` is one of `WAKE_WORDS`.
    """

    voice: str = ""
    voice_volume: int = 100
    voice_speed: int = 100
    click_volume: int = 0
    captions: bool = True
    vibrates: bool = True
    wake_word: str = WAKE_WORDS[0]

    @property
    def speaker(self) -> str:
        """Who speaks and how fast, as one name: "espeak:en@115"."""
        return self.voice if self.voice_speed == 100 else f"{self.voice}{AT_SPEED}{self.voice_speed}"


class Person(Value, frozen=True):
    """A person. `language` is a locale, "" for the coach's own; `pin` the hash of what opens their history, if any."""

    id: str
    name: str = ""
    colour: str = COLOURS[0]
    language: str = ""
    settings: Settings = Settings()
    pin: str = ""

    @property
    def account(self) -> str:
        """The account in the envelopes of our own speakers."""
        return self.id if self.id == FIRST else f"{FIRST}.{self.id}"

    @property
    def user(self) -> str:
        """The key under which the store keeps their record."""
        return f"{ACCOUNTS}{self.account}"


class Household(Value, frozen=True):
    """Everybody who trains at home, in the order in which they came."""

    people: tuple[Person, ...] = ()


READER: Final = json.Decoder(Household)
"""Made while one thread imports this: skill/store/document.py says why."""
