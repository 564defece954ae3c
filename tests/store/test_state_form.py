"""A state as a store keeps it: it comes back as it was, and what is no state is found out."""

import random
import zlib

import pytest
from msgspec.structs import replace

from skill.app import Settings, build
from skill.coach import dialogue
from skill.coach.dialogue import take_turn
from skill.coach.messages.heard import Heard
from skill.coach.state import SCHEMA_VERSION, Leg, State
from skill.store.document import from_document, to_document
from skill.store.encoding import FAST, PLAIN_BYTES, NotADocument, from_body
from skill.store.migrations import NewerDocument
from skill.store.states import STATES

NOW = 1_795_417_200
INTENTS = sorted(
    {*dialogue.ALWAYS, *dialogue.COMMANDS, *dialogue.ASIDES} - {"SkillDisabled", "DeleteDataIntent"}
)


@pytest.fixture(scope="module")
def coach(tmp_path_factory):
    return build(Settings(store=str(tmp_path_factory.mktemp("unused") / "coach.db")))


def rambled(coach, seed, turns):
    """The states of somebody who says anything at all, turn by turn."""
    drawn, state, now = random.Random(seed), State(), NOW
    for _ in range(turns):
        now += 200_000 if drawn.random() < 0.05 else drawn.choice([3, 80, 90])
        heard = Heard(
            drawn.choice([*INTENTS, *["ReadyIntent", "LogSetIntent"] * 8]),
            request_id=f"{drawn.getrandbits(48):012x}",
            number=drawn.randint(8, 18),
            bands=("yellow", "red", "green")[: drawn.randint(1, 3)],
            exercise=drawn.choice(["", *coach.exercises]),
            device=f"{drawn.randint(0, 3)}",
        )
        state = take_turn(state, heard, now, coach.brain).state
        yield state


@pytest.mark.parametrize("seed", range(3))
def test_every_turn_of_a_ramble_comes_back_from_its_body_and_from_its_document(seed, coach):
    for state in rambled(coach, seed, 300):
        body = STATES.write(state, PLAIN_BYTES, FAST)
        assert STATES.read(body) == state
        assert from_document(State, to_document(state)) == state
        assert from_body(body) == to_document(state)
        assert STATES.write(STATES.read(body), PLAIN_BYTES, FAST) == body


def test_a_body_is_read_whichever_way_a_store_hands_it_out():
    state = State(turn=7, ladder=("red",))
    text = STATES.write(state, PLAIN_BYTES, FAST)
    assert isinstance(text, str)
    packed = STATES.write(state, 0, FAST)
    for body in (text, text.encode(), packed, zlib.compress(text.encode())):
        assert STATES.read(body) == state


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('"turn":7', '"turn":"x"'),
        lambda text: text.replace('"turn":7', '"turn":true'),
        lambda text: text.replace('"turn":7', '"turn":7,"sonnets":14'),
        lambda text: text.replace(f'"schema_version":{SCHEMA_VERSION},', ""),
        lambda text: text[:-1],
        lambda text: text + "}",
        lambda text: "[" + text + "]",
        lambda text: "",
        lambda text: "x\x9c".encode("latin-1") + b"torn",
    ],
)
def test_what_is_no_state_is_refused(damage):
    text = STATES.write(State(turn=7, ladder=("red",)), PLAIN_BYTES, FAST)
    with pytest.raises(NotADocument):
        STATES.read(damage(text))


def test_what_a_newer_coach_has_written_is_left_to_it():
    text = STATES.write(State(turn=7), PLAIN_BYTES, FAST)
    with pytest.raises(NewerDocument):
        STATES.read(text.replace(f'"schema_version":{SCHEMA_VERSION}', '"schema_version":99'))


def test_an_older_state_is_made_newer():
    assert STATES.read('{"schema_version":1,"turn":7}') == State(turn=7)


def test_fields_in_another_order_or_with_spaces_between_them_mean_the_same():
    assert STATES.read(f'{{ "turn": 7, "schema_version": {SCHEMA_VERSION} }}') == State(turn=7)


def test_words_that_no_utf8_text_can_hold_are_kept_all_the_same():
    state = State(ladder=("\ud800", "é"))
    assert STATES.read(STATES.write(state, PLAIN_BYTES, FAST)) == state


def test_a_number_beyond_all_bounds_is_no_state():
    with pytest.raises(NotADocument):
        STATES.read(f'{{"schema_version":{SCHEMA_VERSION},"turn":1' + "0" * 30 + ".0}")


def test_a_value_has_no_field_that_it_was_not_made_with():
    with pytest.raises(TypeError):
        replace(State(), sonnets=14)
    with pytest.raises(AttributeError):
        State().turn = 1


def test_a_leg_that_was_stored_under_the_older_words_is_read_and_written_with_them():
    stored = {"band": "green@knee", "came_from": "red", "came_with": 17, "came_cut_off": True}
    leg = from_document(Leg, stored)
    assert (leg.rung, leg.previous_rung, leg.previous_reps, leg.previous_cut_off) == (
        "green@knee",
        "red",
        17,
        True,
    )
    assert to_document(leg) == stored
