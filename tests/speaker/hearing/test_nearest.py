"""Known sentences that sound like a text, by a dictionary of a few words and by the model's own sentences."""

import pytest

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.nearest import Nearest, of_commands, of_pain_and_stop
from skill.speaker.hearing.recognise import thresholds
from skill.speaker.hearing.sound_alikes import Likeness
from skill.speaker.understanding import language
from skill.speaker.understanding import model as models

WORDS = {
    "my": "M AY",
    "hip": "HH IH P",
    "hit": "HH IH T",
    "lip": "L IH P",
    "hurts": "HH ER T S",
    "legs": "L EH G Z",
}


@pytest.fixture
def alike() -> Likeness:
    return Likeness(language.load("en-US"), WORDS.get, thresholds()["alike"])


def test_each_sentence_is_found_exactly_as_alike_as_it_is(alike: Likeness) -> None:
    known = ["my hip hurts", "my legs hurts", "hip hurts", "hurts", "my hip", "my hip hurts my hip"]
    for text in ("My hit hurts.", "My lip hurts!", "hurts", "legs"):
        expected = {each: alike(each, text) for each in known if alike(each, text) >= 0.6}
        assert dict(Nearest(known, alike, 0.6)(text)) == pytest.approx(expected)


def test_nothing_is_found_for_silence_or_for_what_sounds_like_nothing_known(alike: Likeness) -> None:
    nearest = Nearest(["my hip hurts"], alike, 0.6)
    assert nearest("") == {}
    assert nearest("?!") == {}
    assert nearest("legs") == {}


def test_sentences_that_sound_the_same_are_all_found(alike: Likeness) -> None:
    assert set(Nearest(["my hip", "my  hip"], alike, 0.9)("my hip")) == {"my hip", "my  hip"}


def test_pain_in_every_place_is_known_but_no_single_word_for_it_sounds_like_much(alike: Likeness) -> None:
    nearest = of_pain_and_stop(models.load("en-US"), alike, Agreement.of(thresholds()["agreement"]))
    assert "my hip hurts" in nearest("My hit hurts.")
    assert not {"fell", "quit", "ouch", "stop"} & set(nearest("fell") | nearest("quit") | nearest("stop"))


def test_every_other_command_is_known_but_what_opens_a_hold_or_deletes(alike: Likeness) -> None:
    nearest = of_commands(models.load("en-US"), alike, Agreement.of(thresholds()["agreement"]))
    assert "keep counting" in nearest("Keep counting!")
    assert "i have a yellow band and a green band" in nearest("I have a yellow band and a green band.")
    assert "i did nineteen" in nearest("I did 19.")
    for said in ("ready", "my hip hurts", "delete my data", "my doctor says it's ok"):
        assert said not in nearest(said)


def test_of_many_that_sound_alike_the_nearest_are_found(alike: Likeness) -> None:
    known = [f"my {word}" for word in ("legs " * n + "hip" for n in range(100))]
    assert max((found := Nearest(known, alike, 0.6)("my hit")), key=lambda each: found[each]) == "my hip"
