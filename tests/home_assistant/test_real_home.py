"""People and programs that come and go in a real Home Assistant: `make home-assistant` (docs/home-assistant.md)."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from skill.cli import main
from tests.home_assistant.house import House, comes_true, is_count

pytestmark = [pytest.mark.long, pytest.mark.home_assistant, pytest.mark.timeout(1200)]
SECOND_REP_S = 22
THIRD_REP_S = 28
FIRST_REP_S = 13
REP_S = 6
LATE_S = 0.4
"""What a satellite takes to begin, as the integration has it; after that each repetition is where the grid has it."""


def begin(house: House, room: str) -> None:
    answers = [
        house.say(text, room=room) for text in ("start glute workout", "yellow red and green", "ready")
    ]
    assert [is_count(answer) for answer in answers] == [False, False, True]


def whole_reps(heard_s: float) -> str:
    """How many repetitions of a first count are over, as the coach says it; a slow machine stops it later."""
    return ("no", "one", "two", "three", "four", "five")[int((heard_s - LATE_S - FIRST_REP_S) / REP_S)]


def done_with_a_set(house: House, room: str):
    """The set ended by voice; the rep by the clock is asked where it is not sure."""
    answer = house.say("I'm done", room=room)
    return house.say("yes", room=room) if answer["continue"] else answer


def test_two_satellites_train_two_people_at_once_each_stopped_in_its_own_way(house: House) -> None:
    """Ben's wake word breaks in; Clara's satellite falls silent, and the coach asks by itself."""
    began = {}
    for room in ("cellar", "attic"):
        begin(house, room)
        house.play("responding", room)
        began[room] = time.monotonic()
    time.sleep(THIRD_REP_S)
    house.play("idle", "attic")
    clara_s = time.monotonic() - began["attic"]
    house.play("listening", "cellar")
    ben_s = time.monotonic() - began["cellar"]
    assert whole_reps(clara_s) in comes_true(lambda: house.asked("attic"))[-1].lower()
    assert whole_reps(ben_s) in house.say("I'm done", room="cellar")["text"].lower().split(",")[0]
    assert house.say("that hurts", room="cellar")["continue"]
    assert house.say("my back", room="cellar")["kind"] != "error"
    assert is_count(house.say("yes", room="attic"))
    assert house.home.state("binary_sensor.glute_coach_clara_training_on_hold")["state"] == "off"


def test_a_satellite_that_leaves_in_mid_count_stops_nothing_and_goes_on_when_it_is_back(house: House) -> None:
    begin(house, "study")
    house.play("responding", "study")
    time.sleep(SECOND_REP_S)
    house.play("unavailable", "study")
    house.play("idle", "study")
    assert house.asked("study") == []
    assert "right leg" in done_with_a_set(house, "study")["text"]


def test_the_service_starts_a_workout_on_a_satellite(house: House) -> None:
    house.home.do("glute_coach.start_workout", satellite="assist_satellite.garage")
    assert "bands" in comes_true(lambda: house.asked("garage"))[-1]
    assert house.say("yellow red and green", room="garage")["continue"]
    house.home.do("glute_coach.start_workout", satellite="assist_satellite.garage", person="Zoe")
    assert "bands" in comes_true(lambda: house.asked("garage")[1:])[-1]


def test_the_blueprint_asks_on_the_day_of_the_next_workout_and_on_no_other(house: House) -> None:
    before = len(house.asked("garage"))
    for days, asks in ((1, 0), (0, 1)):
        day = datetime.now(UTC).date() + timedelta(days)
        house.home.ask("POST", "/api/states/sensor.of_the_test", {"state": day.isoformat()})
        house.home.do("automation.trigger", entity_id="automation.training_day", skip_condition=False)
        comes_true(lambda asks=asks: len(house.asked("garage")) == before + asks)


def test_nothing_is_lost_by_a_restart_of_the_coach_of_home_assistant_or_of_both_in_mid_set(
    house: House,
) -> None:
    begin(house, "hall")
    time.sleep(SECOND_REP_S)
    house.coach.stop()
    assert "can't reach the coach" in house.say("I'm done", room="hall")["text"]
    assert comes_true(lambda: is_away(house))
    spoken = house.speak("I'm done", "hall")
    assert "can't reach the coach" in spoken["text"]
    assert spoken["bytes"] > 0
    house.coach.start()
    assert "right leg" in done_with_a_set(house, "hall")["text"]
    assert comes_true(lambda: not is_away(house))
    house.restart_home()
    assert is_count(house.say("repeat", room="hall"))
    house.coach.stop()
    house.restart_home()
    assert "can't reach the coach" in house.say("I'm done", room="hall")["text"]
    house.coach.start()
    assert "five" in house.say("how many sets are left", room="hall")["text"].split(".")[0].lower()
    assert comes_true(lambda: not is_away(house))


def is_away(house: House) -> bool:
    """Whether Home Assistant shows the coach as away, the agent and the cards alike."""
    shown = ("conversation.glute_coach", "sensor.glute_coach_emil_workouts_this_week")
    return {house.home.state(each)["state"] == "unavailable" for each in shown} == {True}


def test_a_withdrawn_token_takes_the_cards_away_until_the_new_one_is_given(house: House, capsys) -> None:
    card = "sensor.glute_coach_anna_workouts_this_week"
    assert main(["token", "--new", "--db", str(house.coach.folder / "coach.db")]) == 0
    assert house.say("help", room="study")["kind"] == "error"
    asked = comes_true(lambda: house.pipelines.command("config_entries/flow/progress"))
    assert [each["context"]["source"] for each in asked] == ["reauth"]
    assert house.home.state(card)["state"] == "unavailable"
    given = {"url": f"http://127.0.0.1:{house.coach.port}", "token": house.coach.token}
    assert house.home.answer_flow(asked[0]["flow_id"], given)["reason"] == "reauth_successful"
    assert comes_true(lambda: house.home.state(card)["state"] != "unavailable")
    house.await_agent()
    assert house.say("help", room="study")["kind"] != "error"


def test_diagnostics_say_nothing_personal(house: House) -> None:
    told = house.home.ask("GET", f"/api/diagnostics/config_entry/{house.entry}")["data"]
    assert (told["is_reachable"], told["coach"]["api"]) == (True, 1)
    for personal in ("Anna", "Ben", house.coach.token, "red", str(house.coach.port)):
        assert personal not in str(told)
