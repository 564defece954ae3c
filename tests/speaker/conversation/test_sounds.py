import io
import re
import wave
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from skill.audio.files import wav_of
from skill.audio.sound import RATE
from skill.locales.script import Script, SpokenCue
from skill.speaker.conversation.sounds import BETWEEN_MS, KEPT, Sounds, silent_wav
from skill.speaker.conversation.speech import SpeechMissing
from skill.speaker.conversation.spoken import Spoken
from tests.speaker.page.opened import Beep, at, opened


class Hoarse:
    """A voice that fails."""

    def sentence(self, text: str) -> bytes:
        raise OSError("the model is damaged")

    def track(self, script: Script) -> bytes:
        raise OSError("the model is damaged")


def length_ms(made: bytes | None) -> float:
    assert made is not None
    with wave.open(io.BytesIO(made)) as file:
        return file.getnframes() * 1000 / file.getframerate()


def test_an_answer_is_said_a_sentence_at_a_time() -> None:
    sounds = Sounds(Beep())
    names = sounds.sentences("Red today. Say ready when you are.")
    assert [length_ms(sounds.wav(name)) for name in names] == [
        len("Red today."),
        len("Say ready when you are."),
    ]


def test_nothing_to_say_makes_no_sound() -> None:
    assert Sounds(Beep()).sentences(" ") == []


def test_without_a_voice_a_count_is_a_silent_track_of_its_whole_length(tmp_path: Path) -> None:
    with opened(tmp_path, sounds=Sounds(None, "piper is not installed")) as page:
        answer = page.begin()
        assert answer["fault"].startswith("No voice can speak here.")
        assert "piper is not installed" in answer["fault"]
        track = page.client.get(answer["sounds"][-1]).data
    assert length_ms(track) == answer["count"]["length_ms"]


@pytest.mark.filterwarnings("ignore")
def test_a_voice_that_fails_costs_the_sound_and_is_told() -> None:
    sounds = Sounds(Hoarse())
    assert length_ms(sounds.wav(sounds.count([SpokenCue(0, "lift")], 6000))) == 6000
    assert "the model is damaged" in sounds.fault


class Whisper(Beep):
    """A voice that says everything in a millisecond."""

    def sentence(self, text: str) -> bytes:
        return silent_wav(1)


def test_a_further_voice_is_opened_when_it_is_first_wanted_and_once() -> None:
    opened_voices: list[str] = []

    def whisper() -> Whisper:
        opened_voices.append("whisper")
        return Whisper()

    sounds = Sounds(Beep(), others={"whisper": whisper})
    assert sounds.others == ("whisper",)
    assert [length_ms(sounds.wav(name)) for name in sounds.sentences("Red today.")] == [len("Red today.")]
    assert opened_voices == []
    for _ in range(2):
        (name,) = sounds.sentences("Red today.", "whisper")
        assert length_ms(sounds.wav(name)) == 1
    assert opened_voices == ["whisper"]


def test_where_a_chosen_voice_is_gone_the_coachs_own_speaks() -> None:
    def gone() -> Whisper:
        raise SpeechMissing("espeak:en is not installed")

    sounds = Sounds(Beep(), others={"gone": gone})
    for voice in ("gone", "never there"):
        for _ in range(2):
            (name,) = sounds.sentences("Red today.", voice)
            assert length_ms(sounds.wav(name)) == len("Red today.")
    assert sounds.fault == ""


class Steady(Beep):
    """A voice whose sentences take a second and whose counts say at each beat which it is."""

    def sentence(self, text: str) -> bytes:
        return wav_of(b"\1\0" * RATE)

    def track(self, script: Script) -> bytes:
        samples = np.zeros(RATE * script.length_ms // 1000, "<i2")
        for place, cue in enumerate(script.cues):
            samples[RATE * cue.at_ms // 1000] = 100 + place
        return wav_of(samples.tobytes())


def streamed(said: Spoken) -> NDArray[np.int16]:
    parts = list(Sounds(Steady()).flow(said))
    assert {part.rate for part in parts} == {RATE}
    return np.frombuffer(b"".join(part.samples for part in parts), "<i2")


def test_in_a_stream_every_beat_is_on_the_grid_to_the_sample_however_long_the_words_before_it_take() -> None:
    cues = tuple(SpokenCue(10_000 + 1000 * nth, str(nth)) for nth in range(60))
    for words in ("", "One.", "One. Two. Three."):
        stream = streamed(Spoken(words, cues, "a-count", 80_000))
        beats = np.flatnonzero(stream >= 100)
        assert len(stream) == 80 * RATE
        assert list(beats) == [RATE * cue.at_ms // 1000 for cue in cues]
        assert list(stream[beats]) == [100 + nth for nth in range(60)]


def test_words_that_take_longer_than_the_rest_make_it_longer_and_cost_no_beat() -> None:
    cues = tuple(SpokenCue(2_000 + 1000 * nth, str(nth)) for nth in range(60))
    stream = streamed(Spoken("One. Two. Three.", cues, "a-count", 70_000))
    beats = np.flatnonzero(stream >= 100)
    assert list(stream[beats]) == [100 + nth for nth in range(60)]
    assert set(np.diff(beats)) == {RATE}
    assert beats[0] / RATE > 3


def test_the_words_before_a_count_are_heard_before_the_count_is_made() -> None:
    is_asked_for = Event()

    class Slow(Steady):
        def track(self, script: Script) -> bytes:
            assert is_asked_for.wait(60)
            return super().track(script)

    flow = Sounds(Slow()).flow(Spoken("One. Two.", (SpokenCue(9_000, "three"),), "a-count", 20_000))
    assert [round(next(flow).length_ms) for _ in range(2)] == [1000 + BETWEEN_MS, 1000 + BETWEEN_MS]
    is_asked_for.set()
    assert round(next(flow).length_ms) == 20_000 - 2 * (1000 + BETWEEN_MS)


def test_the_words_said_before_a_count_are_no_part_of_its_track(tmp_path: Path) -> None:
    told: list[Script] = []

    class Listener(Beep):
        def track(self, script: Script) -> bytes:
            told.append(script)
            return super().track(script)

    with opened(tmp_path, sounds=Sounds(Listener())) as page:
        answer = page.begin()
        page.client.get(answer["sounds"][-1])
    (script,) = told
    assert [cue.text for cue in script.cues[:4]] == ["three", "two", "one", "lift"]
    assert script.length_ms == answer["count"]["length_ms"]
    assert (
        answer["count"]["enters_by_ms"] < script.cues[0].at_ms == answer["count"]["picture"]["lead_in_at_ms"]
    )
    assert len(answer["sounds"]) == len(re.split(r"(?<=[.?!])\s+", answer["text"])) + 1


def test_old_sounds_are_forgotten_and_new_ones_kept() -> None:
    sounds = Sounds(Beep())
    first = sounds.sentences("First.")[0]
    later = [sounds.sentences("Later.")[0] for _ in range(KEPT)]
    assert sounds.wav(first) is None
    assert all(sounds.wav(name) is not None for name in later)


def test_a_player_may_ask_for_a_piece_of_a_track(tmp_path: Path) -> None:
    with opened(tmp_path) as page:
        address = page.begin()["sounds"][-1]
        piece = page.client.get(address, headers={"Range": "bytes=44-143"})
        assert (piece.status_code, len(piece.data)) == (206, 100)
        assert page.client.get("/speaker/sound/unknown.wav").status_code == 404


def test_words_made_beforehand_give_way_to_an_answer() -> None:
    said: list[str] = []
    sounds = Sounds(Beep())

    class Slow(Beep):
        def sentence(self, text: str) -> bytes:
            said.append(text)
            if text == "word 0":
                sounds.sentences("An answer.")
            return super().sentence(text)

    sounds._speech = Slow()
    sounds.warm(f"word {nth}" for nth in range(5))
    assert said[:3] == ["word 0", "An answer.", "word 1"]


def test_of_what_is_said_all_but_the_sentence_with_the_reps_is_ready_when_a_count_is_asked_for(
    tmp_path: Path,
) -> None:
    said: set[str] = set()
    warmed = Event()

    class Listener(Beep):
        def sentence(self, text: str) -> bytes:
            said.add(text)
            if text == "Then round three, right leg.":
                warmed.set()
            return super().sentence(text)

    with opened(tmp_path, sounds=Sounds(Listener())) as page:
        assert warmed.wait(60)
        known, answers = set(said), [page.begin()]
        for rep in (13, 12, 14):
            place = {
                "token": answers[-1]["count"]["token"],
                "at_ms": at(answers[-1]["count"], rep, "isometric_hold"),
            }
            answers.append(page.say("I'm done", place))
    new = {each for answer in answers for each in re.split(r"(?<=[.?!])\s+", answer["text"])} - known
    assert {each for each in new if "leg" not in each} == set()
    assert {each.split(",")[0] for each in new} == {"Twelve", "Eleven", "Thirteen"}


@pytest.mark.filterwarnings("ignore")
def test_a_voice_that_fails_beforehand_is_told_and_stops_nothing() -> None:
    sounds = Sounds(Hoarse())
    sounds.warm(["lift", "Left leg."])
    assert "the model is damaged" in sounds.fault
