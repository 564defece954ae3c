"""Our reader beside the SDK's: the same types, the same values, the same complaints."""

import contextlib
import copy
import json
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from hypothesis import HealthCheck, given, settings

from bench.turns.workouts import Trainee
from skill.alexa.reading import read_envelope
from tests.alexa.envelopes import envelopes

THOROUGH = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
SHOW = next(Trainee("anna", "show").works_out())


def by_the_sdk(payload: Any) -> Any:
    return DefaultSerializer().deserialize(json.dumps(payload), RequestEnvelope)


def fields(value: Any) -> Any:
    """An SDK object as its class and the fields the SDK knows, all the way down."""
    if hasattr(value, "deserialized_types"):
        kind = next(each for each in type(value).__mro__ if each.__module__.startswith("ask_sdk_model"))
        return kind, {name: fields(getattr(value, name)) for name in value.deserialized_types}
    if isinstance(value, list):
        return [fields(each) for each in value]
    if isinstance(value, dict):
        return {key: fields(each) for key, each in value.items()}
    return value


@THOROUGH
@given(envelopes())
def test_every_request_alexa_may_send_is_read_as_the_sdk_reads_it(payload):
    assert fields(read_envelope(payload)) == fields(by_the_sdk(payload))


@THOROUGH
@given(envelopes(odd=True))
def test_a_request_of_the_wrong_shape_is_read_as_the_sdk_reads_it_or_refused_or_an_unknown_value_passed_over(
    payload,
):
    try:
        expected = fields(by_the_sdk(payload))
    except SerializationException:
        with contextlib.suppress(SerializationException):
            fields(read_envelope(payload))
    else:
        assert fields(read_envelope(payload)) == expected


@pytest.mark.parametrize("request_of", [{}, {"type": "LaunchRequest", "timestamp": "noon?"}])
def test_what_the_sdk_refuses_is_refused(request_of):
    with pytest.raises(SerializationException):
        read_envelope({"request": request_of})


def test_a_damaged_description_of_a_screen_costs_nothing():
    payload = copy.deepcopy(SHOW)
    payload["context"]["Viewport"]["mode"] = "HOLOGRAM"
    context = read_envelope(payload).context
    assert context.system.user.user_id == "amzn1.ask.account.anna"
    assert context.viewport.mode is None


def test_an_unknown_field_cannot_stand_in_for_a_known_one():
    payload = copy.deepcopy(SHOW)
    payload["context"]["System"]["user"]["user_id"] = "somebody else"
    assert read_envelope(payload).context.system.user.user_id == "amzn1.ask.account.anna"


def test_the_context_is_the_sdks_own_context_and_nothing_more():
    ours, theirs = read_envelope(SHOW).context, by_the_sdk(SHOW).context
    assert ours == theirs
    assert ours != read_envelope(next(Trainee("anna").works_out())).context
    assert copy.deepcopy(ours).viewport.dpi == theirs.viewport.dpi
    assert not hasattr(ours, "no_such_part")
