"""A whole workout through the real endpoint: every count can be spoken in its place, at the normal rate."""

import pytest

from skill.alexa import answer
from skill.audio.mix import placed
from skill.audio.voices import voice
from skill.audio.words import Words


@pytest.fixture
def scripts(anna, monkeypatch):
    sent = []
    write = answer.apla.document
    monkeypatch.setattr(
        answer.apla, "document", lambda script, grid: (sent.append(script), write(script, grid))[1]
    )
    for words in ("start glute workout", "yellow, red and the extra heavy one", "ready"):
        anna.say(words)
    while anna.count is not None:
        anna.say_at("I can't do any more", rep=12, second=2)
        if anna.count is None and anna.is_listening:
            anna.say("twelve")
    return sent


@pytest.mark.parametrize("name", ["espeak", "espeak:en-us+f3"])
def test_nothing_that_is_said_in_a_workout_has_to_be_hurried(scripts, name):
    words = Words(voice(name), None)
    assert len(scripts) == 6
    for script in scripts:
        for one in placed(script, words):
            assert one.word is words.word(one.cue.text), one.cue
