"""What compares the sound of a number with the sounds of all numbers, and what that opinion is worth."""

from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from bench.hearing.clips import spoken
from bench.hearing.conditions import in_condition
from skill.speaker.hearing import moonshine
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import at_once, judged
from skill.speaker.hearing.moonshine import Moonshine
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.probe import FILE, Probe, pooled
from skill.speaker.hearing.protective import STOP
from skill.speaker.hearing.recognise import spelt_numbers, thresholds
from tools.number_probe import cut_out

BY = Agreement.of(thresholds()["agreement"])
BLURRED = Opinions(
    ["Take."],
    "",
    lambda text: -9.0,
    lambda text: None,
    lambda *_: 0.0,
    awaited=(("Six.", 0.14), ("Take.", 0.03)),
    numbers={6: 0.02, 7: 0.01},
    probed={6: 0.5, 7: 0.1},
)
"""Whisper expects six first but is not sure of it, and neither is moonshine."""


def reps(verdict: Verdict | None) -> str:
    slot = verdict.understood.slots.get("reps", {}) if verdict and verdict.kind == "command" else {}
    return str(slot.get("value", ""))


def test_a_number_that_nobody_is_sure_of_but_all_three_choose_is_taken() -> None:
    assert reps(at_once(BLURRED, BY)) == "6"
    assert reps(judged(BLURRED, BY)) == "6"


@pytest.mark.parametrize(
    "changes",
    [
        {"probed": {}},
        {"numbers": {}},
        {"probed": {6: 0.001, 7: 0.001}},
        {"probed": {6: 0.1, 7: 0.5}},
        {"numbers": {6: 0.001, 7: 0.02}},
        {"numbers": {6: 0.02, 7: 0.019}, "probed": {6: 0.3, 7: 0.29}},
        {"awaited": (("Seven.", 0.14), ("Six.", 0.13))},
        {"awaited": (("Take.", 0.14), ("Six.", 0.13))},
        {"free": ["Seven."]},
    ],
    ids=["no probe", "no moonshine", "unlikely", "probe's is another", "moonshine's is another", "another is as likely",
         "whisper expects another", "whisper expects none", "whisper wrote another"],
)  # fmt: skip
def test_a_number_that_one_of_three_does_not_choose_is_asked_again(changes: dict[str, object]) -> None:
    assert reps(judged(replace(BLURRED, **changes), BY)) == ""


def test_a_stop_among_the_guesses_goes_before_a_number_of_all_three() -> None:
    assert judged(replace(BLURRED, free=["Take.", "Stop."]), BY).understood.intent == STOP


def test_a_long_and_a_short_sound_are_brought_to_one_length_and_their_order_is_kept() -> None:
    rows = np.arange(24, dtype=np.float32).reshape(8, 3)
    assert {pooled(rows[:length]).shape for length in (1, 2, 3, 8)} == {(15,)}
    assert pooled(rows)[:6].tolist() == [10.5, 11.5, 12.5, 21, 22, 23]
    assert np.array_equal(pooled(rows)[:6], pooled(rows[::-1])[:6])
    assert not np.array_equal(pooled(rows), pooled(rows[::-1]))


def test_its_file_is_small_and_knows_every_number_that_moonshine_weighs() -> None:
    assert len(files("skill.speaker.hearing").joinpath(FILE).read_bytes()) < 400_000
    found = Probe()(np.zeros((4, 288), np.float32))
    assert found.keys() == spelt_numbers("en-US").keys()
    assert 0 < sum(found.values()) < 1


def heard_in_a_room(text: str) -> dict[int, float]:
    """What the probe makes of Piper, three metres away, as the ears cut it out."""
    pcm = cut_out(in_condition(spoken(text, "piper"), "room, 3 m", text))
    assert pcm is not None
    return dict(Probe()(Moonshine(spelt_numbers("en-US"))(pcm).encoded))


@pytest.mark.skipif(not moonshine.is_installed(), reason="moonshine-voice has no wheel for this machine")
@pytest.mark.parametrize(("text", "number"), [("six", 6), ("seven", 7), ("twelve", 12), ("twenty five", 25)])
def test_it_tells_a_number_across_a_room(text: str, number: int) -> None:
    found = heard_in_a_room(text)
    assert max(found, key=lambda each: found[each]) == number


@pytest.mark.skipif(not moonshine.is_installed(), reason="moonshine-voice has no wheel for this machine")
@pytest.mark.parametrize("text", ["what was that noise outside", "hello there"])
def test_other_words_are_rather_anything_else(text: str) -> None:
    assert sum(heard_in_a_room(text).values()) < 0.5
