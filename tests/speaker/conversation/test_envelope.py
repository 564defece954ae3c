import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

from skill.speaker.conversation.envelope import Conversation, Playing, ended, utterance
from skill.speaker.understanding.understand import understand

NOW = datetime(2026, 11, 23, 7, 30, 12, 345000, tzinfo=UTC)
TALK = Conversation(user="local")


def as_the_sdk_reads_it(envelope: dict[str, Any]) -> Any:
    return DefaultSerializer().deserialize(json.dumps(envelope), RequestEnvelope)


def test_start_opens_a_new_session() -> None:
    read = as_the_sdk_reads_it(utterance(TALK, understand("start glute workout"), NOW))
    assert read.request.object_type == "LaunchRequest"
    assert read.session.new is True
    assert read.session.user.user_id == "amzn1.ask.account.local"


def test_a_spoken_number_reaches_the_skill_as_alexa_would_send_it() -> None:
    read = as_the_sdk_reads_it(utterance(TALK, understand("I did twelve reps"), NOW))
    assert read.request.intent.name == "LogSetIntent"
    assert read.request.intent.slots["reps"].value == "12"
    assert read.request.locale == "en-US"


def test_a_colour_is_resolved_to_its_id() -> None:
    read = as_the_sdk_reads_it(utterance(TALK, understand("I lost my grey band"), NOW))
    (authority,) = read.request.intent.slots["band"].resolutions.resolutions_per_authority
    assert authority.status.code.value == "ER_SUCCESS_MATCH"
    assert authority.values[0].value.id == "gray"


def test_the_time_of_the_request_is_exact_and_in_utc() -> None:
    here = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    envelope = utterance(TALK, understand("ready"), here)
    assert envelope["request"]["timestamp"] == "2026-11-23T07:30:12.345Z"
    assert as_the_sdk_reads_it(envelope).request.timestamp == NOW


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utterance(TALK, understand("ready"), NOW.replace(tzinfo=None))


def test_speech_into_the_count_says_exactly_how_far_the_audio_had_come() -> None:
    envelope = utterance(TALK, understand("I'm done"), NOW, Playing("set-7", 68_250))
    assert envelope["context"]["AudioPlayer"] == {
        "token": "set-7",
        "offsetInMilliseconds": 68_250,
        "playerActivity": "PLAYING",
    }
    assert as_the_sdk_reads_it(envelope).context.audio_player.offset_in_milliseconds == 68_250


def test_audio_that_was_stopped_is_told_as_stopped() -> None:
    envelope = utterance(TALK, understand("stop"), NOW, Playing("set-7", 9_000, stopped=True))
    assert envelope["context"]["AudioPlayer"]["playerActivity"] == "STOPPED"


def test_the_session_goes_on_where_the_answer_leaves_it_open() -> None:
    first = utterance(TALK, understand("start glute workout"), NOW)
    answer = {"sessionAttributes": {"turn": 1}, "response": {"shouldEndSession": False}}
    talk = TALK.after(first, answer)
    second = utterance(talk, understand("ready"), NOW)
    assert second["session"]["new"] is False
    assert second["session"]["sessionId"] == first["session"]["sessionId"]
    assert second["session"]["attributes"] == {"turn": 1}
    assert second["request"]["requestId"] != first["request"]["requestId"]


@pytest.mark.parametrize("response", [{"shouldEndSession": True}, {}])
def test_the_session_is_closed_where_the_answer_ends_it(response: dict[str, Any]) -> None:
    first = utterance(TALK, understand("start glute workout"), NOW)
    talk = TALK.after(first, {"response": response})
    assert utterance(talk, understand("ready"), NOW)["session"]["new"] is True


def test_starting_again_begins_a_new_session_even_in_an_open_one() -> None:
    talk = Conversation("local", session_id="amzn1.echo-api.session.1", attributes={"turn": 3})
    envelope = utterance(talk, understand("start glute workout"), NOW)
    assert envelope["session"]["new"] is True
    assert envelope["session"]["attributes"] == {}


def test_silence_ends_the_session_with_its_reason() -> None:
    talk = Conversation("local", session_id="amzn1.echo-api.session.1")
    read = as_the_sdk_reads_it(ended(talk, "EXCEEDED_MAX_REPROMPTS", NOW))
    assert read.request.object_type == "SessionEndedRequest"
    assert read.request.reason.value == "EXCEEDED_MAX_REPROMPTS"
    assert read.session.session_id == "amzn1.echo-api.session.1"
