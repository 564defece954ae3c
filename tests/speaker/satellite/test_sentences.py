import io
import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hassil import Intents, recognize_best

from skill.speaker.satellite.sentences import name, written
from skill.speaker.understanding import language
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand

ALL = yaml.safe_load(files("tests.speaker.understanding").joinpath("typed.yaml").read_text("utf-8"))


def is_word_for_word(case: dict[str, Any]) -> bool:
    """Whether the case is written as in the model: Home Assistant's matcher forgives nothing else."""
    said = re.sub(r"[^\w' ]", "", case["say"].lower())
    spelling = " ".join(language.load().words(case["say"]))
    is_ours_alone = re.search("ask glute|alexa|a hundred", said)
    return said == spelling and understand(case["say"]).score == 1.0 and not is_ours_alone


CASES = [case for case in ALL if case["intent"] != FALLBACK and is_word_for_word(case)]
TALK = [
    "turn on the light",
    "what's the weather like",
    "play some music",
    "she ran twelve miles",
    "i have a dog",
]


@pytest.fixture(scope="module")
def intents() -> Intents:
    return Intents.from_yaml(io.StringIO(written()))


def test_most_of_what_people_type_is_put_to_home_assistants_matcher() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["say"])
def test_home_assistants_matcher_finds_the_same_intent_and_values(
    case: dict[str, Any], intents: Intents
) -> None:
    found = recognize_best(case["say"], intents, best_slot_name="symptom")
    assert found is not None
    heard = {slot: str(entity.value).removesuffix(".0") for slot, entity in found.entities.items()}
    heard.pop("hurting", None)  # it only carries the sentence
    assert (found.intent.name, heard) == (name(case["intent"]), case.get("slots", {}))


@pytest.mark.parametrize("said", TALK)
def test_home_assistants_matcher_leaves_other_speech_alone(said: str, intents: Intents) -> None:
    assert recognize_best(said, intents) is None
