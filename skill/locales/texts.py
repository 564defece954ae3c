"""Which locales there are, and their texts. Adding one is adding a file.

A locale has a whole text of its own (`en-US.yaml`), or it is another one's text but for a few words
(`differences/en-GB.yaml`): `common` names that one, `instead` gives phrases for phrases wherever they are said.
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

DEFAULT: Final = "en-US"
FOLDER: Final = Path(__file__).parent
NUMBERS: Final = 100
"""So many numbers, from 0 on, are said in words."""
PLURALS: Final = 200
"""So many numbers, from 0 on, have their plural category in a table; beyond, each hundred is like the one before."""
_NAME: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class UnknownLocale(ValueError):
    """There are no words for this locale."""


class Differences(Struct, frozen=True, dict=True):
    """In what a locale differs from the text that it shares; in nothing, where it has a text of its own."""

    common: str
    instead: Mapping[str, str] = {}

    def applied(self, text: Any) -> Any:
        """A text, or mappings and lists of such, in the locale's own words; keys and {placeholders} stay."""
        if isinstance(text, str):
            is_said = bool(self.instead) and self._phrases.search(text)
            return self._phrases.sub(self._said, text) if is_said else text
        if isinstance(text, Mapping):
            return {key: self.applied(each) for key, each in text.items()}
        return [self.applied(each) for each in text] if isinstance(text, list) else text

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        phrases = "|".join(re.escape(each) for each in sorted(self.instead, key=len, reverse=True))
        return re.compile(rf"(?<![\w{{])(?:{phrases})(?![\w}}])", re.IGNORECASE)

    def _said(self, found: re.Match[str]) -> str:
        new = self.instead[found[0].lower()]
        return new[:1].upper() + new[1:] if found[0][:1].isupper() else new


@cache
def known() -> Mapping[str, str]:
    """Every locale, and the one whose text it shares (itself, where it has a whole one)."""
    whole = {name: name for name in _names("")}
    return whole | {name: differences(name).common for name in _names("differences")}


def nearest(wanted: str) -> str:
    """The locale to answer one that nobody knows in, whatever it is: the text of its language, else English."""
    return of_language(wanted) or DEFAULT


def of_language(wanted: str) -> str | None:
    """The locale itself, or the one with the text of its language ("de"); None where nobody speaks that here."""
    if wanted in known():
        return wanted
    language = _language(wanted) if is_name(wanted) else ""
    of_it = sorted(name for name, common in known().items() if name == common and _language(name) == language)
    return of_it[0] if of_it else None


def is_name(text: str) -> bool:
    """Whether it has a locale's form, such as en-GB: nothing else is repeated in a log."""
    return _NAME.fullmatch(text) is not None


@cache
def differences(name: str) -> Differences:
    """In what a locale differs from the text that it shares."""
    path = FOLDER / "differences" / f"{name}.yaml"
    return Differences(**_read(path)) if path.is_file() else Differences(name)


def text_of(name: str, folder: str = "") -> Any:
    """A locale's text of a folder ("" for what the coach says), its differences applied."""
    return differences(name).applied(common_text(name, folder))


def common_text(name: str, folder: str = "") -> Any:
    """The text of a folder that a locale shares.

    Raises UnknownLocale: there is no such locale; the message names those that are there.
    """
    if name not in known():
        raise UnknownLocale(f"No words for {name}; there are {', '.join(sorted(known()))}")
    text = _read((FOLDER / folder if folder else FOLDER) / f"{known()[name]}.yaml")
    if folder:
        return text
    return {**text, "words": {**text["words"], "numbers": numbers(name), "plurals": plurals(name)}}


@cache
def numbers(name: str) -> list[str]:
    """The numbers from 0 on in a locale's words, as Unicode's data (CLDR) spells them."""
    from unicode_rbnf import RbnfEngine  # a package that was built brings them, too

    engine = RbnfEngine.for_language(_language(name))
    # Without the hyphens that show only where a line breaks.
    return [engine.format_number(each).text.replace("\u00ad", "") for each in range(NUMBERS)]


@cache
def plurals(name: str) -> tuple[str, ...]:
    """The plural category of each number in a locale's language ("one", "few", "many", "other"), by CLDR's rules."""
    from unicode_rbnf.plural_rules import get_plural_category

    return tuple(get_plural_category(_language(name), each) for each in range(PLURALS))


def _read(path: Any) -> Any:
    import yaml  # a package that was built brings its words, and starts without

    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _names(folder: str) -> list[str]:
    place = FOLDER / folder if folder else FOLDER
    return sorted(each.name.removesuffix(".yaml") for each in place.iterdir() if each.name.endswith(".yaml"))


def _language(name: str) -> str:
    return name.partition("-")[0]
