"""Every tempo, number of repetitions and voice: no word is cut, none runs into the next.

The whole field (125 tempos, 25 repetitions, four voices) is bench/counting/__main__.py's; here are its corners.
"""

from functools import cache
from itertools import pairwise, product

import pytest

from bench.counting import apla_time
from rules.files.exercise import load_exercises
from skill.alexa import apla
from skill.alexa.lengths import estimated_ms
from skill.audio.mix import placed
from skill.audio.sound import RATE
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.commands.counted import Wanted, counted

TEMPOS = ("1-1-1", "1-2-3", "2-1-2", "4-0-1-0", "5-5-5", "1-0-1", "3-3-1")
VOICES = ("piper", "espeak", "espeak:en", "espeak:en-us+f3")
REPS = (1, 2, 12, 25)


@cache
def words_of(name: str) -> Words:
    return Words(voice(name), None)


@cache
def script(tempo: str, reps: int):
    return counted(Wanted("glute_raise", reps, None, tempo), lambda _: None)


@pytest.mark.parametrize("name", VOICES)
def test_no_word_is_cut_and_none_runs_into_the_next(name):
    for tempo, reps in product(TEMPOS, REPS):
        laid = placed(script(tempo, reps), words_of(name))
        assert all(here.ends_at <= there.starts_at for here, there in pairwise(laid)), (tempo, reps)
        assert laid[-1].ends_at <= script(tempo, reps).length_ms * RATE // 1000
        assert all(one.starts_at + one.word.beat == one.cue.at_ms * RATE // 1000 for one in laid[1:])


@pytest.mark.parametrize("exercise", load_exercises())
def test_every_exercise_is_counted_whole_by_every_voice(exercise):
    for name, reps in product(VOICES, REPS):
        own = counted(Wanted(exercise, reps), lambda _: None)
        laid = placed(own, words_of(name))
        assert [one.cue for one in laid] == list(own.cues)
        assert all(here.ends_at <= there.starts_at for here, there in pairwise(laid)), (name, reps)


@pytest.mark.parametrize("name", VOICES)
def test_nothing_that_is_counted_needs_to_be_hurried(name):
    """At one second a phase every number up to 25 has its second, at the normal rate."""
    words = words_of(name)
    for one in placed(script("1-1-1", 25), words):
        assert one.word is words.word(one.cue.text), one.cue.text


@pytest.mark.parametrize(("tempo", "reps"), list(product(TEMPOS, REPS)))
def test_alexas_slots_are_exactly_the_grid(tempo, reps):
    item = apla.document(script(tempo, reps))["mainTemplate"]["item"]
    heard = list(apla_time.placed(item, estimated_ms))
    assert [each.at_ms for each in heard] == [cue.at_ms for cue in script(tempo, reps).cues]
    assert not any(each.is_cut for each in heard)
    assert apla_time.length_ms(item, estimated_ms) == script(tempo, reps).length_ms
