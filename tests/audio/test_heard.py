"""The finished file is listened to: a recogniser reads back every phase and number, in its own slot."""

import io

import numpy as np
import pytest
import soundfile
from pocketsphinx import Decoder
from scipy.signal import resample_poly

from skill.audio.files import mp3
from skill.audio.track import track
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.commands.counted import Wanted, counted
from skill.locales.script import Script
from skill.locales.words import load

HEARD_RATE = 16_000
BEFORE_MS, AFTER_MS = 100, 40
PHASES = ("lift", "hold", "lower", "as many as you can", "halfway", "last three", "last one")


def decoder(phrases) -> Decoder:
    made = Decoder(samprate=HEARD_RATE, lm=None, loglevel="FATAL")
    made.add_jsgf_string("words", f"#JSGF V1.0; grammar words; public <word> = {' | '.join(phrases)} ;")
    made.activate_search("words")
    return made


@pytest.fixture(scope="module")
def script() -> Script:
    return counted(Wanted("glute_raise", 15), pytest.fail)


@pytest.fixture(scope="module")
def sound(script) -> np.ndarray:
    file = mp3(track(script, Words(voice("piper"), None)))
    loaded, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    return (resample_poly(loaded, HEARD_RATE, rate) * 32767).astype("<i2")


def read_back(sound, script, ears: Decoder, is_meant) -> list[tuple[str, str]]:
    pairs = []
    for cue in script.cues:
        if not is_meant(cue.text):
            continue
        start = max(0, (cue.at_ms - BEFORE_MS) * HEARD_RATE // 1000)
        end = (cue.at_ms + min(cue.slot_ms, 2000) + AFTER_MS) * HEARD_RATE // 1000
        ears.start_utt()
        ears.process_raw(sound[start:end].tobytes(), full_utt=True)
        ears.end_utt()
        hypothesis = ears.hyp()
        pairs.append((cue.text, hypothesis.hypstr if hypothesis else ""))
    return pairs


def test_the_phases_of_every_repetition_are_heard(sound, script):
    pairs = read_back(sound, script, decoder(PHASES), PHASES.__contains__)
    assert len(pairs) == 15 * 3
    assert [heard for _, heard in pairs] == [said for said, _ in pairs]


def test_nearly_every_number_of_the_set_is_heard(sound, script):
    numbers = [load().number(each) for each in range(1, 26)]
    ears = decoder([each.replace("-", " ") for each in numbers])
    pairs = read_back(sound, script, ears, numbers.__contains__)
    right = sum(said.replace("-", " ") == heard for said, heard in pairs)
    assert len(pairs) >= 40
    assert right >= 0.95 * len(pairs), [pair for pair in pairs if pair[0] != pair[1]]


def test_a_set_that_lags_a_second_is_not_heard_as_right(sound, script):
    late = np.concatenate([np.zeros(HEARD_RATE, "<i2"), sound])
    pairs = read_back(late, script, decoder(PHASES), PHASES.__contains__)
    assert sum(said == heard for said, heard in pairs) < 0.8 * len(pairs)
