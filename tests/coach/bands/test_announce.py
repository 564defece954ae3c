"""What is said of a band is true, is of the leg that is named, and a step that may land short is announced so."""

import operator
import re
from typing import Any

import pytest

from skill.coach.bands import outlook
from skill.coach.state import Leg
from skill.coach.value import changed
from tests.coach.lives import LOCALE
from tests.coach.one_life import OneLife
from tests.rules.oracle import read

BAND_RULES = {rule["id"]: rule["when"] for rule in read("book", "bands")["rules"]}
CLAIMS: dict[str, list[tuple[str, str, Any]]] = {
    "two fresh sets running past": [("steady_off", "at_least", 1)],
    "two fresh sets running short": [("steady_off", "at_most", -1)],
    "two fresh sets running far short": [("steady_off", "at_most", -5)],
    "twice running far short": [("steady_off", "at_most", -5)],
    "you're past": [("steady_off", "at_least", 1)],
    "you're short": [("steady_off", "at_most", -1)],
    "last two fresh sets": [("sets_here", "is", 2)],
    "right in the window": [("off_window", "is", 0)],
    "well past": [("off_window", "at_least", 4)],
    "well short": [("off_window", "at_most", -4)],
    "you failed at {fresh_reps}, far short": [("off_window", "at_most", -5)],
    "times running you outlasted": [("ran_out_streak", "at_least", 2)],
    "you outlast the count": [("ran_out_streak", "at_least", 2)],
    "still looking": [("is_calibrating", "is", True)],
    "{tougher_reps}": [("tougher_tried", "is", True)],
    "{lighter_reps}": [("lighter_tried", "is", True)],
    "by your last try": [("tougher_tried", "is", True)],
    "on your lightest": [("rungs_below", "is", 1)],
    "pain in that workout": [("had_pain", "is", True)],
    "it hurt": [("had_pain", "is", True)],
    "after pain": [("moment", "is", "lock_opens")],
    "weeks": [("weeks_away", "more_than", 0)],
    "is gone": [("band_lost", "is", True)],
    "have changed": [("moment", "is", "ladder_changes")],
    "says nothing of your strength": [("outcome", "is", "not_judged")],
    "your other leg": [("other_leg_known", "is", True)],
}
IS_WITHIN = {"at_least": operator.ge, "at_most": operator.le, "is": operator.eq, "more_than": operator.ge}


def is_tested(rule: str, fact: str, op: str, value: Any) -> bool:
    """Whether a rule fires only where a claim is true."""
    tested = BAND_RULES[rule].get(fact, {})
    return any(
        IS_WITHIN[op](told, value)
        for how, told in tested.items()
        if how == op or (how == "is" and op != "is")
    )


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_reason_claims_only_what_its_rule_tests(claim: str) -> None:
    claiming = [rule for rule in BAND_RULES if claim in LOCALE.data["because"][rule].lower()]
    assert claiming, "no reason claims it any more"
    for rule in claiming:
        assert all(is_tested(rule, *each) for each in CLAIMS[claim]), (rule, claim)


def test_a_band_that_was_outgrown_is_named_with_what_to_expect_of_the_next() -> None:
    life = OneLife()
    life.train(14)
    life.train(16)
    life.train(18, 17)
    heard = life.hear("WhichBandIntent")
    assert heard.startswith("Green. Two fresh sets running past fifteen with red: that's too light by now.")
    why = life.hear("WhyIntent")
    assert "with red" in why
    assert "at first" in why


def test_both_numbers_are_given_where_both_legs_share_the_band_and_its_reason() -> None:
    life = OneLife()
    life.train(13, 14)
    assert life.hear("WhichBandIntent").startswith(
        "Red. You failed at thirteen and fourteen, right in the window."
    )
    life.train(13)
    assert "You failed at thirteen, right" in life.hear("WhichBandIntent")


def test_where_one_band_has_two_reasons_the_leg_is_named() -> None:
    life = OneLife()
    life.train(16, 13)
    assert "Left leg: Once more past fifteen" in life.hear("WhichBandIntent")
    assert life.hear("WhyIntent").startswith("Left leg: You did sixteen")


def test_the_leg_whose_band_has_moved_gives_the_reason_right_after_the_workout_and_in_the_answer() -> None:
    for left, right, side in ((20, 13, "Left"), (13, 20, "Right")):
        life = OneLife()
        life.train(left, right)
        said = f"{side} leg: You did twenty, well past the window"
        assert life.hear("WhyIntent").startswith(said)
        life.say("WhichBandIntent")
        assert life.hear("WhyIntent").startswith(said)
        life.say("Launch")
        assert life.hear("WhyIntent").startswith(said)


def test_two_placements_are_told_leg_by_leg() -> None:
    life = OneLife()
    life.train(13, 5)
    placed = "red, a hand's width higher."
    assert life.hear("WhichBandIntent").startswith(f"Left leg: red. Right leg: {placed}")
    assert life.hear("Launch") == f"Left leg first. Left: red. Right: {placed}"


def test_five_workouts_past_the_window_at_the_foot_are_not_called_one() -> None:
    life = OneLife(bands=("red",))
    for reps in (18, 18, 22, 22, 24, 24, 24):
        life.train(reps)
    heard = life.hear("WhichBandIntent")
    assert heard.startswith("Red, around your feet.")
    assert "one workout alone" not in heard
    (rise,) = outlook.lines(life.turn(), life.turn().leg("left"))
    assert (rise.key, rise.params["to_band"]) == ("outlook_outlast", "red@doubled")


def test_twelve_and_eleven_are_not_called_off_the_window() -> None:
    life = OneLife()
    for reps in (14, 17, 18, 8, 8):
        life.train(reps)
    for reps in (12, 11):
        life.train(reps)
    assert "off the window" not in life.hear("WhichBandIntent")


def test_one_of_two_workouts_done_is_told_and_counts() -> None:
    life = OneLife()
    life.train(14)
    life.train(17)
    assert "Once more past fifteen, and it's green." in life.hear("WhichBandIntent")
    assert "Once more past fifteen, and it's green." in life.hear("Launch")


def test_no_band_and_doubled_promise_no_foot() -> None:
    life = OneLife(bands=())
    life.say("WhichBandIntent")
    assert "you'd need a band" in life.hear("WhyIntent")
    life = OneLife(bands=("red",))
    for reps in (18, 18, 25, 25):
        life.train(reps)
    heard = life.hear("WhichBandIntent")
    assert heard.startswith("Red, doubled.")
    assert "That's as tough as your bands go." in life.hear("WhyIntent")


def test_from_the_foot_to_doubled_is_not_called_the_step_between_bands() -> None:
    life = OneLife(bands=("red",))
    for reps in (18, 18, 25):
        life.train(reps)
    heard = life.train(25)
    assert "Next time red, doubled: it pulls harder" in heard
    assert "between" not in heard


def test_a_step_that_was_taken_before_is_announced_with_its_number() -> None:
    life = OneLife()
    for reps in (14, 17, 18, 8, 8):
        life.train(reps)
    life.train(25)
    assert re.search(r"about \w+ at first", life.train(25))
    life.say("WhichBandIntent")
    assert re.search(r"[Aa]bout \w+ at first", life.hear("WhyIntent"))


@pytest.mark.parametrize(
    ("worn", "told"),
    [
        ("red", "band goes around both legs, just above the ankles."),
        ("red@knee", "toward the knees."),
        ("red@foot", "over your shoes."),
        ("red@doubled", "Wrap the band around both legs twice"),
    ],
)
def test_how_to_do_it_names_the_place_where_the_band_is_worn(worn: str, told: str) -> None:
    life = OneLife(bands=("red",))
    life.train(13)
    legs = {side: Leg(band=worn) for side in ("left", "right")}
    record = changed(life.state.records["glute_raise"], legs=legs)
    life.state = changed(life.state, records={"glute_raise": record})
    heard = life.hear("HowToIntent")
    assert told in heard
    assert ("above the ankles" in heard) == (worn == "red")
    assert "Lift the top leg" in heard
