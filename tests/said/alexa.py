"""What Alexa makes of a sentence that a sample covers: strictly, with slots resolved as its interaction model says.

Her own understanding reaches further; no model of it is public. This is the part that is certain.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

NUMBER_WORDS = r"[a-z]+(?: [a-z]+)?|\d+"


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


def resolved(say: str, locale: str = "en-US") -> Iterator[tuple[str, dict[str, str]]]:
    """Every intent a sample of which is the sentence, with the ids in its slots."""
    said = re.sub(r"[^a-z0-9' ]", "", say.lower()).strip()
    for intent in language(locale)["intents"]:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            slots = _slots(sample, types, said, locale)
            if slots is not None:
                yield intent["name"], slots


def _slots(sample: str, types: Mapping[str, str], said: str, locale: str) -> dict[str, str] | None:
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sample).replace("\\ ", " "))
    fit = re.fullmatch(pattern, said)
    if fit is None:
        return None
    found: dict[str, str] = {}
    for slot, words in fit.groupdict().items():
        if types[slot] == "AMAZON.NUMBER":
            if not re.fullmatch(NUMBER_WORDS, words):
                return None
            found[slot] = words
        elif words in names(locale)[types[slot]]:
            found[slot] = names(locale)[types[slot]][words]
        else:
            return None
    return found
