"""Two recognisers, one verdict: a command is acted on only where they bear each other out.

One knows the grammar and hears a command in everything; the other knows English and mishears "glute". Each is asked
what it heard, and then what it thinks of the other's sentence. Pain and stop are taken from one alone.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from skill.speaker.hearing.meaning import same, values
from skill.speaker.model import FALLBACK, LAUNCH
from skill.speaker.understand import WITHOUT_FILLERS, Understood, understand

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
class Agreement:
    """The thresholds, as `thresholds.yaml` gives and explains them."""

    plain: Needed
    with_slots: Needed
    protective: Needed
    protective_intents: tuple[str, ...]
    fits: float
    one_word_fits: float
    one_word_guesses: int
    perhaps: float

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Agreement":
        """The thresholds from their YAML."""
        pairs = {name: Needed(**written[name]) for name in ("plain", "with_slots", "protective")}
        return cls(**{**written, **pairs})


@dataclass(frozen=True)
class Opinions:
    """What both heard, and what each thinks of a sentence.

    `likelihood` is the free recogniser's; `fit` is how much better a sentence fits the sound than the grammar's own
    (a second), None where it does not fit at all; `alike` is how alike two sentences sound (1: the same).
    """

    free: Sequence[str]
    grammar: str
    likelihood: Callable[[str], float]
    fit: Callable[[str], float | None]
    alike: Callable[[str, str], float]
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


def judged(opinions: Opinions, by: Agreement) -> Verdict:
    """Decide what was said, if it was a command at all. The first rule that finds one decides."""
    case = _Case(opinions, by)
    for rule in _RULES:
        found = rule(case)
        if found is not None:
            return Verdict("command", *found)
    is_perhaps = case.written is not None or case.likelihood >= by.perhaps
    text = opinions.free[0] if opinions.free else ""
    kind: Literal["perhaps", "talk"] = "perhaps" if is_perhaps else "talk"
    return Verdict(kind, text, Understood(FALLBACK, {}, 0.0), opinions.free)


_Guess = tuple[str, Understood]


class _Case:
    """One utterance: what each heard, as commands. `guesses` are whisper's, likeliest first."""

    def __init__(self, opinions: Opinions, by: Agreement) -> None:
        self.opinions, self.by = opinions, by
        self.guesses: list[_Guess] = [(text, understand(text, opinions.locale)) for text in opinions.free]
        self.written = next((each for each in self.guesses if each[1].intent != FALLBACK), None)
        found = understand(opinions.grammar, opinions.locale)
        self.by_grammar: _Guess | None = (opinions.grammar, found) if found.score == 1.0 else None

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


def _pain_at_the_head(case: _Case) -> _Guess | None:
    """Pain or stop is what whisper heard first of all, even if only nearly in known words."""
    head = next(iter(case.guesses), None)
    return head if head is not None and case.protects(head[1]) else None


def _both(case: _Case) -> _Guess | None:
    """Both heard the same command."""
    if case.by_grammar and case.written and same(case.written[1], case.by_grammar[1]):
        return case.by_grammar
    return None


def _pain_among_the_guesses(case: _Case) -> _Guess | None:
    """Pain or stop, word for word, is one of the things that whisper may have heard."""
    return next((each for each in case.guesses if case.protects(each[1]) and each[1].score == 1.0), None)


def _written_alone(case: _Case) -> _Guess | None:
    """Whisper's likeliest command, word for word and of more than one word, and the sound bears it out.

    A nearly known sentence is too little ("I can do any more"): then the grammar must have heard the same. So it must
    for a number, a colour or a launch, if the sound does not run through the sentence: whisper writes its own hint
    now and then.
    """
    if case.written is None or not _is_whole(case.written):
        return None
    better = case.opinions.fit(case.written[0])
    if better is None:
        heard = case.written[1]
        is_plain = case.by_grammar is None and heard.intent != LAUNCH and not values(heard)
        return case.written if is_plain else None
    return case.written if better >= case.by.fits else None


def _guessed_too(case: _Case) -> _Guess | None:
    """The grammar's command is among whisper's guesses."""
    found = case.by_grammar
    return found if found and any(same(heard, found[1]) for _, heard in case.guesses) else None


def _grammar_alone(case: _Case) -> _Guess | None:
    """Whisper finds the grammar's command likely, or nearly as likely as what it wrote, which sounds like it.

    Never where whisper heard another command, unless it is pain or a stop, whose miss costs most.
    """
    if case.by_grammar is None:
        return None
    heard = case.by_grammar[1]
    if case.protects(heard):
        needed = case.by.protective
    elif case.written is not None:
        return None
    else:
        needed = case.by.with_slots if values(heard) else case.by.plain
    return case.by_grammar if _is_likely(case, needed) else None


def _is_likely(case: _Case, needed: Needed) -> bool:
    if case.likelihood >= needed.likely:
        return case.behind <= needed.behind
    return (
        case.likelihood >= needed.likely_if_alike
        and case.behind <= needed.behind_if_alike
        and case.alike >= needed.alike
    )


def _best_guess(case: _Case) -> _Guess | None:
    """Another of whisper's guesses is a command word for word, and the sound bears it out best of all."""
    fits = ((case.opinions.fit(each[0]), each) for each in case.guesses if _is_whole(each))
    found = [(better, each) for better, each in fits if better is not None and better >= case.by.fits]
    return max(found, key=lambda one: one[0])[1] if found else None


def _one_word(case: _Case) -> _Guess | None:
    """A single word that nearly every guess repeats, where the grammar heard nothing whole ("Go" for "help")."""
    head = next(iter(case.guesses), None)
    if head is None or case.by_grammar or head[1].score < 1.0 or len(head[0].split()) > 1:
        return None
    if sum(same(heard, head[1]) for _, heard in case.guesses) < case.by.one_word_guesses:
        return None
    better = case.opinions.fit(head[0])
    return head if better is not None and better >= case.by.one_word_fits else None


_RULES = (
    _pain_at_the_head,
    _both,
    _pain_among_the_guesses,
    _written_alone,
    _guessed_too,
    _grammar_alone,
    _best_guess,
    _one_word,
)


def _is_whole(guess: _Guess) -> bool:
    """A command of more than one word, word for word but for fillers ("so", "please")."""
    text, heard = guess
    if heard.intent == FALLBACK or heard.score < WITHOUT_FILLERS:
        return False
    return len(text.split()) > (1 if heard.score == 1.0 else 2)
