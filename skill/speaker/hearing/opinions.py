"""What two recognisers heard of one utterance, what each thinks of the other, and how sure is sure enough."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from skill.speaker.model import FALLBACK
from skill.speaker.understand import Understood, understand

_MORE_WORDS = 2


@dataclass(frozen=True)
class Needed:
    """How likely whisper must find the grammar's sentence, and how far `behind` its own sentence that may stay.

    Where a guess of its own sounds `alike`, less is likely enough, but it must stay less behind.
    """

    likely: float
    behind: float
    alike: float
    likely_if_alike: float
    behind_if_alike: float


@dataclass(frozen=True)
class NeededOfPain:
    """What pain, a warning sign or a stop needs that neither heard, but that sounds like what whisper wrote.

    `alike` and `fits` as in `Needed` and `Agreement`; at least so many `phones` and two words, for "fell" sounds like
    much; at most `longest` words were said, for talk is longer. Of the sentences that sound alike, the `nearest` few
    are asked for.
    """

    alike: float
    likely: float
    behind: float
    fits: float
    phones: int
    longest: int
    nearest: int


@dataclass(frozen=True)
class Agreement:
    """The thresholds, as `thresholds.yaml` gives and explains them."""

    plain: Needed
    with_slots: Needed
    protective: Needed
    protective_intents: tuple[str, ...]
    sounds_protective: NeededOfPain
    few_words: int
    fits: float
    one_word_fits: float
    one_word_guesses: int
    perhaps: float

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Agreement":
        """The thresholds from their YAML."""
        pairs = {name: Needed(**written[name]) for name in ("plain", "with_slots", "protective")}
        sounds = NeededOfPain(**written["sounds_protective"])
        return cls(**{**written, **pairs, "sounds_protective": sounds})


def _none(text: str) -> Mapping[str, float]:
    """No sentence of pain sounds like it."""
    return {}


@dataclass(frozen=True)
class Opinions:
    """What both heard, and what each thinks of a sentence.

    `likelihood` is the free recogniser's; `fit` is how much better a sentence fits the sound than the grammar's own
    (a second), None where it does not fit at all; `alike` is how alike two sentences sound (1: the same); `protective`
    are the sentences of pain, warning signs and stop that sound like a text, and how alike.
    """

    free: Sequence[str]
    grammar: str
    likelihood: Callable[[str], float]
    fit: Callable[[str], float | None]
    alike: Callable[[str, str], float]
    protective: Callable[[str], Mapping[str, float]] = _none
    locale: str = "en-US"


@dataclass(frozen=True)
class Verdict:
    """`command`: act on it. `perhaps`: it may have been one, ask again. `talk`: not for the coach.

    `guesses` is all that may have been said instead of `text`, likeliest first.
    """

    kind: Literal["command", "perhaps", "talk"]
    text: str
    understood: Understood
    guesses: Sequence[str] = ()


Guess = tuple[str, Understood]


class Case:
    """One utterance: what each heard, as commands. `guesses` are whisper's, likeliest first."""

    def __init__(self, opinions: Opinions, by: Agreement) -> None:
        self.opinions, self.by = opinions, by
        self.guesses: list[Guess] = [(text, understand(text, opinions.locale)) for text in opinions.free]
        self.written = next((each for each in self.guesses if each[1].intent != FALLBACK), None)
        found = understand(opinions.grammar, opinions.locale)
        self.by_grammar: Guess | None = (opinions.grammar, found) if found.score == 1.0 else None

    @cached_property
    def likelihood(self) -> float:
        """How likely whisper finds the grammar's sentence; never, where it is a mere beginning of what was said."""
        if self.by_grammar is None or self._goes_on:
            return -math.inf
        return self.opinions.likelihood(self.opinions.grammar)

    @cached_property
    def behind(self) -> float:
        """How much likelier whisper finds its own first guess: in noise nothing is likely, and this stays small."""
        own = self.opinions.likelihood(self.opinions.free[0]) if self.opinions.free else -math.inf
        return own - self.likelihood

    @cached_property
    def alike(self) -> float:
        """How much the grammar's sentence sounds like the nearest of whisper's guesses."""
        return max(
            (self.opinions.alike(self.opinions.grammar, text) for text, _ in self.guesses), default=0.0
        )

    def protects(self, understood: Understood) -> bool:
        """Whether it is pain, a warning sign or a stop."""
        return understood.intent in self.by.protective_intents

    @property
    def _goes_on(self) -> bool:
        """Whether more was said than the grammar's sentence: every beginning of what was said is likely in itself."""
        free, grammar = self.opinions.free, self.opinions.grammar
        return bool(free) and len(free[0].split()) - len(grammar.split()) > _MORE_WORDS
