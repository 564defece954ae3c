"""What Alexa makes of a sentence that a sample covers: strictly, with slots resolved as its interaction model says.

Her own understanding reaches further; no model of it is public. This is the part that is certain.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from skill.speaker.understanding import language as numbers


@lru_cache
def language(locale: str = "en-US") -> dict[str, Any]:
    text = files("interaction_models").joinpath(f"{locale}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)["interactionModel"]["languageModel"]
    return found


@lru_cache
def names(locale: str = "en-US") -> Mapping[str, Mapping[str, str]]:
    """Each type's names and the id they stand for."""
    return {
        kind["name"]: {
            phrase: value["id"]
            for value in kind["values"]
            for phrase in (value["name"]["value"], *value["name"].get("synonyms", ()))
        }
        for kind in language(locale)["types"]
    }


@dataclass(frozen=True)
class Sample:
    """A sample: its text, its intent, the types of its slots, and the words of its own."""

    text: str
    intent: str
    types: Mapping[str, str]
    words: frozenset[str]


@lru_cache
def samples(locale: str = "en-US") -> Mapping[str, list[Sample]]:
    """The samples, each below the rarest of its own words: it can be no sentence without that; "" where it has none."""
    found = [
        Sample(
            sample,
            intent["name"],
            {slot["name"]: slot["type"] for slot in intent.get("slots", ())},
            frozenset(re.sub(r"\S*\{\w+\}\S*", "", sample).split()),
        )
        for intent in language(locale)["intents"]
        for sample in intent["samples"]
    ]
    often = Counter(word for sample in found for word in sample.words)
    below: dict[str, list[Sample]] = {}
    for sample in found:
        below.setdefault(min(sample.words, key=lambda word: (often[word], word), default=""), []).append(
            sample
        )
    return below


@cache
def _pattern(sample: str) -> re.Pattern[str]:
    escaped = re.escape(sample).replace("\\ ", " ")
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", escaped))


def resolved(say: str, locale: str = "en-US") -> Iterator[tuple[str, dict[str, str]]]:
    """Every intent a sample of which is the sentence, with the ids in its slots."""
    said = re.sub(r"[^\w' ]", "", say.lower()).strip()
    words = {*said.split()}
    for sample in (each for word in ("", *words) for each in samples(locale).get(word, ())):
        slots = _slots(_pattern(sample.text), sample.types, said, locale) if sample.words <= words else None
        if slots is not None:
            yield sample.intent, slots


@cache
def alexa_finds(say: str, locale: str = "en-US") -> frozenset[str]:
    """Every intent a sample of which is the sentence."""
    return frozenset(intent for intent, _ in resolved(say, locale))


def _slots(
    pattern: re.Pattern[str], types: Mapping[str, str], said: str, locale: str
) -> dict[str, str] | None:
    fit = pattern.fullmatch(said)
    if fit is None:
        return None
    found: dict[str, str] = {}
    for slot, words in fit.groupdict().items():
        if types[slot] == "AMAZON.NUMBER":
            number = numbers.load(locale).number_at(tuple(words.split()), 0)
            if number is None or number[0] < len(words.split()):
                return None
            found[slot] = str(number[1])
        elif words in names(locale)[types[slot]]:
            found[slot] = names(locale)[types[slot]][words]
        else:
            return None
    return found
