"""Who trains on this machine: the one that nobody names, and the people of the house by their names."""

from collections.abc import Sequence
from typing import Final

from skill.locales.texts import DEFAULT
from skill.people.names import key_of, without_the_other
from skill.people.person import ACCOUNTS, FIRST
from skill.speaker.understanding import model
from skill.speaker.understanding.model import LAUNCH
from skill.speaker.understanding.understand import understand

LOCAL_NAME: Final = FIRST
"""The account in the envelopes of our own speakers."""
LOCAL_USER: Final = f"{ACCOUNTS}{LOCAL_NAME}"
"""The key under which the store keeps this trainee."""
LONGEST_NAME: Final = 60


def account_of(person: str) -> str:
    """The account of a person's envelopes: the one of this machine for nobody, else one that belongs to the name.

    Case, spaces and marks do not matter: "Anna", "anna " and "Anna!" are one.
    """
    name = key_of(person[:LONGEST_NAME])
    return f"{LOCAL_NAME}.{name}" if name else LOCAL_NAME


def user_of(person: str) -> str:
    """The key under which the store keeps a person."""
    return f"{ACCOUNTS}{account_of(person)}"


def named(text: str, people: Sequence[str], locale: str = DEFAULT) -> tuple[str, str]:
    """Who is named, and what is left to be said: "this is Anna", "start glute workout for Ben".

    Only a name from `people` is one, so that "this is hard" stays what it is. Nobody named is "".
    """
    known = model.load(locale)
    settings = known.language.settings
    launch = " ".join((settings["launch_words"][0], *known.invocation_name))
    said = text.strip().rstrip(".!?").casefold()
    alone = without_the_other(said, settings["introductions"], settings["denies_a_name"], people)
    for person in people:
        if alone in {f"{each} {person}".casefold() for each in settings["introductions"]}:
            return person, launch
        whom = f" {settings['launch_for']} {person}".casefold()
        rest = said.removesuffix(whom).strip(" ,") if said.endswith(whom) else ""
        if rest and understand(rest, locale).intent == LAUNCH:
            return person, launch
    return "", text
