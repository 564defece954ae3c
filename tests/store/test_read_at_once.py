"""The first documents and requests that a new process reads, many at the same instant."""

import json
import subprocess
import sys

import pytest

from skill.app import Settings, build
from skill.store.document import to_text
from tests.trainee import Trainee

NEW_PROCESS = """
import sys, threading
{imports}
text, gate = sys.stdin.buffer.read(), threading.Barrier(32)
sys.setswitchinterval(1e-6)
def read():
    gate.wait()
    {read}
readers = [threading.Thread(target=read) for _ in range(32)]
for reader in readers: reader.start()
for reader in readers: reader.join()
"""
STATE = (
    "from skill.coach.state import State\nfrom skill.store.document import from_text",
    "from_text(State, text)",
)
ENVELOPE = ("import json\nfrom skill.alexa.reading import read_envelope", "read_envelope(json.loads(text))")
HOUSEHOLD = (
    "from skill.people.person import Household\nfrom skill.store.document import from_text",
    "from_text(Household, text)",
)
WRITTEN = (
    "import json, msgspec\nfrom skill.speaker.page.history_routes import Written",
    "msgspec.convert(json.loads(text), tuple[Written, ...])",
)
PEOPLE = b'{"people": [{"id": "local", "name": "Anna", "settings": {"captions": true}}]}'
SETS = b'[{"side": "left", "band": "red", "reps": 12}]'


@pytest.fixture
def state(tmp_path) -> bytes:
    app = build(Settings(store=str(tmp_path / "coach.db")))
    anna = Trainee(app)
    for words in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(words)
    anna.say_at("I'm done", 12, 2)
    text = to_text(app.state(anna.user))
    app.store.close()
    return text


def ends(code: tuple[str, str], text: bytes) -> list[int]:
    """How six processes end that read it by 32 threads at once."""
    program = NEW_PROCESS.format(imports=code[0], read=code[1])
    return [subprocess.run([sys.executable, "-c", program], input=text).returncode for _ in range(6)]


def test_threads_that_read_the_first_documents_of_a_process_together_do_not_end_it(state):
    assert ends(STATE, state) == [0] * 6


def test_threads_that_read_its_first_requests_together_do_not_end_it_either():
    request = {
        "type": "IntentRequest",
        "requestId": "r",
        "timestamp": "2026-01-05T09:00:00Z",
        "locale": "en-US",
    }
    intent = {"name": "LogSetIntent", "slots": {"reps": {"name": "reps", "value": "12"}}}
    envelope = {"version": "1.0", "request": request | {"intent": intent}, "session": {}, "context": {}}
    assert ends(ENVELOPE, json.dumps(envelope).encode()) == [0] * 6


@pytest.mark.parametrize(("code", "text"), [(HOUSEHOLD, PEOPLE), (WRITTEN, SETS)])
def test_nor_those_that_read_what_the_page_keeps_and_sends(code, text):
    assert ends(code, text) == [0] * 6
