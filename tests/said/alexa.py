"""What Alexa makes of a sentence that a sample covers: strictly, with slots resolved as its interaction model says.

Her own understanding reaches further; no model of it is public. This is the part that is certain.
"""

import json
import re
from collections.abc import Iterator, Mapping
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


@lru_cache
def samples(locale: str = "en-US") -> list[tuple[str, Mapping[str, str], frozenset[str], re.Pattern[str]]]:
    """Each sample as its intent, the types of its slots, its own words, and a pattern."""
    return [
        (
            intent["name"],
            {slot["name"]: slot["type"] for slot in intent.get("slots", ())},
            frozenset(re.sub(r"\S*\{\w+\}\S*", "", sample).split()),
            _pattern(sample),
        )
        for intent in language(locale)["intents"]
        for sample in intent["samples"]
    ]


def _pattern(sample: str) -> re.Pattern[str]:
    escaped = re.escape(sample).replace("\\ ", " ")
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", escaped))


def resolved(say: str, locale: str = "en-US") -> Iterator[tuple[str, dict[str, str]]]:
    """Every intent a sample of which is the sentence, with the ids in its slots."""
    said = re.sub(r"[^\w' ]", "", say.lower()).strip()
    words = {*said.split()}
    for intent, types, own_words, pattern in samples(locale):
        slots = _slots(pattern, types, said, locale) if own_words <= words else None
        if slots is not None:
            yield intent, slots


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
