"""A house: a real Home Assistant with a coach, satellites in its rooms, and a trainee in each."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.hearing.clips import TAIL_S, in_noise, spoken
from skill.speaker.conversation.ears import SAMPLE_RATE
from tests.home_assistant.environment import environment
from tests.home_assistant.home import Home
from tests.home_assistant.programs import Coach, Wyoming

WHO: Final = {"kitchen": "Anna", "cellar": "Ben", "attic": "Clara", "garage": "Dora", "hall": "Emil"}
"""The study is nobody's: whoever trains there trains on the coach's machine too."""
COUNT: Final = "lift hold two lower"
PATIENCE_S: Final = 240
AGENT: Final = "conversation.glute_coach"


def comes_true(claim: Callable[[], Any]) -> Any:
    """What the claim says as soon as it holds.

    Raises:
        TimeoutError: it never did.
    """
    until = time.monotonic() + PATIENCE_S
    while not (found := claim()):
        if time.monotonic() > until:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.1)
    return found


def is_count(answer: dict[str, Any]) -> bool:
    return COUNT in answer["text"]


def is_rest(count: dict[str, Any]) -> bool:
    """Whether a count has a rest before it."""
    return "seconds" in count["text"].split(" lift ")[0]


class Pipelines:
    """Assist pipelines of one Home Assistant, by its websocket."""

    def __init__(self, home: Home) -> None:
        command = [str(environment() / "bin" / "python"), str(Path(__file__).with_name("pipelines.py"))]
        address = f"http://127.0.0.1:{home.port}"
        self._process = subprocess.Popen(
            [*command, address, home.token], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.devices: dict[str, str] = self._answer()["devices"]
        self._conversations: dict[str, str | None] = {}

    def say(self, text: str, room: str, *, sound: bool = False) -> dict[str, Any]:
        """One turn through the pipeline, as the device of a room (or one that nobody knows) would have it."""
        asked = {"text": text, "device": self.devices.get(room, room), "sound": sound}
        answer: dict[str, Any] = self._ask(asked | {"conversation": self._conversations.get(room)})
        self._conversations[room] = answer.get("conversation")
        return answer

    def prefer(self, integration: str) -> None:
        """Let all pipelines end at the agent, the ears and the voice of this integration."""
        self._ask({"prefer": integration})

    def command(self, kind: str, **more: Any) -> Any:
        """Any other command of Home Assistant's websocket."""
        return self._ask({"command": {"type": kind, **more}})

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _ask(self, asked: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the pipelines ended; what they said stands above")
        return json.loads(line)


class House:
    """Home Assistant, the coach, and who trains where."""

    rival: Wyoming | None = None

    def __init__(self, folder: Path) -> None:
        self.folder, self.coach, self.home = folder, Coach(folder), Home(folder)
        try:
            self.coach.start()
            self.home.start()
            self.home.onboard()
            self.entry = self.home.add_coach(self.coach)["result"]["entry_id"]
            self.assign({f"assist_satellite.{room}": name for room, name in WHO.items()})
            self.pipelines = Pipelines(self.home)
        except BaseException:
            self.home.stop()
            self.coach.stop()
            raise

    def assign(self, who: dict[str, str]) -> None:
        """Say who trains where; Home Assistant then loads the entry anew, and only that brings a new name's cards."""
        self.home.assign(self.entry, who)
        cards = {f"sensor.glute_coach_{name.lower().replace(' ', '_')}_next_workout" for name in who.values()}
        comes_true(lambda: cards <= self.home.entities())
        self.await_agent()

    def await_agent(self) -> None:
        """Until the agent is there: an entry that is loaded anew has none for a moment, and its entity says so."""
        comes_true(lambda: self.home.state(AGENT)["state"] != "unavailable")

    def say(self, *texts: str, room: str = "kitchen") -> dict[str, Any]:
        """Typed into a satellite's conversation, one after the other; the last answer."""
        for text in texts:
            answer = self.pipelines.say(text, room)
        return answer

    def speak(self, text: str, room: str = "kitchen", *, lively: bool = False) -> dict[str, Any]:
        """Wake word and sentence, spoken to a satellite; what came of it."""
        before = len(self.turns(room))
        self.begin_to_speak(text, room, lively=lively)
        return comes_true(lambda: self.turns(room)[before:])[0]

    def wake_ears(self) -> None:
        """Speak until the recognisers, which are loaded for the first sentence, are there."""
        comes_true(lambda: self.speak("help", "study").get("heard") == "help")

    def begin_to_speak(self, text: str, room: str, *, lively: bool = False) -> None:
        """Speak without waiting for the answer; no text is a wake word and a second of silence."""
        file = self.folder / f"{room}-{abs(hash(text))}.pcm"
        sound = in_noise(spoken(text, "piper"), None, text) if text else bytes(2 * SAMPLE_RATE)
        file.write_bytes(sound[: -2 * int(TAIL_S * SAMPLE_RATE)] if text else sound)
        self.home.do("fake_satellite.hear", satellite=room, sound=str(file), lively=lively)

    def turns(self, room: str) -> list[dict[str, Any]]:
        """What came of everything that was spoken in a room."""
        found: list[dict[str, Any]] = self.satellite(room)["attributes"].get("turns", [])
        return found

    def satellite(self, room: str) -> dict[str, Any]:
        return self.home.state(f"assist_satellite.{room}")

    def play(self, state: str, room: str = "kitchen") -> None:
        """What a satellite does by itself: it plays ("responding"), falls silent ("idle") or leaves ("unavailable")."""
        self.home.do("fake_satellite.play", satellite=room, state=state)

    def asked(self, room: str = "kitchen") -> list[str]:
        """What the coach said by itself to open the microphone behind it."""
        found: list[str] = self.satellite(room)["attributes"].get("asked", [])
        return found

    def restart_home(self) -> None:
        self.pipelines.close()
        self.home.stop()
        self.home.start()
        self.home.log_in()
        self.pipelines = Pipelines(self.home)

    def go_without_the_integration(self) -> None:
        """Let Wyoming alone hear, answer and speak from now on: what the integration is compared with."""
        self.rival = Wyoming(self.folder)
        self.rival.start()
        flow = self.home.open_flow("wyoming")
        made = self.home.answer_flow(flow, {"host": "127.0.0.1", "port": self.rival.port})
        entry = made["result"]["entry_id"]
        entries = "/api/config/config_entries/entry"
        comes_true(
            lambda: (entry, "loaded") in {(e["entry_id"], e["state"]) for e in self.home.ask("GET", entries)}
        )
        self.pipelines.prefer("wyoming")

    def close(self) -> None:
        try:
            self.pipelines.close()
        finally:
            for program in (self.home, self.coach, self.rival):
                if program is not None:
                    program.stop()
