"""Our reader beside the SDK's: the same values, under the same names."""

import contextlib
import copy
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from hypothesis import HealthCheck, given, settings

from bench.turns.workouts import Trainee
from skill.alexa.apl.screen import version_for
from skill.alexa.heard import heard_of, now_of, user_of
from skill.alexa.reading import read_envelope
from tests.alexa.envelopes import envelopes

THOROUGH = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
SHOW = next(Trainee("anna", "show").works_out())
SDK_NAMES = {
    "type": "object_type",
    "screen": "alexa_presentation_apl",
    "on_screen": "alexa_presentation_apl",
}


def by_the_sdk(payload: Any) -> Any:
    return DefaultSerializer().deserialize(json.dumps(payload), RequestEnvelope)


def assert_same(ours: Any, theirs: Any) -> None:
    """Whatever we read of an envelope is what the SDK reads of it."""
    if isinstance(ours, msgspec.Struct):
        for name in ours.__struct_fields__:
            value = getattr(ours, name)
            if value is not None:
                assert_same(value, getattr(theirs, SDK_NAMES.get(name, name)))
    elif isinstance(ours, list):
        for one, other in zip(ours, theirs, strict=True):
            assert_same(one, other)
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        for key, one in ours.items():
            assert_same(one, theirs[key])
    elif not isinstance(
        ours, dict
    ):  # the reasons of two kinds of request that are not ours have a shape of their own
        assert ours == getattr(theirs, "value", theirs)


@THOROUGH
@given(envelopes())
def test_every_request_alexa_may_send_is_read_as_the_sdk_reads_it(payload):
    assert_same(read_envelope(payload), by_the_sdk(payload))


@THOROUGH
@given(envelopes(odd=True))
def test_a_request_of_the_wrong_shape_is_refused_or_heard_and_breaks_nothing(payload):
    with contextlib.suppress(SerializationException):
        envelope = read_envelope(payload)
        assert isinstance(user_of(envelope), str)
        assert isinstance(version_for(envelope), str)
        if now_of(envelope) is not None:
            assert isinstance(heard_of(envelope, {}, datetime.now(UTC)).reason, str)


@pytest.mark.parametrize("request_of", [{}, {"type": 7}, {"type": "LaunchRequest", "timestamp": "noon?"}])
def test_what_is_no_request_is_refused(request_of):
    with pytest.raises(SerializationException):
        read_envelope({"request": request_of})


def test_a_kind_of_request_that_nobody_knows_is_read():
    assert read_envelope({"request": {"type": "Alexa.Brand.New"}}).request.object_type == "Alexa.Brand.New"


def test_a_damaged_description_of_a_screen_costs_nothing():
    payload = copy.deepcopy(SHOW)
    payload["context"]["Viewport"]["mode"] = ["HOLOGRAM"]
    assert read_envelope(payload).system.user.user_id == "amzn1.ask.account.anna"


def test_an_unknown_field_cannot_stand_in_for_a_known_one():
    payload = copy.deepcopy(SHOW)
    payload["context"]["System"]["user"]["user_id"] = "somebody else"
    assert read_envelope(payload).system.user.user_id == "amzn1.ask.account.anna"


@pytest.mark.parametrize(
    "stamp", [1_790_000_000, 1_790_000_000_000, "2026-09-21T14:13:20", "2026-09-21T16:13:20+02:00"]
)
def test_a_request_says_when_it_was_made_in_seconds_in_milliseconds_or_in_words(stamp):
    made_at = read_envelope({"request": {"type": "LaunchRequest", "timestamp": stamp}}).request.made_at()
    assert made_at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
