"""What two recognisers heard of one utterance, what each thinks of the other, and how sure is sure enough."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from skill.speaker.conversation.ears import Expected
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.meaning import same, values
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Language, Words
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import WITHOUT_FILLERS, Understood, by_its_words

_PHONES_OF_A_WORD = 3


Weighed = tuple[str, float]
"""A sentence and how probable the free recogniser finds it, from 0 to 1."""


def _none(text: str) -> Mapping[str, float]:
    """No known sentence sounds like it."""
    return {}


def nobody(texts: Sequence[str]) -> Sequence[float]:
    """No second free recogniser is there."""
    return [math.inf] * len(texts)


def _length(text: str) -> int:
    """Roughly the phones of a text."""
    return _PHONES_OF_A_WORD * len(text.split())


@dataclass(frozen=True)
class Opinions:
    """What both heard, and what each thinks of a sentence.

    `likelihood` is the free recogniser's; `fit` is how much better a sentence fits the sound than the grammar's own
    (a second), None where it does not fit at all; `alike` is how alike two sentences sound (1: the same); `protective`
    are the sentences of pain, warning signs and stop that sound like a text, and how alike; `length` counts phones.
    Where a number is awaited, `awaited` is what the free recogniser writes after a hint of such answers, each with its
    probability. While the coach counts, `interruption` is what it writes after a hint of what breaks in; it is only
    asked for where nothing else was found. `other` is what a second free recogniser writes that gets no hint, and
    `numbers` how probable it finds each number alone, where one is awaited; `probed` is the same by what reads only the
    sound (`probe.py`); `other_behind` how far it finds sentences behind what it wrote itself (the mean of a token's
    logarithm). None of these, where it is not installed. `known` are the other commands that sound like a text, and how
    alike.
    """

    free: Sequence[str]
    grammar: str
    likelihood: Callable[[str], float]
    fit: Callable[[str], float | None]
    alike: Callable[[str, str], float]
    protective: Callable[[str], Mapping[str, float]] = _none
    length: Callable[[str], int] = _length
    locale: str = "en-US"
    awaited: Sequence[Weighed] = ()
    interruption: Callable[[], Sequence[Weighed]] = tuple
    other: Callable[[], Sequence[Weighed]] = tuple
    numbers: Mapping[int, float] = field(default_factory=dict)
    probed: Mapping[int, float] = field(default_factory=dict)
    known: Callable[[str], Mapping[str, float]] = _none
    other_behind: Callable[[Sequence[str]], Sequence[float]] = nobody


@dataclass(frozen=True)
class Verdict:
    """`command`: act on it. `perhaps`: it may have been one, ask again. `talk`: not for the coach.

    `guesses` is all that may have been said instead of `text`, likeliest first.
    """

    kind: Literal["command", "perhaps", "talk"]
    text: str
    understood: Understood
    guesses: Sequence[str] = ()


class Recognise(Protocol):
    """Turns an utterance into a verdict."""

    def __call__(self, pcm: bytes, expected: Expected = "", /) -> Verdict:
        """What 16 kHz 16-bit mono audio says to a coach who waits for what is `expected`."""


Guess = tuple[str, Understood]


def as_sentence(text: str) -> str:
    """The words as English is written, but without a mark at the end: a capital, "I"."""
    words = ["I" + word[1:] if word == "i" or word.startswith("i'") else word for word in text.split()]
    sentence = " ".join(words).rstrip(".,!?")
    return sentence[:1].upper() + sentence[1:]


class Case:
    """One utterance: what each heard, as commands.

    `guesses` are whisper's, likeliest first, but for mere beginnings of the first: "that was easy" to assemble.
    """

    def __init__(self, opinions: Opinions, by: Agreement) -> None:
        self.opinions, self.by = opinions, by
        found = ((text, by_its_words(text, opinions.locale)) for text in opinions.free)
        self.guesses: list[Guess] = [
            each for each in found if self._is_said_whole(each[1]) or not self.begins_the_first(each[0])
        ]
        self.written = next((each for each in self.guesses if each[1].intent != FALLBACK), None)
        heard = by_its_words(opinions.grammar, opinions.locale)
        is_whole = heard.intent != FALLBACK and heard.score >= WITHOUT_FILLERS
        self.by_grammar: Guess | None = (opinions.grammar, heard) if is_whole else None

    @cached_property
    def other(self) -> list[Guess]:
        """What the second free recogniser may have heard, likeliest first."""
        return [(text, by_its_words(text, self.opinions.locale)) for text, _ in self.opinions.other()]

    def by_the_other(self, understood: Understood) -> float:
        """How probable the second free recogniser finds what means this, word for word."""
        heard = zip(self.other, self.opinions.other(), strict=True)
        return sum(
            probable
            for (_, other), (_, probable) in heard
            if other.score >= WITHOUT_FILLERS and same(other, understood)
        )

    @cached_property
    def likelihood(self) -> float:
        """How likely whisper finds the grammar's sentence; never, where it is a mere beginning of what was said.

        With its fillers or without: which of them was said hardly matters ("um only ten": "At only ten").
        """
        if self.by_grammar is None or self._goes_on:
            return -math.inf
        return max(self.opinions.likelihood(each) for each in self._with_and_without_fillers)

    @cached_property
    def behind(self) -> float:
        """How much likelier whisper finds its own first guess: in noise nothing is likely, and this stays small."""
        own = self.opinions.likelihood(self.opinions.free[0]) if self.opinions.free else -math.inf
        return own - self.likelihood

    @cached_property
    def alike(self) -> float:
        """How much the grammar's sentence sounds like the nearest of whisper's guesses."""
        return max(
            (
                self.opinions.alike(each, text)
                for text, _ in self.guesses
                for each in self._with_and_without_fillers
            ),
            default=0.0,
        )

    @property
    def _with_and_without_fillers(self) -> set[str]:
        grammar = self.opinions.grammar
        return {grammar, " ".join(self._plainly(grammar)) or grammar}

    def is_guessed(self, guess: Guess, only_first: bool = False) -> bool:
        """Whether it is among whisper's guesses, or the first of them that is anything.

        One that is only nearly so, with a word that is mended ("I baught a blue band"), counts if whisper is not much
        surer of what it wrote.
        """
        guesses = (self.written,) if only_first else self.guesses
        alike = [each for each in guesses if each is not None and same(each[1], guess[1])]
        if any(heard.score >= WITHOUT_FILLERS for _, heard in alike):
            return True
        return bool(alike) and self.behind <= self.by.plain.behind

    def rival(self, guess: Guess) -> Guess | None:
        """Another number or colour that was as likely said as this one; pain in another place is pain all the same.

        A guess of the same intent with other values, or for a number that hardly anybody does the one that is heard as
        it ("fourteen", forty): whisper finds it hardly less likely, and it fits the sound as well.
        """
        text, heard = guess
        if self.protects(heard):
            return None
        for each in (*self._other_values(heard), *self._heard_as(text)):
            own, fits = self.opinions.fit(text), self.opinions.fit(each[0])
            is_as_fit = fits is not None and (own is None or fits >= own)
            behind = self.opinions.likelihood(text) - self.opinions.likelihood(each[0])
            if is_as_fit and behind <= self.by.rival_behind:
                return each
        return None

    def has_rival(self, guess: Guess) -> bool:
        """Whether a number of its own sounds like another one that is likelier to be meant ("forty")."""
        return any(self._heard_as(guess[0]))

    def is_hint(self, text: str) -> bool:
        """Whether it is a sentence of whisper's hint, which it writes now and then where nobody said it."""
        hint = f" {' '.join(self._words(self._language.settings['hint']))} "
        return f" {' '.join(self._words(text))} " in hint

    def is_too_late(self, guess: Guess) -> bool:
        """Whether it is one of whisper's later guesses and changes the workout or relaxes a safeguard.

        By whisper alone such a guess was seldom said: "I do" after "I didn't", "okay, good" after "very good".
        """
        settings = self._language.settings
        changes = (*settings["exact_only"]["intents"], *settings["likeness"]["acts"])
        return guess[0] != self.opinions.free[0] and guess[1].intent in changes

    @property
    def is_perhaps_written(self) -> bool:
        """Whether whisper wrote a command, but for what is talk where nothing else bears it out ("Glute")."""
        return self.written is not None and self.written[1].intent not in self.by.talk_alone

    def protects(self, understood: Understood) -> bool:
        """Whether it is pain, a warning sign or a stop."""
        return understood.intent in self.by.protective_intents

    def is_too_unsure(self, guess: Guess) -> bool:
        """Whether it would open a hold or delete, and is not the first thing that whisper wrote, word for word."""
        if guess[1].intent not in self.by.opening_intents:
            return False
        first = self.guesses[0][1] if self.guesses else None
        return first is None or first.score < WITHOUT_FILLERS or not same(first, guess[1])

    def _is_said_whole(self, understood: Understood) -> bool:
        """Whether it is pain or a stop word for word, which counts even where more follows ("stop the car")."""
        return self.protects(understood) and understood.score == 1.0

    @property
    def _goes_on(self) -> bool:
        """Whether more was said than the grammar's sentence: every beginning of what was said is likely in itself.

        It is much longer to say, or word for word the same with a word more ("what was that noise").
        """
        if not self.opinions.free:
            return False
        free, grammar = self.opinions.free[0], self.opinions.grammar
        if self.opinions.length(free) - self.opinions.length(grammar) > self.by.goes_on:
            return True
        return self.begins_the_first(grammar)

    def begins_the_first(self, text: str) -> bool:
        """Whether whisper's first guess goes on after these words, fillers apart."""
        first, words = self._plainly(self.opinions.free[0]), self._plainly(text)
        return len(first) > len(words) and first[: len(words)] == words

    def _other_values(self, own: Understood) -> Iterator[Guess]:
        """What else was heard of the same intent, whole, with another value in the same places."""
        for text, heard in (*self.guesses, *filter(None, (self.by_grammar,))):
            is_whole = heard.intent == own.intent and heard.score >= WITHOUT_FILLERS
            is_another = values(heard) != values(own) and values(heard).keys() == values(own).keys()
            if is_whole and is_another:
                yield text, heard

    def _heard_as(self, text: str) -> Iterator[Guess]:
        """The same sentence with the number that is heard as the one in it."""
        heard_as, words = self._language.settings["heard_as"], self._words(text)
        if any(word in heard_as for word in words):
            rival = " ".join(heard_as.get(word, word) for word in words)
            yield rival, by_its_words(rival, self.opinions.locale)

    @property
    def _language(self) -> Language:
        return models.load(self.opinions.locale).language

    def _words(self, text: str) -> Words:
        return self._language.in_words(self._language.words(text))

    def _plainly(self, text: str) -> Words:
        """Its words without fillers."""
        return self._language.without_fillers(self._words(text))
