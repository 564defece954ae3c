"""What is likely answered next is made while the coach counts, and trying it changes nothing."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from skill.app import App, Settings, build
from skill.locales.script import SpokenCue
from skill.speaker.conversation.endpoint import endpoint_of, imagined_of
from skill.speaker.conversation.envelope import Playing
from skill.speaker.conversation.foresight import EVERY_MS, Foresight, likely
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Talk
from skill.store.base import StoreUnavailable
from skill.web import create_app
from tests.speaker.page.opened import Beep, Prompter

PIECE = bytes(2048)
SET = Spoken(
    "Left leg.",
    (SpokenCue(10_000, "three"), SpokenCue(90_000, "Was there one more in you?")),
    "a-set",
    93_000,
)


class Recorder(Beep):
    """A voice that knows what it has said."""

    def __init__(self) -> None:
        self.said: set[str] = set()

    def sentence(self, text: str) -> bytes:
        self.said.add(text)
        return super().sentence(text)


class Gym:
    """A trainee in a set, with a microphone."""

    def __init__(self, folder: Path) -> None:
        self.coach: App = build(Settings(store=str(folder / "coach.db")))
        self.voice, self.ears = Recorder(), Prompter()
        self.foresight = Foresight(imagined_of(self.coach), Sounds(self.voice))
        endpoint = endpoint_of(create_app(verify=False, coach=self.coach), self.coach)
        self.talk = Talk(endpoint, "gym", foresight=self.foresight)
        for said in ("start glute workout", "yellow red and green"):
            self.last: Answer = self.talk.say(said, None)

    def begin(self) -> None:
        self.last = self.talk.say("ready", None)

    def listen(self, at_ms: int = 0) -> None:
        """One piece of the microphone while the coach speaks; what it makes of the pause is waited for."""
        self.talk.hear(PIECE, "coach_speaks", self.place(at_ms), lambda *_: self.ears)
        if self.foresight._work is not None:
            self.foresight._work.result(60)

    def place(self, at_ms: int) -> Playing:
        return Playing(self.last.spoken.token, at_ms)

    def word(self, nth: int, text: str) -> int:
        """Where the count says a word for the nth time (ms)."""
        return [cue.at_ms for cue in self.last.spoken.cues if cue.text == text][nth - 1]

    def record(self) -> object:
        return self.coach.store.load(LOCAL_USER)


@pytest.fixture
def gym(tmp_path: Path) -> Iterator[Gym]:
    made = Gym(tmp_path)
    yield made
    made.coach.store.close()


def sentences(answer: Answer) -> set[str]:
    return set(re.split(r"(?<=[.?!])\s+", answer.spoken.text))


@pytest.mark.parametrize("words", ["I'm done", "pause", "that hurts", "stop"])
def test_what_ends_a_set_is_answered_in_words_that_were_made_while_it_ran(gym: Gym, words: str) -> None:
    gym.begin()
    end_ms = gym.word(9, "lower")
    for at_ms in range(0, end_ms, 64):
        gym.listen(at_ms)
    made = set(gym.voice.said)
    answer = gym.talk.say(words, gym.place(end_ms))
    assert sentences(answer) - made == set()


def test_the_answer_to_what_is_asked_after_a_set_is_made_before_the_question_ends(gym: Gym) -> None:
    gym.begin()
    length_ms = gym.last.spoken.length_ms
    for at_ms in range(length_ms - 6_000, length_ms, 64):
        gym.listen(at_ms)
    made = set(gym.voice.said)
    assert sentences(gym.talk.say("no", gym.place(length_ms))) - made == set()


def test_before_a_set_the_words_that_ready_brings_are_made_while_the_coach_still_speaks(gym: Gym) -> None:
    gym.listen()
    made = set(gym.voice.said)
    gym.begin()
    assert sentences(gym.last) - made == set()


def test_looking_ahead_keeps_nothing_and_the_set_is_written_down_as_if_nobody_had_looked(gym: Gym) -> None:
    gym.begin()
    before = gym.record()
    end_ms = gym.word(9, "lower")
    for at_ms in range(0, end_ms, 64):
        gym.listen(at_ms)
    assert gym.voice.said
    assert gym.record() == before
    gym.talk.say("I'm done", gym.place(end_ms))
    workout = gym.coach.state(LOCAL_USER).workout
    assert workout is not None
    assert [(each.side, each.reps, each.reps_source) for each in workout.sets] == [("left", 8, "measured")]


def test_while_the_trainee_speaks_the_processor_is_left_to_the_ears(gym: Gym) -> None:
    gym.begin()
    gym.ears.is_speech = True
    for at_ms in range(0, 60_000, 64):
        gym.listen(at_ms)
    assert gym.voice.said == set()


def test_in_a_set_it_looks_ahead_once_in_two_seconds(gym: Gym) -> None:
    gym.begin()
    looked: list[int] = []
    look = gym.foresight.look
    gym.foresight.look = lambda *given: looked.append(given[2]) or look(*given)  # type: ignore[method-assign,func-returns-value]
    for at_ms in range(0, 60_000, 64):
        gym.listen(at_ms)
    assert len(looked) <= 60_000 // EVERY_MS + 1
    assert all(later - sooner >= EVERY_MS for sooner, later in pairwise(looked))


def test_a_record_that_cannot_be_read_costs_the_foresight_and_nothing_else(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    def unreadable(_: object) -> Spoken:
        raise StoreUnavailable("the record cannot be read")

    gym.begin()
    gym.foresight._imagine = unreadable
    gym.listen(30_000)
    assert "could not be tried: StoreUnavailable" in caplog.text
    assert gym.voice.said == set()


def test_in_a_set_it_expects_its_end_and_pain_and_at_the_end_the_answer() -> None:
    assert next(likely(SET, 40_000))[0] == "FailIntent"
    assert {"PainIntent", "AMAZON.StopIntent"} <= {intent for intent, _ in likely(SET, 40_000)}
    at_the_end = list(likely(SET, 91_000))
    assert [intent for intent, _ in at_the_end] == ["AMAZON.YesIntent", "AMAZON.NoIntent"]
    assert {playing for _, playing in at_the_end} == {Playing("a-set", 93_000, stopped=True)}
