"""The conversation in the terminal: what is typed, what is printed, and when."""

import io
import re
import threading
import time

import pytest

from skill.commands.talk import Talk
from skill.speaker.terminal.typed import Typed
from skill.web import create_app


class Keyboard(io.TextIOBase):
    """A stream on which lines appear at their time."""

    def __init__(self, *lines):
        self._lines = iter(lines)
        self._start = time.monotonic()

    def __iter__(self):
        for at, line in self._lines:
            time.sleep(max(0.0, self._start + at - time.monotonic()))
            yield line + "\n"


class Screen(io.StringIO):
    """What is printed, each piece with its instant."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def write(self, text):
        self.pieces.append((time.monotonic(), text))
        return super().write(text)


@pytest.fixture
def client(app):
    return create_app(verify=False, coach=app).test_client()


def test_a_typed_workout_is_counted_in_real_time_and_enter_barges_in(client, app):
    screen = Screen()
    keyboard = Keyboard(
        (0, "start glute workout"),
        (0.2, "yellow red and green"),
        (0.4, "ready"),
        (13.4, ""),
        (14, "i'm done"),
        (15, "stop"),
    )
    Talk(client, keyboard, screen).run()
    text = screen.getvalue()
    assert "no doctor" in text
    assert re.search(r"\d\.0  lift", text)
    assert "stopped: what do you say?" in text
    assert "one, left leg" in text.lower()
    (user,) = app.store.users()
    (done,) = app.store.load(user).document["workout"]["sets"]
    assert (done["reps"], done["reps_source"]) == (1, "measured")


def test_each_cue_is_printed_at_its_instant_and_nothing_drifts(client):
    screen = Screen()
    keyboard = Keyboard(
        (0, "start glute workout"), (0.2, "red"), (0.4, "ready"), (15.6, "stop"), (15.8, "stop"), (16, "stop")
    )
    Talk(client, keyboard, screen).run()
    cues = [
        (at, float(found[1])) for at, text in screen.pieces if (found := re.match(r" +(\d+\.\d)  \w+", text))
    ]
    start = cues[0][0] - cues[0][1]
    late = [at - start - offset for at, offset in cues]
    assert len(cues) >= 10
    assert max(late) - min(late) < 0.25, (
        "generous: the machine is shared; a pause between words would be seconds"
    )


def test_lines_that_come_early_wait_and_the_end_stays_the_end():
    typed = Typed(io.StringIO("one\ntwo\n"))
    assert typed.is_there_within(5)
    assert [typed.line(), typed.line(), typed.line(), typed.line()] == ["one", "two", None, None]


def test_nothing_typed_is_nothing_there():
    gate = threading.Event()

    class Silent:
        def __iter__(self):
            gate.wait(5)
            return iter(())

    typed = Typed(Silent())
    assert not typed.is_there_within(0.05)
    gate.set()
    assert typed.line() is None
