"""Alexa's lists of values are open: what nobody knows yet is passed over, and the turn is answered."""

import copy
from datetime import UTC, datetime

import pytest

from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.understanding.understand import understand
from skill.web import create_app

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def slots(envelope, **changes):
    for slot in envelope["request"]["intent"]["slots"].values():
        slot.update(changes)


def ended(envelope, **told):
    envelope["request"].pop("intent")
    envelope["request"].update(type="SessionEndedRequest", **told)


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
