"""The interaction model compiled for matching: samples as words and slots, slot values by all their names."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from skill.locales.texts import nearest
from skill.speaker.understanding import language
from skill.speaker.understanding.language import Language, Words

LAUNCH = "LaunchRequest"
FALLBACK = "AMAZON.FallbackIntent"
NUMBER = "AMAZON.NUMBER"
_ALL = 1_000_000


@dataclass(frozen=True)
class Slot:
    """A place in a sample where a value is said."""

    name: str
    type: str


@dataclass(frozen=True)
class Value:
    """One entry of a slot type: its permanent id and its name in the model."""

    id: str
    name: str


@dataclass(frozen=True)
class Sample:
    """One way to say an intent (or, as `LaunchRequest`, to start the skill)."""

    intent: str
    items: tuple[str | Slot, ...]

    @cached_property
    def literals(self) -> Words:
        """The words that stand in every such sentence."""
        return tuple(item for item in self.items if isinstance(item, str))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The same words, each once."""
        return frozenset(self.literals)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of its slots."""
        return frozenset(item.type for item in self.items if isinstance(item, Slot))


@dataclass(frozen=True, eq=False)
class Model:
    """What can be said in one locale. `values` maps each type's phrases to their value."""

    language: Language
    invocation_name: Words
    slots: Mapping[str, tuple[Slot, ...]]
    samples: tuple[Sample, ...]
    values: Mapping[str, Mapping[Words, Value]]

    @cached_property
    def essential(self) -> Mapping[str, frozenset[str]]:
        """The slots without which an intent says nothing: they stand in every sample of it."""
        found: dict[str, frozenset[str]] = {}
        for each in self.samples:
            named = frozenset(item.name for item in each.items if isinstance(item, Slot))
            found[each.intent] = found.get(each.intent, named) & named
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in a sample."""
        return frozenset(word for sample in self.samples for word in sample.literals)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every word that stands in a sample, a slot's value or a number."""
        phrases = chain(self.language.numbers, *self.values.values())
        return self.vocabulary.union(*phrases, self.language.digits)

    @cached_property
    def plain(self) -> Mapping[Words, list[Sample]]:
        """The samples without a slot by their words."""
        found: dict[Words, list[Sample]] = defaultdict(list)
        for sample in self.samples:
            if not sample.types:
                found[sample.literals].append(sample)
        return dict(found)

    @cached_property
    def slotted(self) -> Mapping[tuple[str, str], list[tuple[bool, int]]]:
        """The samples with a slot, by the rarest of their words and the one they begin with ("" where there is none).

        Each is whether it begins with a slot, and its number.
        """
        found: dict[tuple[str, str], list[tuple[bool, int]]] = defaultdict(list)
        for number, sample in enumerate(self.samples):
            if sample.types:
                rarest = min(sample.literals, key=lambda word: len(self.holding[word]), default="")
                first = sample.items[0]
                begins = "" if isinstance(first, Slot) else first
                found[rarest, begins].append((not begins, number))
        return dict(found)

    @cached_property
    def holding(self) -> Mapping[str, list[int]]:
        """The numbers of the samples that have a word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, sample in enumerate(self.samples):
            for word in sample.vocabulary:
                found[word].append(number)
        return dict(found)

    @cached_property
    def common_samples(self) -> tuple[Sample, ...]:
        """The commonest ways to say each intent: what a recogniser has time to look through."""
        most, counts = self.language.settings["in_grammar"]["samples"], Counter[str]()
        found = []
        for sample in self.samples:
            counts[sample.intent] += 1
            if counts[sample.intent] <= most.get(sample.intent, most["any"]):
                found.append(sample)
        return tuple(found)

    def common_names(self, kind: str) -> Iterator[Words]:
        """The commonest names of a type's commonest values."""
        bounds, counts = self.language.settings["in_grammar"], Counter[str]()
        names, values = bounds["names"].get(kind, _ALL), bounds["values"].get(kind, _ALL)
        for phrase, value in self.values[kind].items():
            counts[value.id] += 1
            if counts[value.id] <= names and len(counts) <= values:
                yield phrase

    @lru_cache(1024)  # noqa: B019 - models are kept for good
    def slot_at(self, slot_type: str, words: Words, start: int) -> tuple[tuple[int, str, Value | None], ...]:
        """Values of the type from `start` on: how many words, the slot's text, the entry."""
        if slot_type == NUMBER:
            found = self.language.number_at(words, start)
            return ((found[0], str(found[1]), None),) if found else ()
        if start == len(words):
            return ()
        names = self.values[slot_type]
        ends = (start + length for length in self._lengths[slot_type].get(words[start], ()))
        phrases = (words[start:end] for end in ends if end <= len(words))
        return tuple((len(each), " ".join(each), names[each]) for each in phrases if each in names)

    @cached_property
    def _lengths(self) -> Mapping[str, Mapping[str, list[int]]]:
        """How many words the names of each type's values have, the shortest first, by their first word."""
        found: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in self.values}
        for kind, names in self.values.items():
            for first, length in sorted({(phrase[0], len(phrase)) for phrase in names}):
                found[kind][first].append(length)
        return {kind: dict(lengths) for kind, lengths in found.items()}


ONLY_FOR_ALEXA = frozenset({"BAND_RUN"})
"""Colours in one breath: Alexa (and virtual-alexa) tell slots that stand side by side apart badly; we do not."""


@lru_cache
def load(locale: str = "en-US") -> Model:
    """Compile a locale's interaction model once; launch phrases are samples of `LaunchRequest`."""
    written = source(locale)
    known = language.load(locale)
    name = known.words(written["invocationName"])
    slots = {
        intent["name"]: tuple(Slot(slot["name"], slot["type"]) for slot in intent.get("slots", ()))
        for intent in written["intents"]
    }
    return Model(
        language=known,
        invocation_name=name,
        slots=slots,
        samples=(*_launches(known, name), *_samples(known, written["intents"])),
        values={kind["name"]: dict(_values(known, kind)) for kind in written["types"]},
    )


def source(locale: str = "en-US") -> dict[str, Any]:
    """The language model as it is written for Alexa, of the nearest locale that has one."""
    text = files("interaction_models").joinpath(f"{nearest(locale)}.json").read_text("utf-8")
    written: dict[str, Any] = json.loads(text)["interactionModel"]["languageModel"]
    return written


def is_only_for_alexa(sample: str, types: Mapping[str, str]) -> bool:
    """Whether the sample has a slot that only Alexa needs; `types` are its intent's slots."""
    return any(types[slot] in ONLY_FOR_ALEXA for slot in re.findall(r"\{(\w+)\}", sample))


def _launches(known: Language, name: Words) -> Iterator[Sample]:
    yield Sample(LAUNCH, name)
    for launch_word in known.settings["launch_words"]:
        for article in known.settings["launch_articles"]:
            yield Sample(LAUNCH, (*known.words(launch_word), *known.words(article), *name))
    for phrase in known.settings["launch_phrases"]:
        yield Sample(LAUNCH, known.words(phrase))


def _samples(known: Language, intents: list[dict[str, Any]]) -> Iterator[Sample]:
    words = cache(known.words)  # what stands between slots is alike in many samples
    for intent in intents:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            if is_only_for_alexa(sample, types):
                continue
            yield Sample(intent["name"], tuple(_items(words, sample, types)))


def _items(words: Callable[[str], Words], sample: str, types: Mapping[str, str]) -> Iterator[str | Slot]:
    for part in re.split(r"(\{\w+\})", sample):
        if part.startswith("{"):
            yield Slot(part[1:-1], types[part[1:-1]])
        else:
            yield from words(part)


def _values(known: Language, kind: dict[str, Any]) -> Iterator[tuple[Words, Value]]:
    for entry in kind["values"]:
        value = Value(entry["id"], entry["name"]["value"])
        for phrase in (entry["name"]["value"], *entry["name"].get("synonyms", ())):
            yield known.words(phrase), value
