"""How well a sentence fits a sample: word for word, or nearly.

Both ways return the slots they filled, so that a fit carries everything an intent needs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import LONG, NUMBER, Model, Sample, Slot, Value, weight_of

_LIKE_ENOUGH = 0.7


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


def exact(model: Model, words: Words) -> Iterator[Fit]:
    """Every sample that the sentence is, word for word; those without a slot first."""
    said = {*words}
    for sample in model.plain.get(words, ()):
        yield Fit(sample, {}, 1.0)
    for _, number in sorted(each for word in (*said, "") for each in model.slotted.get(word, ())):
        sample = model.samples[number]
        filled = _walk(model, sample.items, words, 0) if sample.vocabulary <= said else None
        if filled is not None:
            yield Fit(sample, dict(filled), 1.0)


def _walk(
    model: Model, items: tuple[str | Slot, ...], words: Words, at: int
) -> tuple[tuple[str, Filled], ...] | None:
    if not items:
        return () if at == len(words) else None
    head, rest = items[0], items[1:]
    if isinstance(head, str):
        return _walk(model, rest, words, at + 1) if words[at : at + 1] == (head,) else None
    for length, heard, value in model.slot_at(head.type, words, at):
        tail = _walk(model, rest, words, at + length)
        if tail is not None:
            return ((head.name, Filled(heard, value)), *tail)
    return None


def near(model: Model, words: Words, at_least: float) -> Iterator[Fit]:
    """Every sample that the sentence is like by `at_least` (0 to 1), and how much.

    Aligning is dear, so a sample is passed over when the words that only one side has already cost too much.
    """
    alike = {word: _alike(model, word) for word in words}
    reached = set().union(*alike.values())
    fillable = {kind: _fillable(model, kind, words) for kind in (*model.values, NUMBER)}
    light = model.language.light
    said = sum(weight_of(word, light) for word in words)
    for number in _sharing(model, reached - light):
        sample = model.samples[number]
        fills = set().union(*(fillable[kind] for kind in sample.types)) if sample.types else set()
        weight = said * (2 if fills else 1) + model.weights[number]
        missing = [word for word in sample.literals if word not in reached]
        if not weight or 1 - sum(weight_of(word, light) for word in missing) / weight < at_least:
            continue  # most are passed over here
        strange = [word for word in words if alike[word].isdisjoint(sample.vocabulary) and word not in fills]
        cost = sum(weight_of(word, light) for word in (*strange, *missing))
        if 1 - cost / weight >= at_least:
            fit = _aligned(model, sample, words)
            if fit.score >= at_least:
                yield fit


def _alike(model: Model, word: str) -> set[str]:
    """The words of samples that are written like this one."""
    long = model.long_words.get(word[0], ()) if len(word) >= LONG else ()
    return {*({word} & model.vocabulary), *(known for known in long if like(known, word))}


def _sharing(model: Model, words: Iterable[str]) -> set[int]:
    """The numbers of the samples that have one of these words, and those that have but slots and light words."""
    return set(model.without_weight).union(*(model.holding.get(word, ()) for word in words))


def _fillable(model: Model, kind: str, words: Words) -> set[str]:
    """The words of the sentence that a slot of this type may take."""
    found: set[str] = set()
    for start in range(len(words)):
        for length, _, _ in model.slot_at(kind, words, start):
            found.update(words[start : start + length])
    return found


@lru_cache(maxsize=100_000)
def like(one: str, other: str) -> float:
    """How alike two words are written: 1 the same, 0 when they are plainly different words."""
    if one == other:
        return 1.0
    shorter, both = min(len(one), len(other)), len(one) + len(other)
    if shorter < LONG or one[0] != other[0] or 2 * shorter / both < _LIKE_ENOUGH:
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
