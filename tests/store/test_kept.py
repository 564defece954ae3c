"""What a process keeps in mind of the states that it saw last, and what of a state it writes anew."""

import random
from dataclasses import replace

import pytest

from skill.app import Settings, build
from skill.coach import dialogue
from skill.coach.dialogue import take_turn
from skill.coach.document import from_document, to_document
from skill.coach.heard import Heard
from skill.coach.state import SCHEMA_VERSION, State
from skill.store.body import FAST, PLAIN_BYTES, NotADocument, from_body, to_body
from skill.store.kept import Known, Memory, StateForm
from skill.store.migrations import NewerDocument

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
def test_what_is_written_beside_the_state_of_before_is_what_is_written_of_the_state_alone(seed, coach):
    before, written = State(), to_document(State())
    for state in rambled(coach, seed, 300):
        document = to_document(state, before, written)
        assert document == to_document(state)
        assert from_document(document) == state
        before, written = state, document


@pytest.mark.parametrize("seed", range(3))
def test_every_turn_of_a_ramble_comes_back_from_its_body_in_this_process_and_in_another(seed, coach):
    memory, body = Memory(), to_body(to_document(State()))
    for state in rambled(coach, seed, 200):
        form = StateForm(memory)
        form.read(body)
        body = form.write(state, PLAIN_BYTES, FAST)
        assert StateForm(memory).read(body) is state
        assert StateForm(Memory()).read(body) == state
        assert from_body(body) == to_document(state)


def test_a_state_that_was_written_lately_is_not_read_again_and_one_that_was_changed_since_is():
    memory, state = Memory(), State(turn=7, ladder=("red",))
    body = StateForm(memory).write(state, PLAIN_BYTES, FAST)
    assert StateForm(memory).read(body) is state
    assert StateForm(memory).read(body.encode()) is state
    changed = body.replace('"turn":7', '"turn":8')
    assert StateForm(memory).read(changed) == replace(state, turn=8)
    with pytest.raises(NotADocument):
        StateForm(memory).read(body.replace('"turn":7', '"turn":"x"'))
    with pytest.raises(NotADocument):
        StateForm(memory).read(body[:-1])
    with pytest.raises(NewerDocument):
        StateForm(memory).read(body.replace(f'"schema_version":{SCHEMA_VERSION}', '"schema_version":99'))


def test_words_that_no_utf8_text_can_hold_are_kept_all_the_same():
    state = State(ladder=("\ud800", "é"))
    body = StateForm(Memory()).write(state, PLAIN_BYTES, FAST)
    assert StateForm(Memory()).read(body) == state


def test_a_number_beyond_all_bounds_is_no_state():
    with pytest.raises(NotADocument):
        StateForm(Memory()).read('{"schema_version":1,"turn":1' + "0" * 30 + ".0}")


def test_no_more_states_are_kept_in_mind_than_were_asked_for_and_a_stored_one_leaves_when_it_is_written_over():
    memory = Memory(3)
    for turn in range(10):
        memory.keep((1, b"%d" % turn), Known(State(turn=turn), {}))
    assert [memory.recall((1, b"%d" % turn)) is not None for turn in range(10)] == [False] * 7 + [True] * 3
    memory.keep((1, b"new"), Known(State(), {}), instead_of=(1, b"9"))
    assert memory.recall((1, b"9")) is None
    assert memory.recall((1, b"8")) is not None
