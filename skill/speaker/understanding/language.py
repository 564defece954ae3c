"""Spoken language made comparable: the same tuple of words whether typed, recognised or read from the model.

Alexa does this before a skill is called; on the trainee's own machine the speaker has to.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from unicode_rbnf import RbnfEngine

Words = tuple[str, ...]

_NO_WORD = re.compile(r"(?:[^\w' ]|_)+")
_FRACTION = re.compile(r"(?<![\d.,])(\d+)[.,](\d+)(?![.,]?\d)")
"""It becomes a word that nobody knows: "1.3 kilos" are no one and three."""
# Keyboards, dictations and old typewriters write an apostrophe in many ways.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4\u2032`", "'"))


@dataclass(frozen=True)
class Replacements:
    """Phrases and what stands for them; `lengths` are those of the phrases that begin with a word, longest first."""

    by: Mapping[Words, Words]

    @cached_property
    def lengths(self) -> Mapping[str, list[int]]:
        """The lengths by the first word."""
        found: dict[str, set[int]] = {}
        for phrase in self.by:
            found.setdefault(phrase[0], set()).add(len(phrase))
        return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}


@dataclass(frozen=True)
class Language:
    """One locale's way of writing things down; `settings` is its YAML file, words already split.

    `accented` has the words that some keyboards write in plain letters ("ruecken"), as they are spelt.
    `idle` are the fillers that make nothing doubtful ("well", but not "maybe"); `polite` says nothing, though it has
    the words of a condition ("if that's ok"); `no_leg` names none, though it has the word ("right then").
    """

    locale: str
    settings: Mapping[str, Any]
    accented: Mapping[str, str]
    rewrites: Replacements
    fillers: frozenset[Words]
    idle: frozenset[Words]
    polite: frozenset[Words]
    no_leg: frozenset[Words]
    negations: frozenset[str]
    numbers: Mapping[Words, int]
    digits: Mapping[str, Words]

    def words(self, text: str) -> Words:
        """What was said in one spelling, and of two numbers of which one is denied the other alone."""
        return self._without_denied_number(self._spelt(text))

    def denies_a_number(self, text: str) -> bool:
        """Whether a number is denied beside the one that is meant ("twelve, not thirteen")."""
        spelt = self._spelt(text)
        return self._without_denied_number(spelt) != spelt

    def _spelt(self, text: str) -> Words:
        """What was said in one spelling: lower case, no punctuation, contractions joined."""
        straight = text.translate(_APOSTROPHES)  # before NFKC, which makes a space and an accent of some
        plain = unicodedata.normalize("NFKC", straight).lower()
        words = _NO_WORD.sub(" ", _FRACTION.sub(r"\1point\2", plain)).split()
        accented = tuple(self.accented.get(word, word) for word in words)
        return self._one_off(_replaced(accented, self.rewrites))

    def _without_denied_number(self, words: Words) -> Words:
        """The same without a number that is denied beside the one that is meant ("twelve, not thirteen")."""
        for at, word in enumerate(words):
            found = self.number_at(words, at + 1) if word == self.settings["denies_number"] else None
            if found is None:
                continue
            rest = (*words[:at], *words[at + 1 + found[0] :])
            if any(self.number_at(rest, start) for start in range(len(rest))):
                return rest
        return words

    @cached_property
    def _one_off_phrases(self) -> tuple[tuple[Words, int], ...]:
        """What is said before a number, and what it adds to it."""
        told = (("less", -1), ("more", 1))
        return tuple(
            (tuple(each.split()), by) for name, by in told for each in self.settings["one_off"][name]
        )

    def _one_off(self, words: Words) -> Words:
        """The same with the number that is meant: "just shy of fifteen" is fourteen."""
        told = self.settings["one_off"]
        for phrase, by in self._one_off_phrases:
            if phrase[0] not in words:
                continue
            for at in range(len(words) - len(phrase)):
                start = at + len(phrase)
                found = self.number_at(words, start) if words[at:start] == phrase else None
                if found is None or found[1] + by not in range(1, _MOST_OFF):
                    continue
                rest = words[start + found[0] :]
                if {*rest[:1]}.isdisjoint(told["not_before"]):
                    return (*words[:at], *self.digits[str(found[1] + by)], *rest)
        return words

    def in_words(self, words: Words) -> Words:
        """The same with its digits written out, as they are said."""
        return tuple(part for word in words for part in self.digits.get(word, (word,)))

    def without_fillers(self, words: Words) -> Words:
        """The same without what is said while thinking or out of politeness."""
        return self.without(words, self.fillers)

    @staticmethod
    def without(words: Words, phrases: frozenset[Words]) -> Words:
        """The same without these phrases."""
        return _replaced(words, _to_nothing(phrases))

    def fillers_at_the_head(self, words: Words) -> int:
        """With how many words that mean nothing it begins."""
        at = 0
        while length := next(
            (n for n in range(len(words) - at, 0, -1) if words[at : at + n] in self.fillers), 0
        ):
            at += length
        return at

    def taken_back(self, words: Words) -> Iterator[tuple[Words, Words]]:
        """What stands before and after each of the words that take something back ("no wait")."""
        for between in self._takes_back:
            if between[0] in words:
                for at in range(1, len(words) - len(between)):
                    if words[at : at + len(between)] == between:
                        yield words[:at], words[at + len(between) :]

    @cached_property
    def _takes_back(self) -> tuple[Words, ...]:
        return tuple(tuple(phrase.split()) for phrase in self.settings["takes_back"])

    def denies(self, words: Words) -> bool:
        """Whether the sentence says no; a "no" in front of it is an answer, not a denial."""
        rest = words[1:] if words[:1] == (self.settings["answers_no"],) and len(words) > 1 else words
        return any(word in self.negations for word in rest)

    @staticmethod
    def begins_with(words: Words, phrases: Iterable[str]) -> bool:
        """Whether a sentence begins with one of these."""
        return any(words[: len(each.split())] == tuple(each.split()) for each in phrases)

    def has_a_number(self, words: Words) -> bool:
        """Whether a number is told anywhere, also as the how-manieth it was."""
        return not self._also_numbers.isdisjoint(words) or any(
            self.number_at(words, at) is not None for at in range(len(words))
        )

    @cached_property
    def _also_numbers(self) -> frozenset[str]:
        told = (*self.settings.get("ordinals", ()), *self.settings["also_one"])
        return frozenset(word for phrase in told for word in phrase.split())

    def counts_along(self, words: Words) -> bool:
        """Whether it is nothing but three numbers or more, each one more than the last: somebody counts along."""
        numbers, at = [], 0
        while at < len(words):
            if (found := self.number_at(words, at)) is None:
                return False
            numbers.append(found[1])
            at += found[0]
        return len(numbers) > 2 and numbers == [*range(numbers[0], numbers[0] + len(numbers))]

    def number_at(self, words: Words, start: int) -> tuple[int, int] | None:
        """The longest number said from `start` on: how many words, and its value."""
        if start < len(words) and re.fullmatch(r"\d{1,4}", words[start]):
            return 1, int(words[start])
        for length in range(min(_LONGEST_NUMBER, len(words) - start), 0, -1):
            value = self.numbers.get(words[start : start + length])
            if value is not None:
                return length, value
        return None


_LONGEST_NUMBER = 5
_MOST_OFF = 100


def read(folder: str, locale: str) -> Any:
    """A locale's YAML file of a folder.

    Raises:
        FileNotFoundError: the speaker does not hear this language.
    """
    return yaml.load(
        file_of(folder, locale, "yaml").read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


def file_of(folder: str, locale: str, ending: str) -> Traversable:
    """A locale's file of a folder, be it there or not; one of its language serves all who speak it, in any country."""
    names = sorted(each.name for each in files(__package__).joinpath(folder).iterdir())
    own, language = f"{locale}.{ending}", locale.partition("-")[0]
    found = own if own in names else next((each for each in names if each.startswith(f"{language}-")), own)
    return files(__package__).joinpath(folder, found)


@lru_cache
def load(locale: str = "en-US") -> Language:
    """Read the language's file of `words/`.

    Raises:
        FileNotFoundError: the speaker does not hear this language.
    """
    settings = read("words", locale)
    rewrites = Replacements(
        {tuple(old.split()): tuple(new.split()) for old, new in settings["rewrites"].items()}
    )
    numbers = dict(_numbers(locale, settings["numbers"]))
    return Language(
        locale=locale,
        settings=settings,
        accented=dict(_accented(settings["plain_letters"])),
        rewrites=rewrites,
        fillers=_phrases(settings["fillers"]),
        idle=_phrases(settings["exact_only"]["fillers"]),
        polite=_phrases(settings["clauses"]["polite"]),
        no_leg=_phrases(settings["likeness"]["no_leg"]),
        negations=frozenset(settings["negations"]),
        numbers=numbers,
        digits={str(value): said for said, value in reversed([*numbers.items()])},
    )


def _phrases(settings: Iterable[str]) -> frozenset[Words]:
    return frozenset(tuple(phrase.split()) for phrase in settings)


def is_heard(locale: str) -> bool:
    """Whether the recognisers at home know this language."""
    return load(locale).settings.get("is_heard") is True


def _accented(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    letters = str.maketrans(settings["letters"])
    return ((word.translate(letters), word) for word in settings["words"].split())


def _replaced(words: Words, replacements: Replacements) -> Words:
    """Replace word sequences from left to right, the longest first, once."""
    out: list[str] = []
    at = 0
    while at < len(words):
        for length in replacements.lengths.get(words[at], ()):
            new = replacements.by.get(words[at : at + length])
            if new is not None:
                out.extend(new)
                at += length
                break
        else:
            out.append(words[at])
            at += 1
    return tuple(out)


@lru_cache(maxsize=64)
def _to_nothing(phrases: frozenset[Words]) -> Replacements:
    return Replacements(dict.fromkeys(phrases, ()))


def _numbers(locale: str, settings: Mapping[str, Any]) -> Iterator[tuple[Words, int]]:
    """Every way to say 0 to 999 that people use: as CLDR spells it, and as the locale adds to it."""
    engine = RbnfEngine.for_language(locale.partition("-")[0])
    for value in range(1000):
        spelt = engine.format_number(value).text.replace("\u00ad", "").replace("-", " ").lower()
        for old, new in (("", ""), *settings["also"]):
            yield tuple(spelt.replace(old, new, 1).split()), value
    for phrase, value in settings["phrases"].items():
        yield tuple(phrase.split()), value
