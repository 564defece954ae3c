"""Home Assistant's own sentence file, made from the interaction model: for houses whose own agent does the matching."""

import re
from typing import Any, Final

import yaml

from skill.speaker.understanding import model as models
from skill.speaker.understanding.model import LAUNCH, NUMBER

OF_THE_HOUSE: Final = "not_mine"
"""The lights and the music: here the coach has only sentences of its own, and leaves those to whoever they are for."""
_NUMBERS: Final[dict[str, Any]] = {"range": {"from": 0, "to": 999}}


def sentences(locale: str = "en-US") -> dict[str, Any]:
    """The model as `custom_sentences` want it: each intent's sentences, and a list of values for each slot.

    An intent may hold no dot there, so `AMAZON.StopIntent` is `StopIntent`.
    """
    source = models.source(locale)
    intents = {
        name(LAUNCH): [
            " ".join(each.literals) for each in models.load(locale).samples if each.intent == LAUNCH
        ]
    }
    slots: dict[str, str] = {}
    for intent in source["intents"]:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        slots |= types
        texts = [text for text in intent["samples"] if not models.is_only_for_alexa(text, types)]
        if texts:
            intents[name(intent["name"])] = texts
    lists = {kind["name"]: _values(kind) for kind in source["types"]} | {NUMBER: _NUMBERS}
    return {
        "language": locale.partition("-")[0],
        "intents": {intent: {"data": [{"sentences": texts}]} for intent, texts in intents.items()},
        "lists": {slot: lists[kind] for slot, kind in slots.items() if kind not in models.ONLY_FOR_ALEXA},
    }


def written(locale: str = "en-US") -> str:
    """The same as the YAML file to put under `custom_sentences/en/`."""
    return yaml.safe_dump(sentences(locale), sort_keys=False, allow_unicode=True, width=120)


def name(intent: str) -> str:
    """The intent's name in Home Assistant."""
    return re.sub(r"^AMAZON\.", "", intent)


def _values(kind: dict[str, Any]) -> dict[str, Any]:
    return {
        "values": [
            {"in": phrase, "out": value["id"]}
            for value in kind["values"]
            if value["id"] != OF_THE_HOUSE
            for phrase in (value["name"]["value"], *value["name"].get("synonyms", ()))
        ]
    }
