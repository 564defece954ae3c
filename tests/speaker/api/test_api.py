"""The API as Home Assistant's integration uses it: a workout in lines of JSON, its sound, its state, and its token."""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skill.app import App, build
from skill.cli import main
from skill.settings import Settings
from skill.speaker.api.routes import API, LARGEST_SOUND, blueprint
from skill.speaker.api.token import new_token, read_token, token_file
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.house import House
from skill.speaker.page.attach import rooms_of
from skill.speaker.understanding.understand import understand
from skill.web import OPEN, create_app
from tests.speaker.page.opened import Beep

ELSEWHERE = {"REMOTE_ADDR": "192.168.1.77"}


class Program:
    """A program of the house on another machine."""

    def __init__(self, folder: Path) -> None:
        self.coach: App = build(Settings(store=str(folder / "coach.db")))
        self.file = token_file(str(folder / "coach.db"))
        self.headers = {"Authorization": f"Bearer {new_token(self.file)}"}
        app = create_app(verify=False, coach=self.coach, opened=(*OPEN, API))
        hears = Verdict("command", "that hurts", understand("that hurts"))
        house = House(rooms_of(app, self.coach), lambda _: hears, Sounds(Beep()))
        app.register_blueprint(blueprint(self.coach, house, self.file))
        self.client = app.test_client()

    def post(self, path: str, body: Any, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(
            f"{API}{path}", data=data, headers=self.headers | headers, environ_overrides=ELSEWHERE
        )

    def get(self, path: str) -> Any:
        return self.client.get(f"{API}{path}", headers=self.headers, environ_overrides=ELSEWHERE)

    def say(self, *texts: str, room: str = "kitchen", **more: Any) -> list[dict[str, Any]]:
        for text in texts:
            answer = self.post("turn", {"text": text, "room": room} | more)
            assert answer.status_code == 200, answer.get_data(as_text=True)
        return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path)
    yield program
    program.coach.store.close()


def test_a_question_opens_the_microphone_and_a_count_shuts_it(program: Program) -> None:
    words, end = program.say("start glute workout")
    assert "bands" in words["text"]
    assert end["continue_conversation"]
    words, count, end = program.say("yellow red and green", "ready")
    assert [each["kind"] for each in (words, count, end)] == ["words", "count", "end"]
    assert count["length_ms"] > 12 * 6000
    assert not end["continue_conversation"]
    assert end["state"]["is_training"]


def test_a_satellite_that_fell_silent_early_is_told_the_rep_and_asked(program: Program) -> None:
    program.say("start glute workout", "yellow red and green", "ready")
    words, end = program.say("stop", stopped_ms=76_000)
    assert "ten" in words["text"]
    assert end["continue_conversation"]


def test_a_count_sounds_as_long_as_it_lasts_and_words_sound_too(program: Program) -> None:
    words, count, _ = program.say("start glute workout", "yellow red and green", "ready")
    sound = program.post("speech", {"text": words["text"]}).get_data()
    assert sound[:4] == b"RIFF"
    assert (len(sound) - 44) / 16 == pytest.approx(count["length_ms"], abs=10)
    assert len(program.post("speech", {"text": "Hello there. You."}).get_data()) > 44


def test_the_cards_show_next_workout_bands_and_a_hold(program: Program) -> None:
    fresh = program.get("state").get_json()
    assert fresh["bands"] == {"left": None, "right": None}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", fresh["next_workout"])
    program.say("start glute workout", "yellow red and green", person="Anna")
    program.say("ready", "that hurts", "that hurts", person="Anna")
    held = program.get("state?person=anna").get_json()
    assert held["on_hold"]
    assert held["next_workout"] is None
    assert not program.get("state").get_json()["on_hold"]


def test_an_utterance_becomes_words(program: Program) -> None:
    assert program.post("hear", b"\1\0" * 100).get_json() == {"text": "that hurts"}
    assert program.post("hear", b"abc").status_code == 400


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer of-yesterday", "Basic {}", "{}"])
@pytest.mark.parametrize("path", ["", "turn", "state", "speech", "hear"])
def test_without_the_token_nothing_is_answered_to_anybody(program: Program, path: str, given: str) -> None:
    token = read_token(program.file)
    program.headers = {"Authorization": given.format(token)}
    answer = program.get(path) if path in ("", "state") else program.post(path, {"text": "x", "room": "y"})
    assert answer.status_code == 401
    assert token not in answer.get_data(as_text=True)


def test_where_no_token_was_made_no_token_fits(program: Program) -> None:
    program.file.unlink()
    program.headers = {"Authorization": "Bearer "}
    assert program.get("state").status_code == 401


def test_a_withdrawn_token_ends_at_once(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    database = str(program.file).removesuffix(".token")
    assert main(["token", "--db", database]) == 0
    assert capsys.readouterr().out.strip() == read_token(program.file)
    assert main(["token", "--new", "--db", database]) == 0
    assert program.get("state").status_code == 401


def test_the_tokens_file_is_for_its_owners_eyes(program: Program) -> None:
    assert stat.S_IMODE(program.file.stat().st_mode) == 0o600


@pytest.mark.parametrize("path", ["/", "/alexa", "/metrics", "/speaker/say", "/progress", "/api/v2/turn"])
def test_only_the_api_is_reached_from_elsewhere(program: Program, path: str) -> None:
    answer = program.client.post(path, json={}, headers=program.headers, environ_overrides=ELSEWHERE)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"[",
        b"[" * 30_000,
        b"7",
        {"text": "hi"},
        {"text": " ", "room": "a"},
        {"text": 7, "room": "a"},
        {"text": "a" * 401, "room": "a"},
        {"text": "hi", "room": "a" * 201},
        {"text": "hi", "room": "a", "person": 7},
        {"text": "hi", "room": "a", "person": "a" * 61},
        {"text": "hi", "room": "a", "people": "Anna"},
        {"text": "hi", "room": "a", "people": ["Anna"] * 33},
        {"text": "hi", "room": "a", "stopped_ms": -1},
        {"text": "hi", "room": "a", "stopped_ms": True},
        {"text": "hi", "room": "a", "stopped_ms": "1"},
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(program: Program, body: Any) -> None:
    answer = program.post("turn", body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_more_than_is_taken_is_refused_unread(program: Program) -> None:
    assert program.post("turn", b" " * 40_000).status_code == 413
    assert program.post("hear", bytes(LARGEST_SOUND + 2)).status_code == 413


def test_two_hundred_interleaved_turns_of_two_satellites_stay_in_their_conversations(
    program: Program,
) -> None:
    for nth in range(25):
        for text in ("start glute workout", "yellow red and green" if nth == 0 else "help"):
            for room, person in (("kitchen", "Anna"), ("cellar", "Ben")):
                assert program.say(text, room=room, person=person)[-1]["person"] == person
        for text in ("ready", "stop"):
            for room, person in (("kitchen", "Anna"), ("cellar", "Ben")):
                end = program.say(text, room=room, person=person)[-1]
                assert (end["person"], end["state"]["is_training"]) == (person, True)
    assert not program.get("state").get_json()["is_training"]


def test_a_name_that_is_said_stays_the_rooms_until_the_end(program: Program) -> None:
    people = ["Anna", "Ben"]
    assert program.say("start glute workout for Ben", people=people, person="Anna")[-1]["person"] == "Ben"
    assert program.say("yellow red and green", people=people, person="Anna")[-1]["person"] == "Ben"


def test_each_coach_of_a_folder_has_a_token_of_its_own_however_its_address_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tokens = {new_token(token_file(f"sqlite:{name}.db")) for name in ("anna", "ben")}
    assert tokens == {read_token(token_file(f"{name}.db")) for name in ("anna", "ben")}
    assert len(tokens) == 2


def test_a_token_at_the_place_of_an_earlier_version_still_fits_until_there_is_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    earlier = new_token(Path("glute-coach.token"))
    assert read_token(token_file("sqlite:coach.db")) == earlier
    assert stat.S_IMODE(token_file("sqlite:coach.db").stat().st_mode) == 0o600
    assert read_token(token_file("coach.db")) == earlier, "it is the same coach"
    assert read_token(token_file("other.db")) == ""
    new = new_token(token_file("sqlite:coach.db"))
    assert read_token(token_file("sqlite:coach.db")) == new != earlier
