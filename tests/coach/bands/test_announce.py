"""What is said of a band is true, is of the leg that is named, and a step that may land short is announced so."""

import operator
from typing import Any

import pytest
from msgspec.structs import replace

from skill.coach.state import Leg
from tests.coach.lives import LOCALE
from tests.coach.one_life import OneLife
from tests.rules.oracle import read

BAND_RULES = {rule["id"]: rule["when"] for rule in read("book", "bands")["rules"]}
CLAIMS: dict[str, list[tuple[str, str, Any]]] = {
    "twice in a row you were past": [("reps_past_target_twice", "at_least", 1)],
    "twice in a row you were well past": [("reps_past_target_twice", "at_least", 3)],
    "twice in a row you were under": [("reps_short_of_target_twice", "at_least", 1)],
    "twice in a row you were far under": [("reps_short_of_target_twice", "at_least", 5)],
    "you're past": [("reps_past_target_twice", "at_least", 1)],
    ", well past": [("reps_past_target", "at_least", 4)],
    "well under": [("reps_short_of_target", "at_least", 4)],
    "right on target": [("reps_past_target", "is", 0), ("reps_short_of_target", "is", 0)],
    "a bit too few": [("reps_short_of_target", "at_least", 1)],
    "times in a row the count ended": [("count_ended_first_times", "at_least", 2)],
    "on the toughest you have": [("tougher_bands", "is", 0)],
    "right away": [("is_searching", "is", True)],
    "something was wrong": [("had_pain", "is", True)],
    "after pain": [("moment", "is", "lock_opens")],
    "weeks,": [("weeks_away", "more_than", 0)],
    "is gone": [("band_is_gone", "is", True)],
    "for today": [("moment", "is", "first_round_ends")],
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


def test_a_number_of_another_band_is_told_only_where_it_is_known() -> None:
    told = [rule for rule in BAND_RULES if "_band_reps}" in LOCALE.data["because"][rule]]
    assert all("tougher_band_short_by" in BAND_RULES[rule] for rule in told)


def test_legs_that_share_a_band_move_together_and_say_why() -> None:
    life = OneLife()
    life.train(14)
    life.train(16)
    life.train(18, 17)
    heard = life.hear("WhichBandIntent")
    assert heard.startswith("Green, ")
    assert "Twice in a row you were past fifteen" in life.hear("WhyIntent")


def test_a_leg_that_is_ahead_on_one_day_shares_its_band() -> None:
    life = OneLife()
    life.train(13)
    life.train(20, 13)
    assert life.hear("WhichBandIntent").startswith("Red.")


def test_a_leg_that_is_ahead_three_workouts_in_a_row_gets_its_own_band() -> None:
    life = OneLife()
    for _ in range(3):
        life.train(17, 12)
    bands = {side: leg.rung for side, leg in life.state.records["glute_raise"].legs.items()}
    assert bands == {"left": "green@knee", "right": "red"}


def test_a_toughest_band_that_was_outgrown_asks_for_a_tougher_one() -> None:
    life = OneLife(bands=("red",))
    for reps in (18, 18, 22):
        life.train(reps)
    life.train(22)
    assert "Time to buy a tougher band" in life.hear("WhyIntent")


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
    life.say("WhichBandIntent")
    assert "past fifteen" in life.hear("WhyIntent")


def test_no_band_promises_no_foot() -> None:
    life = OneLife(bands=())
    life.say("WhichBandIntent")
    assert "you'd need a band" in life.hear("WhyIntent")


@pytest.mark.parametrize(
    ("worn", "told"),
    [
        ("red", "band goes around both legs, just above the ankles."),
        ("red@knee", "toward the knees."),
        ("red@foot", "over your shoes."),
    ],
)
def test_how_to_do_it_names_the_place_where_the_band_is_worn(worn: str, told: str) -> None:
    life = OneLife(bands=("red",))
    life.train(13)
    legs = {side: Leg(rung=worn) for side in ("left", "right")}
    record = replace(life.state.records["glute_raise"], legs=legs)
    life.state = replace(life.state, records={"glute_raise": record})
    heard = life.hear("HowToIntent")
    assert told in heard
    assert ("above the ankles" in heard) == (worn == "red")
    assert "Lift the top leg" in heard
