"""One person who trains at home, and what they chose."""

from typing import Final

from msgspec import json

from skill.coach.value import Value

FIRST: Final = "local"
"""The id of whoever trains where nobody was ever added."""
ACCOUNTS: Final = "amzn1.ask.account."
COLOURS: Final = ("teal", "orange", "purple", "green", "pink", "blue", "red", "gold")
"""A person's colour, in the order in which they are given out."""


class Settings(Value, frozen=True):
    """How a person wants to be coached; volumes in percent, a click of 0 is none; a voice of "" is the coach's own."""

    voice: str = ""
    voice_volume: int = 100
    click_volume: int = 0
    captions: bool = True
    vibrates: bool = True


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
