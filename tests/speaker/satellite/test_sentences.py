import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hassil import Intents, recognize_best

from skill.speaker.satellite.sentences import OF_THE_HOUSE, name, written
from skill.speaker.understanding import language
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand

ALL = yaml.load(
    files("tests.speaker.understanding").joinpath("typed.yaml").read_text("utf-8"), yaml.CSafeLoader
)
TALK = [
    "turn on the light",
    "what's the weather like",
    "play some music",
    "she ran twelve miles",
    "i have a dog",
]


@pytest.fixture(scope="module")
def intents() -> Intents:
    return Intents.from_dict(yaml.load(written(), yaml.CSafeLoader))


def is_word_for_word(case: dict[str, Any]) -> bool:
    """Whether the case is written as in the model: Home Assistant's matcher forgives nothing else."""
    said = re.sub(r"[^\w' ]", "", case["say"].lower())
    spelling = " ".join(language.load("en-US").words(case["say"]))
    is_ours_alone = re.search("ask glute|alexa|a hundred", said)
    return said == spelling and understand(case["say"]).score == 1.0 and not is_ours_alone


def matched(say: str, intents: Intents) -> tuple[str, dict[str, str]] | None:
    """What Home Assistant's matcher makes of a sentence."""
    found = recognize_best(say, intents, best_slot_name="symptom")
    if found is None:
        return None
    heard = {slot: str(entity.value).removesuffix(".0") for slot, entity in found.entities.items()}
    heard.pop("hurting", None)  # it only carries the sentence
    return found.intent.name, heard


@pytest.mark.long
def test_home_assistants_matcher_finds_the_same_intent_and_values(intents: Intents) -> None:
    ours = [case for case in ALL if OF_THE_HOUSE not in case.get("slots", {}).values()]
    cases = [case for case in ours if case["intent"] != FALLBACK and is_word_for_word(case)]
    assert len(cases) > 40, "most of what people type is put to it"
    wanted = {case["say"]: (name(case["intent"]), case.get("slots", {})) for case in cases}
    wrong = {say: (found, want) for say, want in wanted.items() if (found := matched(say, intents)) != want}
    assert wrong == {}


@pytest.mark.long
@pytest.mark.parametrize("said", TALK)
def test_home_assistants_matcher_leaves_other_speech_alone(said: str, intents: Intents) -> None:
    assert recognize_best(said, intents) is None
