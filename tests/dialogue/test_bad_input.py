"""What no trainee means and every endpoint gets: a reason or a gentle answer, never a fault, never a lost set."""

import copy
import json

import pytest

from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.understanding.understand import understand
from skill.web import create_app
from tests.trainee import START, Trainee


@pytest.fixture
def client(app):
    return create_app(verify=False, coach=app).test_client()


@pytest.fixture
def envelope():
    return utterance(Conversation("anna"), understand("i did twelve"), START)


def post(client, body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/alexa", data=data, content_type="application/json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b'{"request": null}',
        b'{"request": {}}',
        b'{"request": {"type": 7}}',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"request": {"type": "IntentRequest", "timestamp": "yesterday"}}',
    ],
    ids=lambda body: repr(body[:30]),
)
def test_what_is_no_request_gets_a_400_with_a_reason(client, body):
    response = post(client, body)
    assert response.status_code == 400
    assert len(response.get_json()["error"]) > 10


@pytest.mark.parametrize("missing", ["session", "context", "version"])
def test_a_request_that_lacks_a_part_is_answered_or_refused_with_a_reason(client, envelope, missing):
    del envelope[missing]
    response = post(client, envelope)
    assert response.status_code in (200, 400)
    assert response.get_json()


@pytest.mark.parametrize(
    "path", ["request.timestamp", "context.System.user", "request.type", "request.intent"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, True, ["a"], {"a": {}}])
def test_a_part_of_the_wrong_type_is_answered_or_refused_never_a_fault(client, envelope, path, value):
    *parents, last = path.split(".")
    part = envelope
    for parent in parents:
        part = part[parent]
    part[last] = value
    response = post(client, envelope)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    "kind", ["Nonsense.Request", "GameEngine.InputHandlerEvent", "CanFulfillIntentRequest"]
)
def test_an_unknown_request_type_is_accepted_in_silence_or_refused_with_a_reason(client, envelope, kind):
    envelope["request"]["type"] = kind
    response = post(client, envelope)
    assert response.status_code in (200, 400)
    assert response.get_json().get("error") or "outputSpeech" not in response.get_json()["response"]


def test_an_unknown_intent_is_not_understood_gently(client, envelope):
    envelope["request"]["intent"] = {"name": "OrderPizzaIntent", "slots": {}}
    response = post(client, envelope)
    assert response.status_code == 200
    assert response.get_json()["response"]["shouldEndSession"] is False


@pytest.mark.parametrize(
    "value", ["0", "-3", "400", "?", "", None, "twelvty", "1e9", "9" * 30, "١٢", "12; DROP TABLE"]
)
def test_a_number_that_cannot_be_loses_no_set(anna, value):
    anna.say("start glute workout")
    anna.say("red and green")
    anna.say("ready")
    anna.say_at("done", 13, 1, exact=True)
    before = [each["reps"] for each in anna.state["workout"]["sets"]]
    anna.wait(60)
    said = utterance(anna.talk, understand("i did twelve"), anna.now)
    said["request"]["intent"]["slots"]["reps"]["value"] = value
    anna._send(said)
    assert [each["reps"] for each in anna.state["workout"]["sets"]][: len(before)] == before


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "i did twelve",
        "done",
        "resume",
        "pause",
        "skip",
        "it's better",
        "repeat",
        "next",
        "why",
        "i don't know",
    ],
)
def test_an_answer_to_a_question_that_nobody_asked_is_taken_gently(app, text):
    stranger = Trainee(app, account="stranger")
    assert stranger.say(text)
    assert stranger.count is None
    assert not stranger.workouts


@pytest.mark.parametrize(
    "colour", ["mauve", "red & <green>", "'; DROP TABLE documents; --", "{band}", "../../etc", "x" * 500]
)
def test_an_unknown_colour_is_a_band_by_its_own_name_and_no_markup(anna, colour):
    anna.say("start glute workout")
    said = utterance(anna.talk, understand("i have a red band"), anna.now)
    said["request"]["intent"]["slots"]["band_one"] = {"name": "band_one", "value": colour}
    anna._send(said)
    ssml = anna.answer["response"]["outputSpeech"]["ssml"]
    assert "<green>" not in ssml
    assert len(ssml) < 2000
    assert anna.state["ladder"][0].replace("_", "").isalnum()


def test_a_user_id_with_an_ampersand_is_a_user_like_any_other(app):
    someone = Trainee(app, account="Anna & <Ben>'s Echo")
    someone.say("start glute workout")
    someone.say("red and green")
    assert someone.state["ladder"] == ["red", "green"]


def test_a_session_that_ends_in_mid_set_keeps_what_is_known(anna):
    anna.say("start glute workout")
    anna.say("red and green")
    anna.say("ready")
    anna.leave("USER_INITIATED", after=60)
    (kept,) = anna.state["workout"]["sets"]
    assert kept["ended"] == "interrupted"
    assert 5 <= kept["reps"] <= 9


def test_the_same_request_sent_again_is_answered_again_and_acted_on_once(anna, app):
    anna.say("start glute workout")
    anna.say("red and green")
    anna.say("ready")
    anna.wait(80)
    said = utterance(anna.talk, understand("i did twelve"), anna.now)
    first = copy.deepcopy(anna._send(copy.deepcopy(said)))
    assert anna._send(copy.deepcopy(said)) == first
    anna.wait(7200)
    assert anna._send(copy.deepcopy(said)) == first
    assert [each["reps"] for each in anna.state["workout"]["sets"]] == [12]
