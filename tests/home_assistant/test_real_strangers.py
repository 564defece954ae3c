"""What a real Home Assistant does with a coach that is none, or another version, and with input that makes no sense."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.home_assistant.house import House, comes_true
from tests.home_assistant.programs import free_port

pytestmark = [pytest.mark.long, pytest.mark.home_assistant, pytest.mark.timeout(1200)]
STATE = {"next_workout": None, "bands": {}, "workouts_this_week": 0, "on_hold": False, "is_training": False}
END = {
    "kind": "end",
    "continue_conversation": True,
    "person": "",
    "state": STATE | {"mood": "of a later version"},
}
TURN = [{"kind": "words", "text": "Hello."}, {"kind": "picture", "of": "a later version"}, END]


class AnotherCoach:
    """Answers as the test says: `about` is None for one that has no such API yet."""

    def __init__(self) -> None:
        self.about: dict[str, Any] | None = {"name": "glute-coach", "api": 1, "voice": "v"}
        self.turn = "\n".join(map(json.dumps, TURN))
        another = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._tell(json.dumps(STATE if "state" in self.path else another.about))

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._tell(another.turn)

            def _tell(self, text: str) -> None:
                self.send_response(404 if another.about is None else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *of_the_request: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def another() -> Iterator[AnotherCoach]:
    another = AnotherCoach()
    yield another
    another.server.shutdown()
    another.server.server_close()


def fault(house: House, url: str, token: str = "x") -> str:
    """What the flow finds wrong with an address and a token."""
    found: str = house.home.answer_flow(house.home.open_flow(), {"url": url, "token": token})["errors"][
        "base"
    ]
    return found


def test_what_is_wrong_with_an_address_or_a_token_is_said_in_the_flow(
    house: House, another: AnotherCoach
) -> None:
    assert fault(house, f"http://127.0.0.1:{house.coach.port}", "a wrong one") == "invalid_auth"
    assert fault(house, f"http://127.0.0.1:{free_port()}") == "cannot_connect"
    assert fault(house, "no address at all") == "cannot_connect"
    another.about = None
    assert fault(house, another.url) == "too_old"
    another.about = {"name": "glute-coach", "api": 2}
    assert fault(house, another.url) == "too_old"


def test_a_coach_that_announces_itself_is_offered_once_and_needs_its_token(
    house: House, another: AnotherCoach
) -> None:
    house.home.do("fake_satellite.announce_coach", port=house.coach.port)
    house.home.do("fake_satellite.announce_coach", port=another.server.server_port)
    flows = house.pipelines.command("config_entries/flow/progress")
    (flow,) = [each["flow_id"] for each in flows if each["context"]["source"] == "zeroconf"]
    done = house.home.answer_flow(flow, {"url": another.url, "token": "x"})
    assert done["title"] == "Glute coach"
    house.home.ask("DELETE", f"/api/config/config_entries/entry/{done['result']['entry_id']}")


def test_a_later_coach_is_understood_and_one_that_talks_nonsense_or_is_too_old_is_named_away(
    house: House, another: AnotherCoach
) -> None:
    house.home.answer_flow(house.home.open_flow(), {"url": another.url, "token": "x"})

    def said() -> str:
        asked = {"text": "hello", "language": "en", "agent_id": "conversation.glute_coach_2"}
        response = house.home.ask("POST", "/api/conversation/process", asked)["response"]
        return str(response["speech"]["plain"]["speech"])

    assert comes_true(lambda: "conversation.glute_coach_2" in house.home.entities())
    assert said() == "Hello."
    another.turn = "<html>not a coach</html>"
    assert "can't reach the coach" in said()
    another.about = None
    assert "can't reach the coach" in said()
    assert comes_true(lambda: house.home.state("conversation.glute_coach_2")["state"] == "unavailable")
    assert house.say("help", room="kitchen")["kind"] != "error"


@pytest.mark.parametrize(
    "text", ["", "   ", "(unclear)", "\ufffd\x00]]> {{ 7 }} \U0001f9b5", "ja nein " * 700]
)
def test_an_empty_or_garbled_transcript_ends_nothing(house: House, text: str) -> None:
    assert house.say("start glute workout", room="cellar")["continue"]
    answer = house.say(text, room="cellar")
    assert (answer["kind"], answer["continue"]) == ("action_done", True)
    assert house.say("yellow red and green", room="cellar")["continue"]


def test_a_wake_word_with_nothing_behind_it_ends_nothing(house: House) -> None:
    """Home Assistant hands over fifteen seconds of silence; a machine too busy for so much asks again instead."""
    assert house.say("start glute workout", room="attic")["continue"]
    came = house.speak("", "attic")
    assert came.get("error") == "stt-no-text-recognized" or came["continue"]
    assert house.say("yellow red and green", room="attic")["continue"]


def test_a_satellite_that_nobody_knows_is_a_room_of_its_own(house: House) -> None:
    assert house.say("start glute workout", room="a device of yesterday")["continue"]
    asked = {"domain": "glute_coach", "service": "start_workout"}
    satellite = {"satellite": "assist_satellite.of_yesterday"}
    refused = house.pipelines.command("call_service", **asked, service_data=satellite)
    assert "it begins no conversations" in refused["error"]


def test_a_pipeline_in_another_language_is_answered_in_english_and_guesses_nothing(house: House) -> None:
    asked = {"text": "Bonsoir", "language": "fr", "agent_id": "conversation.glute_coach"}
    answer = house.home.ask("POST", "/api/conversation/process", asked)["response"]
    assert answer["response_type"] == "action_done"
    assert house.home.state("binary_sensor.glute_coach_training_on_hold")["state"] == "off"
