"""How well a sentence fits a sample: word for word, or nearly.

Both ways return the slots they filled, so that a fit carries everything an intent needs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import LONG, Model, Sample, Slot, Value, weight_of

_LIKE_ENOUGH = 0.7
_KEPT = 1024
"""So much of what was worked out for the latest sentences is at hand: a sentence is looked at in many ways."""
_ROUNDING = 1e-9


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


def near(model: Model, words: Words, at_least: float) -> Iterator[Fit]:
    """Every sample that the sentence is like by `at_least` (0 to 1), and how much.

    Aligning is dear, so a sample is passed over when the words that only one side has already cost too much.
    """
    alike = {word: _alike(model, word) for word in words}
    reached = frozenset[str]().union(*alike.values())
    light = model.language.light
    for number, fills, weight in _hopeful(model, words, alike, 1 - at_least):
        sample = model.samples[number]
        missing = [word for word in sample.literals if word not in reached]
        strange = [word for word in words if alike[word].isdisjoint(sample.vocabulary) and word not in fills]
        cost = sum(weight_of(word, light) for word in (*strange, *missing))
        if weight and 1 - cost / weight >= at_least:
            fit = _aligned(model, sample, words)
            if fit.score >= at_least:
                yield fit


def _hopeful(
    model: Model, words: Words, alike: Mapping[str, frozenset[str]], at_most: float
) -> Iterator[tuple[int, frozenset[str], float]]:
    """The samples that the sentence may be like: their numbers, the words that a slot may take, all that is weighed.

    Only words of their whole weight are counted here. Most samples are passed over by that.
    """
    light = model.language.light
    said = sum(weight_of(word, light) for word in words)
    heavy = [word for word in words if word not in light and alike[word].isdisjoint(light)]
    reached = frozenset[str]().union(*alike.values()) - light
    holding = {word: model.holding.get(word, ()) for word in reached}
    of_sample = Counter(chain.from_iterable(holding.values()))
    of_words = Counter(
        chain.from_iterable({n for each in alike[word] for n in holding[each]} for word in heavy)
    )
    by_types: dict[frozenset[str], tuple[frozenset[str], float, int]] = {}
    for number in sorted({*of_sample, *model.without_weight}):
        types = model.samples[number].types
        told = by_types.get(types)
        if told is None:
            fills = frozenset[str]().union(*(_fillable(model, kind, words) for kind in types))
            left = sum(word not in fills for word in heavy)
            told = by_types[types] = fills, said * (2 if fills else 1), left
        fills, weight, left = told
        weight += model.weights[number]
        bearable = at_most * weight + _ROUNDING
        missing, strange = model.heavy[number] - of_sample.get(number, 0), left - of_words.get(number, 0)
        if missing <= bearable and missing + strange <= bearable:
            yield number, fills, weight


@lru_cache(_KEPT)
def _alike(model: Model, word: str) -> frozenset[str]:
    """The words of samples that are written like this one."""
    long = model.long_words.get(word[0], ()) if len(word) >= LONG else ()
    return frozenset((*({word} & model.vocabulary), *(known for known in long if like(known, word))))


@lru_cache(_KEPT)
def _fillable(model: Model, kind: str, words: Words) -> frozenset[str]:
    """The words of the sentence that a slot of this type may take."""
    found: set[str] = set()
    for start in range(len(words)):
        for length, _, _ in model.slot_at(kind, words, start):
            found.update(words[start : start + length])
    return frozenset(found)


@lru_cache(maxsize=100_000)
def like(one: str, other: str) -> float:
    """How alike two words are written: 1 the same, 0 when they are plainly different words."""
    if one == other:
        return 1.0
    shorter, both = min(len(one), len(other)), len(one) + len(other)
    if shorter < LONG or one[0] != other[0] or 2 * shorter / both < _LIKE_ENOUGH:
        return 0.0
    shared = min(sum(letter in other for letter in one), sum(letter in one for letter in other))
    if 2 * shared / both < _LIKE_ENOUGH:
        return 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= _LIKE_ENOUGH else 0.0


@dataclass(frozen=True)
class _Path:
    """The cheapest way so far: what is unaccounted for, all that was weighed, the slots filled."""

    cost: float
    weight: float
    filled: tuple[tuple[str, Filled], ...]

    def step(self, cost: float, weight: float, *filled: tuple[str, Filled]) -> "_Path":
        return _Path(self.cost + cost, self.weight + weight, (*self.filled, *filled))


def _aligned(model: Model, sample: Sample, words: Words) -> Fit:
    """Align by weighted edit distance; a slot is filled exactly, never bent to fit."""
    rows: list[list[_Path | None]] = [[None] * (len(words) + 1) for _ in range(len(sample.items) + 1)]
    rows[0][0] = _Path(0.0, 0.0, ())
    for i in range(len(sample.items) + 1):
        for j in range(len(words) + 1):
            path = rows[i][j]
            if path is not None:
                for di, dj, reached in _steps(model, sample, words, i, j, path):
                    best = rows[i + di][j + dj]
                    if best is None or reached.cost < best.cost:
                        rows[i + di][j + dj] = reached
    end = rows[-1][-1]
    if end is None or not end.weight:
        return Fit(sample, {}, 0.0)
    return Fit(sample, dict(end.filled), 1.0 - end.cost / end.weight)


def _steps(
    model: Model, sample: Sample, words: Words, i: int, j: int, path: _Path
) -> Iterator[tuple[int, int, _Path]]:
    light = model.language.light
    if j < len(words):
        extra = weight_of(words[j], light)
        yield 0, 1, path.step(extra, extra)
    if i == len(sample.items):
        return
    item = sample.items[i]
    if isinstance(item, Slot):
        for length, heard, value in model.slot_at(item.type, words, j):
            weight = 2 * sum(weight_of(word, light) for word in words[j : j + length])
            yield 1, length, path.step(0.0, weight, (item.name, Filled(heard, value)))
        return
    missing = weight_of(item, light)
    yield 1, 0, path.step(missing, missing)
    if j < len(words):
        both = missing + weight_of(words[j], light)
        yield 1, 1, path.step((1 - like(item, words[j])) * both, both)
