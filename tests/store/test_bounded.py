"""What a turn reads and writes stays under 4 kB, whoever says what for however long."""

import random

import pytest

from skill.app import Settings, build
from skill.coach import dialogue
from skill.coach.dialogue import take_turn
from skill.coach.messages.heard import Heard
from skill.coach.state import State
from skill.store.document import to_document
from skill.store.encoding import to_body
from tests.faults.workouts import recorded, two_workouts

LIMIT = 4096
START = 1_795_417_200
COLOURS = ("yellow", "red", "green", "blue", "black", "silver", "gold", "grey")
LONG_NAMES = tuple(f"the_band_number_{n}_from_the_bottom_drawer" for n in range(8))
TRAINING = ["ReadyIntent", "FailIntent", "LogSetIntent"] * 6
INTENTS = sorted(
    {*dialogue.ALWAYS, *dialogue.COMMANDS, *dialogue.ASIDES} - {"SkillDisabled", "DeleteDataIntent"}
)


@pytest.fixture(scope="module")
def coach(tmp_path_factory):
    return build(Settings(store=str(tmp_path_factory.mktemp("unused") / "coach.db")))


def largest_of_a_ramble(coach, seed, turns):
    """Somebody with eight bands, seven devices and every exercise says anything at all."""
    drawn = random.Random(seed)
    names = LONG_NAMES if seed % 2 else COLOURS
    state, now, largest, intent = State(), START, 0, ""
    for _ in range(turns):
        now += 200_000 if drawn.random() < 0.05 else drawn.choice([3, 5, 80, 90, 100])
        # who says that the pain is gone says yes to the doctor too: a red flag would end the ramble otherwise
        intent = "AMAZON.YesIntent" if intent == "PainGoneIntent" else drawn.choice(INTENTS + TRAINING)
        heard = Heard(
            intent,
            request_id=f"{drawn.getrandbits(48):012x}",
            number=drawn.randint(8, 18),
            bands=names if drawn.random() < 0.6 else (drawn.choice(names),),
            body_part=drawn.choice(["", "lower_back", "hip"]),
            exercise=drawn.choice(["", *coach.exercises]),
            device=f"{drawn.randint(0, 6):012x}",
        )
        state = take_turn(state, heard, now, coach.brain).state
        largest = max(largest, len(to_body(to_document(state))))
    return largest


@pytest.mark.parametrize("seed", [1, 2, 3, 5])  # the ramble of 0 stays short
def test_a_ramble_of_hundreds_of_turns_stays_under_four_kilobytes(seed, coach):
    assert 3000 < largest_of_a_ramble(coach, seed, 300) < LIMIT


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4, 16))
def test_a_ramble_of_thousands_of_turns_stays_under_four_kilobytes(seed, coach):
    assert 3000 < largest_of_a_ramble(coach, seed, 3000) < LIMIT


def test_asking_the_same_five_hundred_times_in_one_workout_stays_under_four_kilobytes(coach):
    state, now = State(), START
    asked = ["WhichBandIntent", "PainIntent", "PainGoneIntent", "WhyIntent", "FailIntent", "ReadyIntent"]
    for at, intent in enumerate(["Launch", "LadderIntent", "ReadyIntent", *asked * 90]):
        heard = Heard(intent, request_id=f"{at:012x}", bands=COLOURS[:3], device="kitchen")
        now += 7
        state = take_turn(state, heard, now, coach.brain).state
        assert len(to_body(to_document(state))) < LIMIT
    assert len(to_body(to_document(state), plain_bytes=10**6)) < 4 * LIMIT


@pytest.mark.parametrize("workouts", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_the_document_is_as_long_after_many_workouts_as_after_a_few(workouts, coach):
    state, now, sizes = State(), START, []
    for at in range(workouts):
        now += 200_000
        says = ["Launch", *(["LadderIntent"] if at == 0 else []), "ReadyIntent"]
        finished = 0
        for turn in range(40):
            intent = says.pop(0) if says else ("FailIntent", "LogSetIntent")[turn % 2]
            heard = Heard(intent, f"{at:06x}{turn:06x}", 12 + at % 3, bands=COLOURS[:3], device="kitchen")
            now += 85 if intent == "FailIntent" else 4
            taken = take_turn(state, heard, now, coach.brain)
            state, finished = taken.state, finished + len(taken.finished)
            if finished:
                break
        sizes.append(len(to_body(to_document(state), plain_bytes=10**6)))
    assert len(sizes) == workouts
    assert max(sizes[-20:]) <= 1.1 * max(sizes[5:20])


def test_a_workout_in_full_is_stored_in_less_than_four_kilobytes_too(tmp_path):
    record = recorded(tmp_path, conversation=two_workouts).record
    assert all(len(to_body(workout)) < LIMIT for workout in record["workouts"])
