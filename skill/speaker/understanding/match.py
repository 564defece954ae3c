"""Whether a sentence is a sample, word for word, once words that nobody knows are mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import Model, Sample, Slot, Value

_ALONE, _AMONG_OTHERS = 0.84, 0.8
"""How like a known word a misspelt one must be: "dose" alone is no "done"."""
_LONG = 4
"""So many letters has a word that may be misspelt and is known all the same."""
_KEPT = 1024
"""So much of what was worked out for the latest sentences is at hand: a sentence is looked at in many ways."""


@dataclass(frozen=True)
class Filled:
    """A slot as heard: the words (a number in digits) and the entry they name, if the type has entries."""

    heard: str
    value: Value | None


@dataclass(frozen=True)
class Fit:
    """A sample and what it makes of the sentence; `score` is 1 where every word is accounted for."""

    sample: Sample
    filled: Mapping[str, Filled]
    score: float


@lru_cache(_KEPT)
def exact(model: Model, words: Words) -> tuple[Fit, ...]:
    """Every sample that the sentence is, word for word; those without a slot first."""
    said = {*words}
    fits = [Fit(sample, {}, 1.0) for sample in model.plain.get(words, ())]
    beginnings = {"", *words[:1]}
    may_be = (model.slotted.get((word, begins), ()) for word in (*said, "") for begins in beginnings)
    for _, number in sorted(chain.from_iterable(may_be)):
        sample = model.samples[number]
        if len(sample.items) <= len(words) and sample.vocabulary <= said:
            filled = _walk(model, sample.items, 0, words, 0)
            if filled is not None:
                fits.append(Fit(sample, dict(filled), 1.0))
    return tuple(fits)


def _walk(
    model: Model, items: tuple[str | Slot, ...], nth: int, words: Words, at: int
) -> tuple[tuple[str, Filled], ...] | None:
    """The slots of the items from this one on, where they are the words from there on to the end."""
    while nth < len(items):
        item = items[nth]
        nth += 1
        if isinstance(item, Slot):
            for length, heard, value in model.slot_at(item.type, words, at):
                tail = _walk(model, items, nth, words, at + length)
                if tail is not None:
                    return ((item.name, Filled(heard, value)), *tail)
            return None
        if at == len(words) or words[at] != item:
            return None
        at += 1
    return () if at == len(words) else None


def mended(model: Model, words: Words) -> Words:
    """The sentence with each word that nobody knows as the word of a sample that is written most like it, if one is."""
    likely = _ALONE if len(words) == 1 else _AMONG_OTHERS
    return tuple(word if word in model.known_words else _most_like(model, word, likely) for word in words)


@lru_cache(_KEPT)
def _most_like(model: Model, word: str, likely: float) -> str:
    """Of the words that begin with the same letter; a short word or a number may be any other, and stays."""
    may_be = [each for each in model.vocabulary if len(each) >= _LONG and each[0] == word[0]]
    close = get_close_matches(word, sorted(may_be), 1, likely) if len(word) >= _LONG else []
    return close[0] if close and (close[0],) not in model.language.numbers else word
