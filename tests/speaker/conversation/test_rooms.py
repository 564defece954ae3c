"""Whose answer it is: a trainee's workout goes on in one room, and each person has a record of their own."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from skill.app import App, build
from skill.settings import Settings
from skill.speaker.conversation.endpoint import Told, endpoint_of
from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.conversation.local_trainee import LOCAL_USER, account_of, named, user_of
from skill.speaker.conversation.rooms import HELD_S, MOST_ROOMS, Rooms
from skill.speaker.page.attach import rooms_of
from skill.speaker.understanding.understand import understand
from skill.web import create_app

PEOPLE = ("Anna", "Ben")


class House:
    def __init__(self, folder: Path) -> None:
        self.coach: App = build(Settings(store=str(folder / "coach.db")))
        self.now = 0.0
        self.endpoint = endpoint_of(create_app(verify=False, coach=self.coach), self.coach)
        self.rooms = Rooms(self.endpoint, "In another room.", clock=lambda: self.now)

    def say(self, room: str, *texts: str, person: str = "", stopped_ms: int | None = None) -> str:
        answers = [self.rooms.say(room, text, person, PEOPLE, stopped_ms)[0] for text in texts]
        return answers[-1].spoken.text

    def sets(self, person: str = "") -> list[int]:
        workout = self.coach.state(user_of(person)).workout
        return [each.reps for each in workout.sets] if workout else []


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.coach.store.close()


def begun(house: House, room: str, person: str = "") -> None:
    house.say(room, "start glute workout", "yellow red and green", "ready", person=person)


@pytest.mark.parametrize("answer", ["yes", "no", "ten", "I'm done", "ready", "next set"])
def test_an_answer_from_another_room_settles_nobodys_set(house: House, answer: str) -> None:
    begun(house, "kitchen")
    house.say("kitchen", "stop", stopped_ms=76_000)
    assert house.say("cellar", answer) == "In another room."
    assert house.sets() == [10]


@pytest.mark.parametrize("said", ["that hurts", "my leg went numb", "stop", "emergency", "call an ambulance"])
def test_pain_and_stop_are_taken_from_any_room(house: House, said: str) -> None:
    begun(house, "kitchen")
    assert house.say("cellar", said) != "In another room."


def test_a_launch_brings_the_workout_into_the_room_where_it_is_said(house: House) -> None:
    begun(house, "kitchen")
    house.say("cellar", "start glute workout")
    assert house.say("kitchen", "yes") == "In another room."


def test_a_room_that_was_left_half_an_hour_ago_holds_nothing(house: House) -> None:
    begun(house, "kitchen")
    house.now = HELD_S + 1
    assert house.say("cellar", "help") != "In another room."


def test_two_people_train_in_two_rooms_at_once(house: House) -> None:
    begun(house, "kitchen", "Anna")
    begun(house, "cellar", "Ben")
    house.say("kitchen", "stop", person="Anna", stopped_ms=76_000)
    assert (house.sets("Anna"), house.sets("Ben"), house.sets()) == ([10], [], [])


def test_a_name_that_is_said_is_the_rooms_trainee_until_the_workout_ends(house: House) -> None:
    house.say("kitchen", "start glute workout for Ben", "yellow red and green")
    assert house.coach.state(user_of("ben")).ladder == ("yellow", "red", "green")
    assert house.coach.state(LOCAL_USER).ladder == ()


def test_the_place_where_a_satellite_fell_silent_is_the_repetition(house: House) -> None:
    begun(house, "kitchen")
    assert "ten" in house.say("kitchen", "stop", stopped_ms=76_000)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("This is Anna.", "Anna"),
        ("start glute workout for Ben", "Ben"),
        ("this is hard", ""),
        ("this is killing Anna", ""),
        ("It's Anna, not Ben", "Anna"),
        ("I'm not Ben, I'm Anna", "Anna"),
        ("I'm not Ben", ""),
        ("that was for Ben", ""),
        ("this is Anna, not sure about my knee", ""),
        ("start glute workout", ""),
    ],
)
def test_only_a_known_name_names_somebody(text: str, who: str) -> None:
    assert named(text, PEOPLE)[0] == who


def test_a_person_has_one_record_however_the_name_is_written() -> None:
    assert {account_of(each) for each in ("Anna", " anna ", "ANNA!")} == {"local.anna"}
    assert user_of("") == LOCAL_USER
    assert account_of("../../etc/passwd") == "local.etc-passwd"


def test_every_room_takes_words_as_the_coachs_own_locale_says_them(tmp_path: Path) -> None:
    coach = build(Settings(store=str(tmp_path / "coach.db"), locale="en-GB"))
    rooms = rooms_of(create_app(verify=False, coach=coach), coach)
    rooms.say("kitchen", "start glute workout")
    answer, _ = rooms.say("kitchen", "take me to casualty")
    assert "nine nine nine" in answer.spoken.text
    coach.store.close()


def test_nobody_waits_for_the_turn_of_another_room(house: House) -> None:
    is_asked, is_answered = Event(), Event()

    def endpoint(envelope: dict[str, Any]) -> Told:
        if account_of("Anna") in json.dumps(envelope):
            is_asked.set()
            assert is_answered.wait(timeout=240)
        return house.endpoint(envelope)

    rooms = Rooms(endpoint, "In another room.")
    # Of all people the likeliest to be taken for her: the keys of both end alike.
    others = (f"Ben {number}" for number in count())
    name = next(
        each for each in others if (hash(account_of(each)) - hash(account_of("Anna"))) % MOST_ROOMS == 0
    )
    with ThreadPoolExecutor(2) as threads:
        anna = threads.submit(rooms.say, "kitchen", "start glute workout", "Anna")
        assert is_asked.wait(timeout=240)
        ben = threads.submit(rooms.say, "cellar", "start glute workout", name)
        try:
            assert ben.result(timeout=120)[1] == name
        finally:
            is_answered.set()
        assert anna.result()[1] == "Anna"


def test_the_turns_of_one_trainee_are_taken_one_after_the_other(house: House) -> None:
    under_way = []

    def endpoint(envelope: dict[str, Any]) -> Told:
        under_way.append(envelope)
        assert len(under_way) == 1
        told = house.endpoint(envelope)
        under_way.clear()
        return told

    rooms = Rooms(endpoint, "In another room.")
    with ThreadPoolExecutor(4) as threads:
        said = [threads.submit(rooms.say, f"room {nth}", "start glute workout") for nth in range(8)]
        assert all(each.result()[0].is_open for each in said)


def test_however_many_names_a_stranger_gives_no_more_is_kept_than_there_are_rooms(house: House) -> None:
    launch = utterance(
        Conversation("local", "room"), understand("start glute workout"), datetime.now(UTC), None, ""
    )
    told = house.endpoint(launch)
    rooms = Rooms(lambda _: told, "In another room.")
    for nth in range(3 * MOST_ROOMS):
        rooms.say("kitchen", "start glute workout", f"nobody {nth}")
    assert len(rooms._held) == MOST_ROOMS
