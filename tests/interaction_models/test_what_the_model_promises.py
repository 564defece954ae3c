"""What the model lets a trainee say, the coach can do: intents, exercises and words go together."""

import json
from importlib.resources import files
from typing import Any

import pytest

from rules.files.exercise import load_exercises
from rules.vocabulary.body_facts import BODY_PARTS, CONDITIONS
from skill.alexa.handlers import KNOWN
from skill.coach.intents.questions import TOPICS
from skill.locales.words import load

MODELS = {
    each.name.removesuffix(".json"): json.loads(each.read_text("utf-8"))
    for each in files("interaction_models").iterdir()
    if each.name.endswith(".json")
}
NOT_UNDERSTOOD = "AMAZON.FallbackIntent"
"""What Alexa makes of words that no intent has; the coach takes it as any intent that it does not know."""


@pytest.fixture(params=MODELS)
def language(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = MODELS[request.param]["interactionModel"]["languageModel"]
    return found


def test_every_intent_that_can_be_said_is_handled_and_every_handler_can_be_reached(
    language: dict[str, Any],
) -> None:
    said = {each["name"] for each in language["intents"]}
    handled = {each for each in KNOWN if each.endswith("Intent")}
    assert said - handled <= {NOT_UNDERSTOOD}
    assert handled - said == set()


def test_every_exercise_can_be_asked_for_and_no_other(language: dict[str, Any]) -> None:
    assert ids(language, "EXERCISE") == set(load_exercises())


def test_every_place_that_can_be_named_is_known_and_soreness_is_normal_in_the_muscles_alone(
    language: dict[str, Any],
) -> None:
    assert ids(language, "BODY_PLACE") == BODY_PARTS.keys() - {"", "elsewhere"}
    assert ids(language, "MUSCLE") == {
        name for name, place in BODY_PARTS.items() if name and place.grows_sore
    }


def ids(language: dict[str, Any], name: str) -> set[str]:
    (kind,) = [each for each in language["types"] if each["name"] == name]
    return {each["id"] for each in kind["values"]}


@pytest.mark.parametrize("locale", MODELS)
def test_every_topic_and_every_condition_that_can_be_named_has_an_answer(locale: str) -> None:
    language, lines = MODELS[locale]["interactionModel"]["languageModel"], load(locale).data["lines"]
    assert ids(language, "TOPIC") == TOPICS
    assert {f"method.{each}" for each in TOPICS} <= lines.keys()
    assert ids(language, "CONDITION") == {*CONDITIONS} - {"unclear"}
    assert {f"health.{each}" for each in CONDITIONS if each != "unclear"} <= lines.keys()


@pytest.mark.parametrize("locale", MODELS)
def test_every_model_has_its_words_in_its_own_language(locale: str) -> None:
    assert load(locale).name == locale
