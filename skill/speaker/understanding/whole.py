"""Whole sentences that relax a safeguard, in patterns where samples would be too many.

Theory of operation. "It's been completely fine since the weekend, no pain at all" has a subject, a length of time and a
word that it is gone, each of which people put in many ways. A pattern foresees every word and is the whole sentence,
so it is as exact as a sample: one word more, a hedge or a denial, and it fits no longer. The words are `words/`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from skill.speaker.understanding import model as models
from skill.speaker.understanding import patterns
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import Model, Sample
from skill.speaker.understanding.patterns import Pattern

_HEALER: Final = "HEALER"
DOCTOR: Final = "DoctorIntent"


def read(model: Model, words: Words, score: float) -> Fit | None:
    """The intent whose pattern is the whole sentence; None where there is none."""
    text = " ".join(model.language.without(words, model.language.idle))
    fits = (intent for intent, each in _load(model.language.locale).items() if each.fullmatch(text))
    intent = next(fits, None)
    return Fit(Sample(intent, ()), {}, score) if intent else None


def healer(model: Model, words: Words) -> Mapping[str, Filled]:
    """Who has looked: of several the one that stands first in the model, which is a doctor."""
    text = f" {' '.join(words)} "
    entries = model.values[_HEALER].items()
    found = next(((name, each) for name, each in entries if f" {' '.join(name)} " in text), None)
    return {"healer": Filled(" ".join(found[0]), found[1])} if found else {}


@lru_cache
def _load(locale: str) -> Mapping[str, Pattern]:
    model = models.load(locale)
    settings = model.language.settings["exact_only"]["whole"]
    healers = patterns.any_of(" ".join(each) for each in model.values[_HEALER])
    parts = {**settings["parts"], "healer": healers}
    return {intent: patterns.compiled(each, parts) for intent, each in settings["says"].items()}
