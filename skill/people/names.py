"""Names as people write and say them: tidied when they are given, found again when they are typed or heard."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from skill.locales.refusals import NotDone
from skill.people.person import Person

LONGEST: Final = 40
ALIKE: Final = 0.8
"""How alike a heard name has to be to one that is known; recognisers write Anna, Ana and Hannah."""
CLEARER_BY: Final = 0.1
"""How much more alike than the next one."""


class NoName(NotDone, ValueError):
    """A name that cannot be taken; the message says why."""


def tidied(name: object) -> str:
    """A name of any characters that can be seen, its spaces single.

    Raises NoName: nothing is left of it, or it is too long.
    """
    text = unicodedata.normalize("NFC", name) if isinstance(name, str) else ""
    seen = "".join(each if unicodedata.category(each)[0] not in "CZ" else " " for each in text)
    tidy = " ".join(seen.split())
    if not tidy:
        raise NoName("no_name")
    if len(tidy) > LONGEST:
        raise NoName("long_name", most=LONGEST)
    return tidy


def key_of(name: str) -> str:
    """A name as part of a key of the store: case, spaces and marks do not matter. "" where nothing is left."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def plain(text: str) -> str:
    """A name without case, accents and marks, to compare by."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^\w\s]", " ", kept).split()) or text.strip().casefold()


def named(people: Sequence[Person], name: str) -> Person | None:
    """The person of exactly this name or id."""
    wanted = plain(name)
    return next(
        (each for each in people if each.id == name or (each.name and plain(each.name) == wanted)), None
    )


def without_the_other(said: str, introductions: Sequence[str], denial: str, names: Sequence[str]) -> str:
    """The words without who it is not: "it's Priya, not Tom" and "I'm not Tom, I'm Priya" introduce Priya alone.

    Only one of `names` is somebody: "this is Priya, not sure about my knee" tells more than who it is.
    """
    begins = "|".join(map(re.escape, introductions))
    plainly = " ".join(said.casefold().replace("’", "'").strip(" .!?").split())
    alone = re.sub(rf"^(?:{begins}) {denial} [^,.]+?[,. ]+(?=(?:{begins}) )", "", plainly)
    others = "|".join(re.escape(each.casefold()) for each in names if each)
    return re.sub(rf"[, ]+{denial} (?:{others})$", "", alone) if others else alone


def introduced(
    people: Sequence[Person], said: str, introductions: Sequence[str], denial: str
) -> Person | None:
    """Who "this is Anna" introduces: the one whose name was said, or the only one whose name is much like it.

    `introductions` are what the language says before a name ("this is"), `denial` its "not", in lower case.
    """
    plainly = without_the_other(said, introductions, denial, [each.name for each in people])
    begun = [each for each in introductions if plainly.startswith(f"{each} ")]
    if not begun:
        return None
    name = plainly.removeprefix(max(begun, key=len)).strip()
    return named(people, name) or _alike(people, plain(name))


def _alike(people: Sequence[Person], said: str) -> Person | None:
    matches = ((SequenceMatcher(None, plain(each.name), said).ratio(), each) for each in people if each.name)
    best = sorted(matches, key=lambda each: -each[0])[:2]
    if not best or best[0][0] < ALIKE or (len(best) > 1 and best[0][0] - best[1][0] < CLEARER_BY):
        return None
    return best[0][1]
