"""The recognisers at work on one utterance."""

import ctypes
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from skill.speaker.conversation.ears import Expected
from skill.speaker.hearing import awaited, grammar, moonshine, nearest, protective
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import at_once, judged
from skill.speaker.hearing.moonshine import Clip, Moonshine
from skill.speaker.hearing.opinions import Opinions, Verdict, Weighed, nobody
from skill.speaker.hearing.probe import Probe
from skill.speaker.hearing.sound_alikes import Likeness
from skill.speaker.hearing.sphinx import GrammarRecogniser
from skill.speaker.hearing.whisper import FreeRecogniser, Listening
from skill.speaker.understanding import model as models
from skill.speaker.understanding.understand import prepare

_MOST_REPS: Final = 60


@lru_cache
def thresholds() -> Mapping[str, Any]:
    """`thresholds.yaml`, read once."""
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("thresholds.yaml").read_text("utf-8"))
    return loaded


class Recogniser:
    """Turns an utterance into a verdict. Loading takes some seconds; streams that share it take turns."""

    def __init__(self, locale: str = "en-US") -> None:
        """Raises ValueError where the locale's grammar has a word nobody can pronounce."""
        model = models.load(locale)
        settings = model.language.settings
        self._locale = locale
        self._agreement = Agreement.of(thresholds()["agreement"])
        self._grammar = GrammarRecogniser(grammar.compiled(model), settings["pronunciations"])
        self._alike = Likeness(model.language, self._grammar.phones, thresholds()["alike"])
        self._protective = nearest.of_pain_and_stop(model, self._alike, self._agreement)
        hints: dict[Expected, str] = {
            "number": settings["number_hint"],
            "interruption": settings["interruption_hint"],
        }
        self._known = nearest.of_commands(model, self._alike, self._agreement)
        self._free = FreeRecogniser(settings["hint"], settings["rare_words"], hints)
        self._other = Moonshine(spelt_numbers(locale)) if moonshine.is_installed() else None
        self._probe = Probe() if self._other else None
        self._turn = threading.Lock()
        prepare(locale, likens=False)
        _give_back()

    def __call__(self, pcm: bytes, expected: Expected = "", /) -> Verdict:
        """What 16 kHz 16-bit mono audio says to a coach who waits for what is `expected`.

        What stops a set is looked for first: pain or a stop that whisper wrote word for word needs no second
        recogniser, and the other one takes most of the time. Before all, a number that is awaited and said for certain.
        """
        with self._turn:
            other = self._other(pcm) if self._other else None
            numbers = other.numbers if other and expected == "number" else {}
            number = awaited.outright(numbers, self._agreement, self._locale)
            if number is not None:
                return Verdict("command", *number)
            heard = self._free(pcm)
            stops = protective.outright(heard.texts, self._agreement, self._locale)
            if stops is not None:
                return Verdict("command", *stops)
            probed = self._probe(other.encoded) if self._probe and other and expected == "number" else {}
            told = self._told(expected, heard, other, numbers, probed)
            return (at_once(told, self._agreement) if other else None) or judged(
                self._with_the_grammar(told, pcm), self._agreement
            )

    def alike(self, one: str, other: str) -> float:
        """How alike two sentences sound: 1 where they sound the same."""
        return self._alike(one, other)

    def _told(
        self,
        expected: Expected,
        heard: Listening,
        other: Clip | None,
        numbers: Mapping[int, float],
        probed: Mapping[int, float],
    ) -> Opinions:
        """What those heard who know English."""

        @cache
        def likelihood(text: str) -> float:
            return self._free.likelihood(heard, text)

        def interruption() -> tuple[Weighed, ...]:
            return self._free.expecting(heard, "interruption")

        return Opinions(
            heard.texts,
            "",
            likelihood,
            lambda text: None,
            self._alike,
            self._protective,
            self._alike.length,
            self._locale,
            self._free.expecting(heard, "number") if expected == "number" else (),
            interruption if expected == "interruption" else tuple,
            (lambda: other.guesses) if other else tuple,
            numbers,
            probed,
            self._known,
            other.behind if other else nobody,
        )

    def _with_the_grammar(self, told: Opinions, pcm: bytes) -> Opinions:
        """The same with what the one heard who knows the commands alone."""
        found = self._grammar(pcm)

        def fit(text: str) -> float | None:
            language = models.load(self._locale).language
            score = self._grammar.fit(pcm, " ".join(language.in_words(language.words(text))))
            return None if score is None else score - found.score

        return replace(told, grammar=found.text, fit=fit)


def _give_back() -> None:
    """Return what was only needed to load, a tenth of all memory. Only glibc keeps it, and can be told so."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def spelt_numbers(locale: str) -> Mapping[int, Sequence[str]]:
    """Every number that is likely said alone, in all its spellings."""
    language = models.load(locale).language
    spelt = {
        int(digits): [digits, " ".join(words), "-".join(words)]
        for digits, words in language.digits.items()
        if int(digits) <= _MOST_REPS
    }
    for word, number in language.settings["spelt_as_numbers"].items():
        spelt[number].append(word)
    return {number: [*texts, *map(str.capitalize, texts)] for number, texts in spelt.items()}
