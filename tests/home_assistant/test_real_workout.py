"""A workout by voice in a real Home Assistant, from its first word to its summary, and a count that nobody stops."""

import time

import pytest

from tests.home_assistant.house import House, comes_true, is_count, is_rest

pytestmark = [pytest.mark.long, pytest.mark.home_assistant, pytest.mark.timeout(1200)]
MOST_TURNS = 40
SECOND_REP_S = 22
"""The first repetition begins at the thirteenth second of a first count, and each takes six."""
WHOLE_COUNT_S = 170


@pytest.fixture(scope="module")
def bens_count(house: House) -> float:
    """A count in the cellar that nobody breaks into while Anna trains in the kitchen; when it began."""
    for text in ("start glute workout", "yellow red and green", "ready"):
        answer = house.say(text, room="cellar")
    assert is_count(answer)
    house.play("responding", "cellar")
    return time.monotonic()


@pytest.mark.usefixtures("bens_count")
def test_a_whole_workout_by_voice_has_the_microphone_open_after_each_question_and_shut_while_a_count_plays(
    house: House,
) -> None:
    house.wake_ears()
    answers = [house.speak(text) for text in ("start glute workout", "yellow red and green", "ready")]
    counts = 0
    while len(answers) < MOST_TURNS:
        assert "error" not in answers[-1]
        if is_count(answers[-1]):
            counts += 1
            answers.append(house.speak("ready") if is_rest(answers[-1]) else answers[-1])
            assert house.satellite("kitchen")["state"] == "responding"
            time.sleep(SECOND_REP_S)
            answers.append(house.speak("I'm done"))
        elif answers[-1]["continue"]:
            answers.append(house.speak("no"))
        else:
            break
    assert counts == 6
    assert [each for each in answers[:-1] if each["continue"] is is_count(each)] == []
    assert "six sets" in answers[-1]["text"].lower()
    assert house.home.state("sensor.glute_coach_anna_workouts_this_week")["state"] == "1"
    assert house.home.state("sensor.glute_coach_anna_left_leg_s_band")["state"] == "yellow"
    assert house.home.state("binary_sensor.glute_coach_anna_training_on_hold")["state"] == "off"


def test_a_count_that_ends_by_itself_is_followed_by_its_question_with_the_microphone_open(
    house: House, bens_count: float
) -> None:
    assert house.asked("cellar") == []
    time.sleep(max(0.0, bens_count + WHOLE_COUNT_S - time.monotonic()))
    house.play("idle", "cellar")
    assert "?" in comes_true(lambda: house.asked("cellar"))[-1]
    assert "right leg" in house.say("ten", room="cellar")["text"]
