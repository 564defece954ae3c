"""The conversation in the terminal: what is typed, what is printed, and when."""

import io
import re
import threading
from collections import deque

import pytest

from skill.app import Settings, build
from skill.commands.talk import TypedTalk
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.talks import Talk
from skill.speaker.terminal.typed import Typed
from skill.web import create_app


class Hands:
    """Type each line at its second, on a clock that goes forward only while somebody waits.

    `late_s`: how much later than wanted the machine wakes who waited.
    """

    def __init__(self, *lines, late_s=0.0):
        self._lines = deque(lines)
        self._late_s = late_s
        self.second = 0.0

    def clock(self):
        return self.second

    def line(self):
        if not self._lines:
            return None
        at, line = self._lines.popleft()
        self.second = max(self.second, at)
        return line

    def is_there_within(self, seconds):
        if self._lines and self._lines[0][0] > self.second + seconds:
            self.second += max(0.0, seconds) + self._late_s
            return False
        self.second = max(self.second, self._lines[0][0] if self._lines else 0)
        return True


class Screen(io.StringIO):
    """What is printed, each piece with its second."""

    def __init__(self, hands):
        super().__init__()
        self._hands = hands
        self.pieces = []

    def write(self, text):
        self.pieces.append((self._hands.second, text))
        return super().write(text)


def talk_to(coach):
    app = create_app(verify=False, coach=coach)
    return Talk(endpoint_of(app, coach), "terminal", locale=coach.locale.name)


@pytest.fixture
def talk(app):
    return talk_to(app)


def test_a_typed_workout_is_counted_to_the_second_and_enter_barges_in(talk, app):
    hands = Hands(
        (0, "start glute workout"),
        (1, "yellow red and green"),
        (2, "ready"),
        (22, ""),
        (23, "i'm done"),
        (24, "stop"),
    )
    screen = Screen(hands)
    TypedTalk(talk, hands, screen, hands.clock).run()
    text = screen.getvalue()
    assert "no doctor" in text
    assert re.search(r"\d\.0  lift", text)
    assert "stopped: what do you say?" in text
    assert "one, left leg" in text.lower()
    (user,) = app.store.users()
    (done,) = app.store.load(user).document["workout"]["sets"]
    assert (done["reps"], done["reps_source"]) == (1, "measured")


def test_each_cue_is_printed_at_its_second_and_nothing_drifts_on_a_machine_that_wakes_late(talk):
    hands = Hands((0, "start glute workout"), (1, "red"), (2, "ready"), (200, "stop"), late_s=0.03)
    screen = Screen(hands)
    TypedTalk(talk, hands, screen, hands.clock).run()
    cues = [
        (at, float(found[1])) for at, text in screen.pieces if (found := re.match(r" +(\d+\.\d)  \w+", text))
    ]
    late = [at - 2 - offset for at, offset in cues]
    assert len(cues) > 100
    assert late == pytest.approx([0.03] * len(late), abs=0.001)


def test_lines_that_come_early_wait_and_the_end_stays_the_end():
    typed = Typed(io.StringIO("one\ntwo\n"))
    assert typed.is_there_within(5)
    assert [typed.line(), typed.line(), typed.line(), typed.line()] == ["one", "two", None, None]


def test_nothing_typed_is_nothing_there():
    gate = threading.Event()

    class Silent:
        def __iter__(self):
            gate.wait()
            return iter(())

    typed = Typed(Silent())
    assert not typed.is_there_within(0.05)
    gate.set()
    assert typed.line() is None


@pytest.mark.parametrize("word", ["exit", "quit", "Exit "])
def test_exit_leaves_as_the_end_of_the_input_does(talk, app, word):
    hands = Hands((0, "start glute workout"), (1, word), (2, "yellow"))
    screen = Screen(hands)
    TypedTalk(talk, hands, screen, hands.clock).run()
    assert screen.getvalue().count("> ") == 2


def test_on_a_terminal_lines_end_between_words(talk, app, monkeypatch):
    class Terminal(Screen):
        def isatty(self):
            return True

    monkeypatch.setenv("COLUMNS", "40")
    hands = Hands((0, "start glute workout"), (1, "exit"))
    screen = Terminal(hands)
    TypedTalk(talk, hands, screen, hands.clock).run()
    lines = [line for line in screen.getvalue().splitlines() if line.startswith("  ")]
    assert len(lines) > 3
    assert max(map(len, lines)) <= 40


def test_a_german_workout_begins_in_the_terminal(tmp_path):
    coach = build(Settings(store=str(tmp_path / "coach.db"), locale="de-DE"))
    hands = Hands((0, "starte po training"), (1, "gelb rot und grün"), (1, "bereit"), (30, "das tut weh"))
    screen = Screen(hands)
    TypedTalk(talk_to(coach), hands, screen, hands.clock).run()
    assert "Starte mit dem roten Band" in screen.getvalue()
    assert "hoch" in screen.getvalue()
    assert "Wo ist es?" in screen.getvalue() or "Wo tut es weh?" in screen.getvalue()
    coach.store.close()


def test_words_are_taken_as_the_coachs_own_locale_says_them(tmp_path):
    coach = build(Settings(store=str(tmp_path / "coach.db"), locale="en-GB"))
    hands = Hands((0, "start glute workout"), (1, "take me to casualty"))
    screen = Screen(hands)
    TypedTalk(talk_to(coach), hands, screen, hands.clock).run()
    assert "nine nine nine" in screen.getvalue()
    coach.store.close()
