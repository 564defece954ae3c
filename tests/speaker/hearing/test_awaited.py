"""A number alone, while the coach waits to hear how many reps it were."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from skill.speaker.conversation.ears import Expected
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import judged
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.protective import STOP
from skill.speaker.hearing.recognise import thresholds
from tests.speaker.page.opened import Prompter, opened

BY = Agreement.of(thresholds()["agreement"])
NEVER = -9.0
SIX = {"Six.": 0.4, "six.": 0.05, "6.": 0.02, "Six, six.": 0.1}


def heard(
    awaited: Mapping[str, float],
    free: Sequence[str] = ("Sit.",),
    fits: Mapping[str, float] | None = None,
    alike: float = 0.0,
) -> Verdict:
    """The grammar hears nothing of use; `awaited` is what whisper writes, and how probable it finds it."""
    likely = lambda text: -0.5 if text in (fits or {}) else NEVER  # noqa: E731
    by_whisper = tuple(awaited.items())
    opinions = Opinions(free, "gold is", likely, (fits or {}).get, lambda *_: alike, awaited=by_whisper)
    return judged(opinions, BY)


def reps(verdict: Verdict) -> str:
    """The number that is acted on; "" where none is."""
    slot = verdict.understood.slots.get("reps", {}) if verdict.kind == "command" else {}
    return str(slot.get("value", ""))


def test_a_number_that_is_far_likelier_than_anything_else_needs_no_other_witness() -> None:
    assert reps(heard(SIX)) == "6"
    assert reps(heard({"Six.": 0.4, "Sit.": 0.02, "Sit down.": 0.01, "Sick of it.": 0.01})) == "6"


def test_a_number_that_nobody_waits_for_needs_more() -> None:
    assert reps(heard({}, free=tuple(SIX))) == ""


def test_a_number_that_whisper_also_writes_where_it_expects_none_needs_less() -> None:
    mumbled = {"Five.": 0.08, "Fine.": 0.03}
    assert reps(heard(mumbled, free=["Five.", "Fine."])) == "5"
    assert reps(heard(mumbled, free=["Fine.", "Five."])) == ""
    assert reps(heard({"Five.": 0.03}, free=["Five."])) == ""
    assert reps(heard({"Five.": 0.08, "Fine.": 0.06}, free=["Five."])) == ""


def test_a_number_that_whisper_writes_in_every_way_but_does_not_believe_is_asked_again() -> None:
    assert reps(heard({"Tree.": 0.2, "Three.": 0.1, "Three": 0.02, "three.": 0.02, "3.": 0.01})) == ""
    assert reps(heard({"Three.": 0.3, "Tree.": 0.1, "Three": 0.05})) == ""
    assert reps(heard({"Three.": 0.05, "Three": 0.01})) == ""


def test_where_two_numbers_come_first_neither_is_taken() -> None:
    assert reps(heard(SIX, free=["Three.", "Tree."])) == ""
    assert reps(heard({"Four. Six.": 0.2, "Six.": 0.19})) == ""
    assert reps(heard({"Six.": 0.1, "Ten.": 0.09})) == ""


def test_fourteen_that_may_have_been_forty_is_asked_again() -> None:
    forty = {"Forty.": 0.6}
    assert heard(forty, fits={"forty": 0.1, "fourteen": 0.2}).kind == "perhaps"
    assert reps(heard(forty, fits={"forty": 0.2, "fourteen": 0.1})) == "40"


@pytest.mark.parametrize("said", ["That hurts.", "Stop.", "My back hurts."])
def test_pain_and_stop_go_before_any_number(said: str) -> None:
    assert heard(SIX, free=["Six.", said]).understood.intent in BY.protective_intents


def test_where_a_warning_is_among_the_guesses_and_sounds_like_the_number_the_coach_asks_again() -> None:
    six = ["That.", "There.", "Sick."]
    assert heard(SIX, free=six, alike=0.7).kind == "perhaps"
    assert heard(SIX, free=["Six.", "Sick."], alike=0.7).kind == "perhaps"
    assert heard(SIX, free=six, alike=0.5).understood.intent == "RedFlagIntent"
    assert heard(SIX, free=["Sick.", "Six."], alike=0.7).understood.intent == "RedFlagIntent"


def test_a_number_that_both_heard_is_asked_again_where_another_is_likelier() -> None:
    two = Opinions(["P.", "Two."], "only two", lambda _: -0.5, lambda _: 0.1, lambda *_: 0.0)
    assert reps(judged(two, BY)) == "2"
    assert judged(replace(two, awaited=(("Six.", 0.11), ("Two.", 0.03))), BY).kind == "perhaps"
    assert reps(judged(replace(two, awaited=(("Two.", 0.05), ("Six.", 0.03))), BY)) == "2"


def test_a_consent_that_may_have_been_a_number_is_asked_again() -> None:
    okay = {"free": ["Okay, then."], "fits": {"Okay, then.": 0.2}}
    assert heard({"Okay, then.": 0.03}, **okay).understood.intent == "OkayIntent"
    assert heard({"Seven.": 0.03, "Okay, then.": 0.01}, **okay).kind == "perhaps"
    assert heard({"Seven.": 0.03}, free=["It hurts."]).understood.intent == "PainIntent"


def test_a_rival_that_both_heard_is_no_number_where_whisper_expects_the_other() -> None:
    fits = {"three": 0.1, "two": 0.2, "Two.": 0.2}
    either = Opinions(["Three.", "Two."], "two", lambda _: -0.5, fits.get, lambda *_: 0.0)
    assert reps(judged(either, BY)) == "2"
    assert judged(replace(either, awaited=(("Three.", 0.26), ("Two.", 0.06))), BY).kind == "perhaps"


def test_a_word_that_only_sounds_like_a_stop_is_asked_again_where_a_number_is_awaited() -> None:
    why = {"free": ["Why?", "What?"], "fits": {"whoa": 0.2}, "alike": 0.7}
    assert heard({}, **why).understood.intent == STOP
    assert heard({"What?": 0.16, "One.": 0.14}, **why).kind != "command"


def test_a_single_word_that_is_no_number_needs_both_recognisers_while_one_is_awaited() -> None:
    fits = {each: 0.2 for each in ("Back.", "back")}
    assert heard({}, free=["Back."] * 5, fits=fits).kind == "command"
    assert heard({"Back.": 0.5}, free=["Back."] * 5, fits=fits).kind != "command"


def test_the_ears_are_told_of_the_number_while_that_question_is_open_and_no_longer(tmp_path: Path) -> None:
    prompter = Prompter()
    expected: list[Expected] = []
    with opened(tmp_path, lambda _: prompter) as page:
        page.begin()
        for said in ("I'm done", "no", "ten", "yes"):
            page.say(said)
            page.hear(bytes(3200), "awake")
            expected.append(prompter.told[-1][3])
    assert expected == ["", "", "number", ""]
