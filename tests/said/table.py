"""The tables of sentences: what is said, what it means, what it must never become."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from skill.speaker.understanding.understand import Understood
from tests.understood import understood

BODY = ("PainIntent", "RedFlagIntent", "EmergencyIntent")
"""What halts a count and asks after the body."""
OPENS = ("PainGoneIntent", "FineIntent", "DoctorIntent", "LaunchRequest", "DeleteDataIntent")
"""What no sentence of pain may become."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, the intents that are right, the slots that must be filled so, and what it must not become."""

    say: str
    intents: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    kind: str = ""


@lru_cache
def read(name: str) -> Any:
    text = files("tests.said").joinpath(f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, yaml.CSafeLoader)


def tables(locale: str, kind: str) -> list[str]:
    """A locale's tables of a kind. They stand in a folder of its name, and those of the first language beside it."""
    own = files("tests.said").joinpath(locale)
    folder = own if own.is_dir() else files("tests.said")
    found = sorted(
        each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")
    )
    return [f"{locale}/{name}" if own.is_dir() else name for name in found if name.startswith(kind)]


def of_kinds(name: str) -> Iterator[Sentence]:
    for each in read(name):
        intents = each["intent"] if isinstance(each["intent"], list) else [each["intent"]]
        for say, slots in each["say"].items():
            yield Sentence(say, tuple(intents), slots, tuple(each.get("never", ())), each["kind"])


def by_kind(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    """The sentences of each kind: a test tries a kind and names each sentence that fails it."""
    kinds: dict[str, list[Sentence]] = {}
    for each in sentences:
        kinds.setdefault(each.kind, []).append(each)
    return kinds


def of_pain(name: str) -> Iterator[Sentence]:
    for each in read(name):
        case = each if isinstance(each, dict) else {"say": each}
        intent = case.get("intent")
        intents = (intent,) if intent else ("PainIntent",) if "slots" in case else BODY
        yield Sentence(case["say"], intents, case.get("slots", {}), OPENS, "pain")


def heard(found: Understood) -> dict[str, str]:
    """The filled slots: their ids, or their words."""
    return {name: value(slot) for name, slot in found.slots.items() if "value" in slot}


def value(slot: Mapping[str, Any]) -> str:
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
        for each in authority.get("values", ()):
            return str(each["value"]["id"])
    return str(slot["value"])


def is_right(sentence: Sentence, locale: str = "en-US") -> bool:
    """Whether typing it has the right intent and at least the slots that are named."""
    found = understood(sentence.say, locale)
    return found.intent in sentence.intents and sentence.slots.items() <= heard(found).items()


def none_of(failing: list[str]) -> None:
    """Fail with every sentence by its words, however many there are."""
    assert not failing, "\n".join(failing)


def halts(say: str, locale: str = "en-US") -> bool:
    """Whether it is taken for a body in danger."""
    return understood(say, locale).intent in BODY
