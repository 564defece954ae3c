"""The second recogniser that knows English: what it writes, its choice among numbers, and what both agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from bench.hearing.clips import in_noise, spoken
from skill.speaker.hearing import moonshine, recognise
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.awaited import outright
from skill.speaker.hearing.judge import at_once, judged
from skill.speaker.hearing.moonshine import Moonshine
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.recognise import Recogniser, thresholds
from skill.speaker.understanding import alarm

BY = Agreement.of(thresholds()["agreement"])
NUMBERS = {6: ["six", "Six", "6"], 7: ["seven", "Seven", "7"], 25: ["Twenty-five", "25"]}
installed = pytest.mark.skipif(
    not moonshine.is_installed(), reason="moonshine-voice has no wheel for this machine"
)


@pytest.fixture(scope="module")
def english() -> Moonshine:
    return Moonshine(NUMBERS)


@installed
@pytest.mark.parametrize("text", ["Six.", "I'm done.", "Twenty-five, 25?", "naïve 🙂", ""])
def test_what_is_spelt_is_read_again(english: Moonshine, text: str) -> None:
    assert english.pieces.decode(english.pieces.encode(text)) == text


@installed
def test_it_writes_what_is_said_and_how_probable_that_is(english: Moonshine) -> None:
    guesses = english(in_noise(spoken("I want to stop now", "piper"), None, "stop")).guesses
    assert guesses[0][0] == "I want to stop now."
    assert 1 >= guesses[0][1] > guesses[-1][1] > 0
    assert english(in_noise(spoken("I want to stop now", "piper"), None, "stop")).guesses == guesses


@installed
@pytest.mark.parametrize("number", [6, 7, 25])
def test_of_numbers_it_chooses_the_one_that_is_said(english: Moonshine, number: int) -> None:
    found = english(in_noise(spoken(str(number), "piper"), None, "n")).numbers
    assert max(found, key=lambda each: found[each]) == number
    assert found[number] > 0.1


@installed
def test_of_sentences_the_one_that_is_said_is_least_behind_what_it_wrote(english: Moonshine) -> None:
    heard = english(in_noise(spoken("keep counting please", "piper"), None, "n"))
    said, shorter, other = heard.behind(["keep counting please", "keep counting", "stop counting please"])
    assert said == pytest.approx(0, abs=0.2)
    assert shorter > 0.3
    assert other > 1
    assert heard.behind([]) == []


@installed
@pytest.mark.parametrize("pcm", [b"", b"\0\0" * 100, b"\0\0" * 16_000, b"\xff\x7f" * 320_000])
def test_no_sound_is_too_short_or_too_long_for_it(english: Moonshine, pcm: bytes) -> None:
    heard = english(pcm)
    assert max(heard.numbers.values()) < 0.6
    assert all(0 <= probable <= 1 for _, probable in heard.guesses)


def test_without_its_weights_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moonshine, "find_spec", lambda name: None)
    assert not moonshine.is_installed()
    with pytest.raises(OSError, match="moonshine_voice"):
        Moonshine(NUMBERS)


@pytest.mark.long
def test_the_coach_hears_without_it_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise.moonshine, "find_spec", lambda name: None)
    monkeypatch.setattr(recognise, "Probe", None)  # of what it hears nothing can be probed
    alarm.load.cache_clear()
    alone = Recogniser()
    assert alarm.load.cache_info().currsize == 1, "the first sentence would wait for its patterns"
    verdict = alone(in_noise(spoken("I did twelve reps", "piper"), None, "twelve"), "number")
    assert verdict.understood.slots["reps"]["value"] == "12"


def test_a_number_that_it_is_certain_of_needs_nobody_else() -> None:
    certain = outright({6: 0.95, 7: 0.001}, BY, "en-US")
    assert certain is not None
    assert certain[1].slots["reps"]["value"] == "6"
    assert outright({6: 0.8, 7: 0.001}, BY, "en-US") is None
    assert outright({14: 0.91, 40: 0.05}, BY, "en-US") is None
    assert outright({}, BY, "en-US") is None


def told(
    free: Sequence[str],
    other: Mapping[str, float],
    awaited: Mapping[str, float] | None = None,
    numbers: Mapping[int, float] | None = None,
    alike: float = 0.0,
) -> Opinions:
    """What whisper writes, and the other; `awaited` is whisper's with a hint, `numbers` the choice of the other."""
    return Opinions(
        free,
        "",
        lambda text: -0.5,
        lambda text: None,
        lambda *_: alike,
        awaited=tuple((awaited or {}).items()),
        other=lambda: tuple(other.items()),
        numbers=numbers or {},
    )


def reps(verdict: Verdict | None) -> str:
    slot = verdict.understood.slots.get("reps", {}) if verdict and verdict.kind == "command" else {}
    return str(slot.get("value", ""))


def test_a_number_that_both_expect_is_taken() -> None:
    blurred = told(["What?"], {"Wow.": 0.2}, {"One.": 0.17, "What?": 0.16}, {1: 0.3, 4: 0.001})
    assert reps(at_once(blurred, BY)) == "1"
    assert reps(judged(blurred, BY)) == "1"
    assert reps(at_once(replace(blurred, numbers={1: 0.01, 4: 0.001}), BY)) == ""


def test_a_number_that_it_is_sure_of_is_taken_unless_whisper_hears_another() -> None:
    hero = told(["Hero."], {"Zero.": 0.5}, {"Hero.": 0.3, "Zero.": 0.01}, {0: 0.7})
    assert reps(at_once(hero, BY)) == "0"
    assert reps(at_once(replace(hero, awaited=(("Six.", 0.3),)), BY)) == ""
    assert reps(at_once(replace(hero, free=["Six."]), BY)) == ""


def test_a_number_of_which_either_is_unsure_is_asked_again() -> None:
    blurred = told(["What?"], {"Wow.": 0.2}, {"One.": 0.17, "What?": 0.16}, {1: 0.3, 4: 0.001})
    assert reps(at_once(replace(blurred, numbers={4: 0.3, 1: 0.001}), BY)) == ""
    assert reps(at_once(replace(blurred, numbers={1: 0.3, 4: 0.18}), BY)) == ""
    assert reps(at_once(replace(blurred, numbers={}), BY)) == ""


def test_a_number_that_whisper_is_sure_of_is_asked_again_where_the_other_is_sure_of_another() -> None:
    ten = told(["Ten."], {"Seven.": 0.5}, {"Ten.": 0.8, "Tan.": 0.02}, {7: 0.5, 10: 0.01})
    assert reps(at_once(ten, BY)) == ""
    assert reps(at_once(replace(ten, numbers={10: 0.5, 7: 0.01}), BY)) == "10"


def test_what_is_no_number_is_asked_again_where_the_other_is_sure_of_one() -> None:
    what = told(["What?"], {"One.": 0.5}, {"What?": 0.5}, {1: 0.5})
    heard_both = replace(what, grammar="what")
    assert judged(heard_both, BY).kind == "perhaps"
    assert judged(replace(heard_both, numbers={1: 0.05}), BY).understood.intent == "AMAZON.RepeatIntent"


def test_a_word_of_pain_that_is_rather_the_number_both_expect_is_the_number() -> None:
    sick = told(["Six.", "Sick."], {"Six.": 0.2}, {"Six.": 0.5, "Six": 0.03}, {6: 0.3}, alike=0.7)
    assert reps(at_once(sick, BY)) == "6"
    assert reps(at_once(replace(sick, numbers={}), BY)) == ""
    assert reps(at_once(replace(sick, alike=lambda *_: 0.1), BY)) == ""


def test_a_command_that_both_wrote_needs_no_grammar() -> None:
    both = at_once(told(["Skip this set."], {"Skip this set": 0.2}), BY)
    assert both is not None
    assert both.understood.intent == "SkipIntent"
    assert at_once(told(["Skip this set."], {"Skip the seat": 0.4}), BY) is None
    assert at_once(told(["Skip a set of it.", "Skip this set."], {"Skip this set.": 0.4}), BY) is None


def test_pain_among_the_guesses_is_looked_at_in_full_first() -> None:
    assert at_once(told(["Skip this set.", "My hip hurts."], {"Skip this set": 0.2}), BY) is None


def test_forty_is_never_taken_at_once() -> None:
    assert at_once(told(["I did forty."], {"I did forty.": 0.9}), BY) is None


def test_what_both_may_have_heard_is_taken_where_nothing_else_is() -> None:
    asked = told(["How low should I go?", "How slow should I go?"], {"How slow should I go?": 0.2})
    assert judged(asked, BY).understood.intent == "TempoIntent"
    assert judged(told(["Skip this seat.", "Skip this set."], {"Skip this set.": 0.2}), BY).kind != "command"
    assert judged(told(["I did ate.", "I did eight."], {"I did ten.": 0.2}), BY).kind != "command"


@pytest.mark.parametrize(("probable", "kind"), [(0.4, "command"), (0.2, "perhaps")])
def test_a_single_word_needs_the_other_to_be_sure(probable: float, kind: str) -> None:
    assert judged(told(["Sure."], {"Sure.": probable}), BY).kind == kind
    for ends in ("Bye.", "Done."):
        assert judged(told([ends], {ends: probable}), BY).kind == "perhaps"
    assert judged(told(["Sure."], {"Sure.": probable}, awaited={"Sure.": 0.4}), BY).kind == "perhaps"


@pytest.mark.parametrize("word", ["Yes.", "Gone."])
def test_a_single_word_that_may_relax_a_safeguard_needs_the_sound_to_bear_it_out(word: str) -> None:
    assert judged(told([word], {word: 0.9}), BY).kind == "perhaps"
    assert judged(replace(told([word], {}), grammar=word.lower().strip(".")), BY).kind == "command"


def decounting(
    behind: Mapping[str, float], likely: Mapping[str, float] | None = None, free: str = "Decounting."
) -> Verdict:
    """Both wrote something else, and each thinks so of the sentences that sound like it."""
    return judged(
        replace(
            told([free], {"He called him.": 0.4}),
            likelihood=lambda text: (likely or {}).get(text, -1.0),
            known=lambda text: dict.fromkeys(behind, 0.8),
            other_behind=lambda texts: [behind.get(text, 9.0) for text in texts],
        ),
        BY,
    )


def test_what_neither_wrote_is_taken_where_both_find_it_nearly_as_probable() -> None:
    found = decounting({"keep counting": 1.7, "start counting": 4.0}, {"keep counting": -1.3})
    assert (found.text, found.understood.intent) == ("keep counting", "AMAZON.ResumeIntent")
    assert decounting({"keep counting": 2.2}).kind != "command"
    assert decounting({"keep counting": 0.7}, {"keep counting": -2.9}).kind != "command"
    assert decounting({"keep counting": 0.7}, {"keep counting": -2.1, "Decounting.": -2.0}).kind != "command"


def test_what_neither_wrote_is_not_taken_where_something_else_comes_near_it() -> None:
    assert decounting({"keep counting": 1.0, "stop counting": 2.0}).kind != "command"
    assert decounting({"keep counting": 1.0, "go on": 1.1}).kind == "command"
    written = decounting(
        {"i have red and white": 0.3, "I have red and black.": 0.4}, free="I have red and black."
    )
    assert written.kind != "command"


@pytest.mark.parametrize(
    "said", ["yes please", "no thanks", "i did nineteen", "the pain has gone", "delete my data"]
)
def test_what_neither_wrote_is_no_yes_no_number_no_end_of_a_hold_and_no_deletion(said: str) -> None:
    assert decounting({said: 0.1}).kind != "command"


def test_the_beginning_of_what_was_written_is_not_taken_for_all_of_it() -> None:
    assert decounting({"i can do more": 1.0}, free="I can do more of the driving.").kind != "command"


def test_without_a_second_recogniser_nothing_is_taken_that_nobody_wrote() -> None:
    alone = told(["Decounting."], {})
    assert judged(replace(alone, known=lambda text: {"keep counting": 0.9}), BY).kind != "command"


def test_pain_that_only_the_other_wrote_is_pain() -> None:
    assert judged(told(["My grain hurls."], {"My groin hurts.": 0.1}), BY).understood.intent == "PainIntent"


def test_its_numbers_are_those_that_people_do() -> None:
    assert np.isin([0, 1, 20, 60], [*recognise.spelt_numbers("en-US")]).all()
    assert {"25", "twenty-five", "Twenty-five", "Twenty five"} <= set(recognise.spelt_numbers("en-US")[25])
    assert {"To", "too", "2"} <= set(recognise.spelt_numbers("en-US")[2])
