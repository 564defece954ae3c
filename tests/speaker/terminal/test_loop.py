"""A conversation by voice with a sound card that the test plays: what is heard, what is played, what is stopped."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from bench.hearing.clips import in_noise, spoken
from skill.app import App, Settings, build
from skill.audio.files import wav_of
from skill.locales.script import SpokenCue
from skill.speaker.conversation.ears import SAMPLE_RATE, Expected, OpenEars, Sound
from skill.speaker.conversation.ears import Room as Goings
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.conversation.sounds import BETWEEN_MS, Sounds
from skill.speaker.conversation.talks import Talk
from skill.speaker.hearing.echo import EchoCanceller, at_our_rate, canceller
from skill.speaker.terminal.loop import SILENCE_MS, Loop
from skill.speaker.terminal.sound_card import PIECE_MS, PIECE_SAMPLES
from skill.speaker.understanding.understand import understand
from skill.web import create_app
from tests.speaker.page.opened import Beep, Prompter

QUIET = b"\7\0" * PIECE_SAMPLES


class FakeCard:
    """Plays in no time of its own: the test says how far a sound has come."""

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        self.pieces = iter(pieces)
        self.played: list[Pcm] = []
        self.place: int | None = None
        self.ended = 0

    def read(self) -> bytes | None:
        return next(self.pieces, None)

    def play(self, sound: Pcm) -> None:
        self.played.append(sound)

    def follow(self, sound: Pcm) -> None:
        so_far = self.played.pop()
        self.played.append(Pcm(so_far.rate, so_far.samples + sound.samples))

    def ends(self) -> None:
        self.ended += 1

    def stop(self) -> None:
        self.place = None

    def place_ms(self) -> int | None:
        return self.place


class AtOnce(Executor):
    """Makes an answer before anything else happens, so that a test need not wait."""

    def submit(self, do: Any, /, *given: Any, **named: Any) -> Any:
        do(*given, **named)


class CountedSounds(Sounds):
    """Remembers where the words of the last count are."""

    cues: Sequence[SpokenCue] = ()

    def count(self, cues: Sequence[SpokenCue], length_ms: int, voice: str = "") -> str:
        self.cues = cues
        return super().count(cues, length_ms, voice)


class Room:
    """A terminal with a sound card."""

    def __init__(
        self,
        folder: Path,
        open_ears: OpenEars,
        voice: Beep | None = None,
        echo: EchoCanceller | None = None,
        beside: Executor | None = None,
    ) -> None:
        self.coach: App = build(Settings(store=str(folder / "coach.db")))
        self.card = FakeCard()
        self.told: list[str] = []
        talk = Talk(endpoint_of(create_app(verify=False, coach=self.coach), self.coach), "terminal")
        self.sounds = CountedSounds(voice or Beep())
        self.conversation = Loop(
            talk, open_ears, self.sounds, self.card, self.told.append, echo, beside or AtOnce()
        )

    def after(self, number: str) -> int:
        """The place (ms) two seconds after the count says a number: in the next repetition."""
        (place,) = (cue.at_ms for cue in self.sounds.cues if cue.text == number)
        return place + 2_000

    def hear(self, pcm: bytes) -> None:
        """Seconds of the microphone; what is played meanwhile goes on beside it."""
        for at in range(0, len(pcm), 2 * PIECE_SAMPLES):
            self.conversation.step(pcm[at : at + 2 * PIECE_SAMPLES])
            if self.card.place is not None:
                self.card.place += PIECE_MS

    def wait(self, ms: int) -> None:
        self.hear(QUIET * (ms // PIECE_MS + 1))


@pytest.fixture
def prompter() -> Prompter:
    return Prompter()


@pytest.fixture
def room(tmp_path: Path, prompter: Prompter) -> Iterator[Room]:
    made = Room(tmp_path, lambda _: prompter)
    yield made
    made.coach.store.close()


def whisper(prompter: Prompter, text: str) -> None:
    prompter.next.append([Sound("understood", 0, 0, text, understand(text))])


def test_a_set_is_begun_counted_and_ended_where_the_trainee_broke_in(room: Room, prompter: Prompter) -> None:
    for said in ("start glute workout", "yellow red and green", "ready"):
        whisper(prompter, said)
        room.wait(0)
    assert len(room.card.played) == 3
    seconds_of_count = len(room.card.played[-1].samples) / 2 / room.card.played[-1].rate
    assert seconds_of_count > 72
    room.card.place = room.after("nine")
    room.hear(QUIET)
    prompter.next.append([Sound("understood", 4 * PIECE_MS, 4 * PIECE_MS, "done", understand("done"))])
    room.hear(QUIET)
    stopped = room.coach.state(LOCAL_USER).workout
    assert stopped is not None
    assert "> done" in room.told
    assert [(each.side, each.reps, each.reps_source) for each in stopped.sets] == [("left", 9, "measured")]


def test_the_wake_word_silences_the_count_and_the_place_is_kept_for_the_command(
    room: Room, prompter: Prompter
) -> None:
    for said in ("start glute workout", "yellow red and green", "ready"):
        whisper(prompter, said)
        room.wait(0)
    room.card.place = room.after("seven")
    prompter.next.append([Sound("woken", 3 * PIECE_MS, 3 * PIECE_MS)])
    room.hear(QUIET)
    assert room.card.place is None
    assert prompter.told[-1][1] == "coach_speaks"
    room.wait(1000)
    prompter.next.append([Sound("understood", 10 * PIECE_MS, 12 * PIECE_MS, "done", understand("done"))])
    room.wait(0)
    assert prompter.told[-1][1] == "called"
    assert "> done" in room.told
    room.card.place = None
    room.wait(0)
    assert prompter.told[-1][1] == "awake"
    workout = room.coach.state(LOCAL_USER).workout
    assert workout is not None
    assert [(each.reps, each.reps_source) for each in workout.sets] == [(7, "measured")]


def test_silence_is_asked_once_more_and_then_the_coach_sleeps(room: Room, prompter: Prompter) -> None:
    whisper(prompter, "start glute workout")
    room.wait(0)
    room.wait(SILENCE_MS)
    assert len(room.card.played) == 2
    room.wait(SILENCE_MS)
    room.wait(SILENCE_MS)
    assert len(room.card.played) == 2
    assert prompter.told[-1][1] == "asleep"


def test_a_muted_microphone_is_told_once(room: Room) -> None:
    room.hear(b"\0\0" * PIECE_SAMPLES * 100)
    assert room.told == ["The microphone gives silence: is it muted?"]


def test_an_unplugged_microphone_ends_the_conversation_and_keeps_the_workout(
    room: Room, prompter: Prompter
) -> None:
    whisper(prompter, "start glute workout")
    room.card.pieces = iter([QUIET, QUIET])
    room.conversation.run()
    assert room.coach.store.load(LOCAL_USER).document is not None


def test_a_real_voice_begins_a_workout_in_the_terminal(tmp_path: Path, open_ears: OpenEars) -> None:
    room = Room(tmp_path, open_ears)
    room.hear(in_noise(spoken("start glute workout", "piper"), None, "terminal"))
    room.coach.store.close()
    assert "tell me your bands" in room.told[-1].lower()


class Waiting(Beep):
    """A voice that makes nothing before it may."""

    def __init__(self) -> None:
        self.may = Event()

    def sentence(self, text: str) -> bytes:
        assert self.may.wait(60)
        return super().sentence(text)


def test_while_an_answer_is_made_the_microphone_goes_on_and_nobody_is_asked_again(
    tmp_path: Path, prompter: Prompter
) -> None:
    voice, beside = Waiting(), ThreadPoolExecutor(1)
    room = Room(tmp_path, lambda *_: prompter, voice, beside=beside)
    whisper(prompter, "start glute workout")
    room.wait(0)
    heard = len(prompter.told)
    room.wait(3 * SILENCE_MS)
    assert len(prompter.told) > heard + 2 * SILENCE_MS // PIECE_MS
    assert {goings for _, goings, *_ in prompter.told[heard:]} == {"coach_speaks"}
    assert room.card.played == []
    voice.may.set()
    beside.shutdown(wait=True)
    room.wait(0)
    assert len(room.card.played) == room.card.ended == 1
    room.coach.store.close()


def test_who_says_something_else_while_an_answer_is_made_hears_the_newer_answer_alone(
    tmp_path: Path, prompter: Prompter
) -> None:
    voice, beside = Waiting(), ThreadPoolExecutor(1)
    room = Room(tmp_path, lambda *_: prompter, voice, beside=beside)
    for said in ("start glute workout", "help"):
        whisper(prompter, said)
        room.wait(0)
    voice.may.set()
    beside.shutdown(wait=True)
    room.wait(0)
    (played,) = room.card.played
    letters = len(room.told[-1].strip().replace(". ", "."))
    assert letters - 5 <= played.length_ms - BETWEEN_MS * room.told[-1].count(". ") <= letters + 5
    room.coach.store.close()


class Talkative(Beep):
    """Eight seconds of noise, whatever it is to say."""

    def sentence(self, text: str) -> bytes:
        noise = np.random.default_rng(1).integers(-6000, 6000, 8 * SAMPLE_RATE)
        return wav_of(noise.astype("<i2").tobytes())


class Loudness(Prompter):
    """Remembers how loud each piece was that reached the ears."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[float] = []

    def hear(self, pcm: bytes, room: Goings, own_words: str = "", expected: Expected = "") -> Sequence[Sound]:
        self.levels.append(float(np.abs(np.frombuffer(pcm, "<i2")).mean()))
        return super().hear(pcm, room, own_words, expected)


def test_the_ears_get_the_microphone_without_what_the_coach_is_saying(tmp_path: Path) -> None:
    ears = Loudness()
    room = Room(tmp_path, lambda _: ears, Talkative(), canceller())
    whisper(ears, "start glute workout")
    room.wait(0)
    (said,) = room.card.played
    room.card.place = 0
    heard = at_our_rate(said)[: 6 * SAMPLE_RATE]
    room.hear((heard * 32767).astype("<i2").tobytes())
    room.coach.store.close()
    assert ears.levels[-1] < 0.1 * 32767 * np.abs(heard).mean()
