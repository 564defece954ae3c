"""How alike sentences sound, by a dictionary of four words."""

import pytest

from skill.speaker.hearing.recognise import thresholds
from skill.speaker.hearing.sound_alikes import Likeness
from skill.speaker.understanding import language

WORDS = {"leg": "L EH G", "raises": "R EY Z IH Z", "layer": "L EY ER", "grazes": "G R EY Z IH Z"}


@pytest.fixture
def alike() -> Likeness:
    return Likeness(language.load("en-US"), WORDS.get, thresholds()["alike"])


def test_a_sentence_sounds_like_itself_however_it_is_written(alike: Likeness) -> None:
    assert alike("leg raises", "Leg raises!") == 1


def test_a_misspelling_sounds_more_alike_than_it_looks(alike: Likeness) -> None:
    assert alike("leg raises", "layer grazes") == pytest.approx(1 - (0.4 + 0.8) / 9)


def test_phones_that_are_easily_taken_for_each_other_cost_less(alike: Likeness) -> None:
    pair, family, stranger = (alike("pat", other) for other in ("bat", "tat", "mat"))
    assert 1 > pair > family > stranger > 0


def test_a_word_that_no_dictionary_has_is_read_by_its_letters(alike: Likeness) -> None:
    assert list(alike.phones("leg nander")) == ["L", "EH", "G", "N", "AE", "N", "D", "EH", "R"]


@pytest.mark.parametrize(("one", "other"), [("", "leg"), ("leg", "?!"), ("", "")])
def test_nothing_sounds_like_nothing(alike: Likeness, one: str, other: str) -> None:
    assert alike(one, other) == 0


def test_every_letter_of_the_language_has_a_sound() -> None:
    assert set(language.load("en-US").settings["letters"]) == set("abcdefghijklmnopqrstuvwxyz")
