"""How alike two sentences sound, phone by phone: what whisper misspells still sounds like what was said.

"Let's do layer grazes" is no command and is spelt like none, yet it sounds like "let's do leg raises" and like
nothing else that the trainee may say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from skill.speaker.understanding.language import Language

Pronounce = Callable[[str], str | None]
"""The phones of a word in ARPAbet, apart by spaces; None for a word that no dictionary has."""

Phones = Sequence[str]


@dataclass(frozen=True)
class Costs:
    """What a difference costs, from 0 (none) to 1; `families` are phones that are easily taken for each other."""

    missing: float
    within_vowels: float
    within_pairs: float
    within_families: float
    vowels: str
    pairs: tuple[str, ...]
    families: tuple[str, ...]


class Likeness:
    """Compares sentences by their phones."""

    def __init__(self, language: Language, pronounce: Pronounce, costs: Mapping[str, object]) -> None:
        self._language = language
        self._pronounce = lru_cache(maxsize=10_000)(pronounce)
        self._letters: Mapping[str, str] = language.settings["letters"]
        self._costs = msgspec.convert(costs, Costs)
        self._apart = lru_cache(maxsize=None)(self._difference)

    def __call__(self, one: str, other: str) -> float:
        """1 where both are said alike, 0 where they have nothing in common."""
        first, second = self.phones(one), self.phones(other)
        if not first or not second:
            return 0.0
        return 1 - self._distance(first, second) / max(len(first), len(second))

    def phones(self, text: str) -> Phones:
        """The sentence in phones; a word that is in no dictionary is read letter by letter."""
        words = self._language.in_words(self._language.words(text))
        return [phone for word in words for phone in self._word(word)]

    def length(self, text: str) -> int:
        """How many phones it takes to say."""
        return len(self.phones(text))

    def _word(self, word: str) -> Phones:
        known = self._pronounce(word)
        if known is not None:
            return known.split()
        return [self._letters[letter] for letter in word if letter in self._letters]

    @cached_property
    def _kinds(self) -> Mapping[str, int]:
        costs = self._costs
        groups = enumerate((*costs.pairs, *costs.families, costs.vowels))
        found: dict[str, int] = {}
        for kind, phone in ((kind, phone) for kind, group in groups for phone in group.split()):
            found.setdefault(phone, kind)
        return found

    @property
    def kinds(self) -> int:
        """How many kinds of phones there are."""
        return len(self._costs.pairs) + len(self._costs.families) + 1

    def kind(self, phone: str) -> int:
        """Phones of one kind are easily taken for each other."""
        return self._kinds[phone]

    def _distance(self, first: Phones, second: Phones) -> float:
        """The edit distance, weighted by how different the phones are."""
        missing = self._costs.missing
        row = [place * missing for place in range(len(second) + 1)]
        for phone in first:
            reached = [row[0] + missing]
            for at, other in enumerate(second):
                instead = row[at] + self._apart(phone, other)
                reached.append(min(instead, row[at + 1] + missing, reached[-1] + missing))
            row = reached
        return row[-1]

    def _difference(self, one: str, other: str) -> float:
        costs = self._costs
        if one == other:
            return 0.0
        for groups, cost in (
            ((costs.vowels,), costs.within_vowels),
            (costs.pairs, costs.within_pairs),
            (costs.families, costs.within_families),
        ):
            if any(one in group.split() and other in group.split() for group in groups):
                return cost
        return 1.0
