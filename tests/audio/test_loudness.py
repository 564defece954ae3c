"""The coach is loud enough for a floor: -16 LUFS by a meter that nobody here wrote, and nothing clips."""

from functools import cache

import numpy as np
import pytest

from skill.audio.sound import RATE, Samples, word
from skill.audio.voices import voice
from skill.audio.words import Words

WORDS = [
    "three",
    "two",
    "one",
    "lift",
    "hold",
    "lower",
    "seven",
    "eleven",
    "twelve",
    "thirteen",
    "twenty-five",
]
SENTENCES = (
    "Ten, left leg, on red. Other side: right leg.",
    "Catch your breath. Then round two, left leg. Breathe out on the way up, in on the way down.",
)
VOICES = ("hibari", "piper", "espeak:en-us", "espeak:de")


@cache
def said(name: str, text: str) -> Samples:
    """By a voice; none has to be said twice."""
    return words_of(name).word(text).samples


@cache
def words_of(name: str) -> Words:
    return Words(voice(name), None)


def _true_peak_db(sound: Samples) -> float:
    from scipy.signal import resample_poly  # a second to import, which only these tests need

    return float(20 * np.log10(np.abs(resample_poly(sound, 8, 1)).max()))


@pytest.mark.parametrize("name", VOICES)
def test_each_sentence_and_the_words_of_a_set_are_at_minus_16_lufs(name: str) -> None:
    import pyloudnorm

    meter = pyloudnorm.Meter(RATE)
    takes = [said(name, each) for each in SENTENCES]
    takes.append(np.concatenate([said(name, each) for each in WORDS]))
    assert [meter.integrated_loudness(each) for each in takes] == pytest.approx([-16] * len(takes), abs=1.5)


@pytest.mark.parametrize("name", VOICES)
def test_no_peak_clips_though_a_player_resamples(name: str) -> None:
    peaks = [_true_peak_db(said(name, each)) for each in (*WORDS, *SENTENCES)]
    assert max(peaks) < -1


def test_a_cry_among_whispers_makes_the_whispers_no_softer() -> None:
    time_s = np.arange(RATE) / RATE
    whisper = (0.1 * np.sin(2 * np.pi * 300 * time_s)).astype(np.float32)
    cry = whisper.copy()
    cry[RATE // 2 : RATE // 2 + 240] *= 9
    levels = [np.abs(word(each).samples[: RATE // 4]).max() for each in (whisper, cry)]
    assert levels[1] == pytest.approx(levels[0], rel=0.25)
