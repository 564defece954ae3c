"""A page of the coach without a browser: what its script would send, and fakes for the voice and the recognisers."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask

from skill.app import App, Settings, build
from skill.front.in_process import Server, listen
from skill.locales.script import Script
from skill.speaker.conversation.ears import Expected, OpenEars, Room, Sound
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds, silent_wav
from skill.speaker.page.attach import attach
from skill.web import create_app

PAGE = "page-of-the-tests"
TOKEN = re.compile(r'name="coach-token" content="([^"]+)"')


class Beep:
    """A voice for the tests: every sentence is as many milliseconds of silence as it has letters."""

    version = "beep"

    def sentence(self, text: str) -> bytes:
        return silent_wav(len(text))

    def track(self, script: Script) -> bytes:
        return silent_wav(script.length_ms)


class Prompter:
    """Ears that hear what the test whispers to them."""

    def __init__(self) -> None:
        self.is_speech = False
        self.next: deque[list[Sound]] = deque()
        self.told: list[tuple[int, Room, str, Expected]] = []

    def hear(self, pcm: bytes, room: Room, own_words: str = "", expected: Expected = "") -> Sequence[Sound]:
        self.told.append((len(pcm), room, own_words, expected))
        return self.next.popleft() if self.next else []


class Page:
    """One open page."""

    def __init__(self, app: Flask, coach: App, name: str = PAGE) -> None:
        self.coach = coach
        self.client = app.test_client()
        self.name = name
        self.html = self.client.get("/").get_data(as_text=True)
        found = TOKEN.search(self.html)
        assert found is not None
        self.headers = {"X-Coach-Token": found[1]}

    def post(self, address: str, content: dict[str, Any]) -> Any:
        return self.client.post(address, json={"page": self.name} | content, headers=self.headers)

    def say(self, text: str, playing: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self.post("/speaker/say", {"text": text, "playing": playing})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        content: dict[str, Any] = answer.get_json()
        return content

    def begin(self) -> dict[str, Any]:
        """To the first count."""
        self.say("start glute workout")
        self.say("yellow red and green")
        return self.say("ready")

    def hear(self, pcm: bytes, room: str, **query: Any) -> Any:
        address = "/speaker/hear"
        query = {"page": self.name, "room": room} | query
        return self.client.post(address, data=pcm, query_string=query, headers=self.headers)

    @property
    def sets(self) -> list[tuple[str, int, str]]:
        """The sets of the workout at hand: leg, reps, where the number came from."""
        workout = self.coach.state(LOCAL_USER).workout
        return [(each.side, each.reps, each.reps_source) for each in workout.sets] if workout else []


@contextmanager
def opened(folder: Path, open_ears: OpenEars | None = None, sounds: Sounds | None = None) -> Iterator[Page]:
    """A page on a coach with an empty record."""
    coach = build(Settings(store=str(folder / "coach.db")))
    app = create_app(verify=False, coach=coach)
    attach(app, coach, open_ears or (lambda _: Prompter()), sounds or Sounds(Beep()))
    try:
        yield Page(app, coach)
    finally:
        coach.store.close()


@contextmanager
def served(page: Page) -> Iterator[int]:
    """The page on a port of its own, by the server that `serve` uses."""
    listener = listen("127.0.0.1", 0)
    port = int(listener.getsockname()[1])
    server = Server(page.client.application, [listener])
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield port
    finally:
        server.stop()
        thread.join()


def at(count: dict[str, Any], rep: int, phase: str, ms: int = 500) -> int:
    """The place in a count this long after the beginning of a phase."""
    found = [each for each in count["picture"]["phases"] if (each["rep"], each["phase"]) == (rep, phase)]
    place: int = found[0]["at_ms"] + ms
    return place
