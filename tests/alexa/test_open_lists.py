"""Alexa's lists of values are open: what nobody knows yet is passed over, and the turn is answered."""

import copy
import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.understanding.understand import Understood, understand
from skill.web import create_app
from tests.trainee import Trainee

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def slots(envelope, **changes):
    for slot in envelope["request"]["intent"]["slots"].values():
        slot.update(changes)


def ended(envelope, **told):
    envelope["request"].pop("intent")
    envelope["request"].update(type="SessionEndedRequest", **told)


def model_slots():
    """Each slot of each intent: a newer model may fill it with a value that this coach has never seen."""
    model = json.loads(files("interaction_models").joinpath("en-US.json").read_text("utf-8"))
    intents = model["interactionModel"]["languageModel"]["intents"]
    return [(intent["name"], slot["name"]) for intent in intents for slot in intent.get("slots", ())]


UNSEEN = {
    "resolved by nobody": {"value": "'; DROP TABLE documents; --"},
    "of a newer model": {
        "value": "newest",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": "a",
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": "newest", "id": "of_2031"}}],
                }
            ]
        },
    },
}
MOMENTS = {
    "first": ["start glute workout"],
    "in a set": ["start glute workout", "yellow, red and green", "ready"],
    "asked what hurts": ["start glute workout", "yellow, red and green", "ready", "something hurts"],
}

ODD = {
    "a state of the dialog": lambda each: each["request"].update(dialogState="PONDERING"),
    "a confirmation": lambda each: each["request"]["intent"].update(confirmationStatus="MAYBE"),
    "a slot's confirmation": lambda each: slots(each, confirmationStatus="MAYBE"),
    "a kind of slot value": lambda each: slots(each, slotValue={"type": "Odd", "value": "x"}),
    "what a player does": lambda each: each["context"].update(AudioPlayer={"playerActivity": "DANCING"}),
    "a reason of an end": lambda each: ended(each, reason="WHIM"),
    "a kind of error": lambda each: ended(each, reason="ERROR", error={"type": "ODD", "message": "x"}),
    "a time in milliseconds": lambda each: each["request"].update(timestamp=int(NOW.timestamp()) * 1000),
    "a time in seconds": lambda each: each["request"].update(timestamp=int(NOW.timestamp())),
    "a kind of request": lambda each: each["request"].update(type="Alexa.Odd.Thing"),
}


@pytest.fixture
def answer(app):
    client = create_app(verify=False, coach=app).test_client()

    def post(text, change=lambda each: None):
        envelope = copy.deepcopy(utterance(Conversation("anna"), understand(text), NOW))
        change(envelope)
        return client.post("/alexa", json=envelope)

    return post


@pytest.mark.parametrize("what", ODD)
def test_a_value_that_nobody_knows_is_passed_over_and_the_turn_is_answered(answer, what):
    assert answer("i did twelve", ODD[what]).status_code == 200


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("unseen", UNSEEN)
def test_no_value_of_any_slot_that_nobody_has_seen_is_a_fault(app, caplog, moment, unseen):
    for nth, (intent, name) in enumerate(model_slots()):
        somebody = Trainee(app, account=f"a{nth}")
        for text in MOMENTS[moment]:
            somebody.say(text)
        told = {name: {"name": name, "confirmationStatus": "NONE", **UNSEEN[unseen]}}
        somebody.send(Understood(intent, told, 1.0))
        assert not [each for each in caplog.records if each.levelname == "ERROR"], (intent, name)


def test_a_time_in_milliseconds_is_the_time_that_it_is(answer, app):
    answer("start glute workout")
    answer("yellow and red", ODD["a time in milliseconds"])
    assert app.states.read("amzn1.ask.account.anna")[0].workout.touched_at == int(NOW.timestamp())


def test_words_of_which_nobody_knows_whether_they_fit_are_no_sign(answer, app):
    def unknown(envelope):
        for slot in envelope["request"]["intent"]["slots"].values():
            for each in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
                each["status"] = {"code": "ER_MAYBE"}

    answer("start glute workout")
    answer("my chest hurts", unknown)
    pain = app.states.read("amzn1.ask.account.anna")[0].pain
    assert pain is not None
    assert pain.stands != "on_hold_for_doctor"
