"""The rounds after the first: easier where tired sets end far too soon, one change a workout, both legs alike."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rules.engine import Engine
from rules.files.exercise import Exercise, load_exercises
from rules.rulebook import load_rulebook
from skill.coach.bands import fresh_set, later_rounds
from skill.coach.bands.fresh_set import Asked
from skill.coach.bands.later_rounds import Judged
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import Leg, Step, Workout
from skill.coach.value import changed

EXERCISES = load_exercises()
RAISE = EXERCISES["glute_raise"]
ENGINE = Engine(load_rulebook(exercises=EXERCISES), EXERCISES)
LADDER = ("yellow", "red", "green")
SETTLED = Leg(band="red", is_calibrating=False, outcome="failed", sets_here=(13,))
TIRED = changed(SETTLED, last_sets_here=(5, 4))
EASED = changed(SETTLED, later="yellow", last_sets_here=(12, 13))
KNOWN = {"yellow>red": Step(1250, 2)}


def stayed(*legs: Leg) -> list[Judged]:
    return [Judged(side, leg, leg) for side, leg in zip(("left", "right"), legs, strict=False)]


def decided(
    legs: Sequence[Judged],
    known: Steps | None = None,
    ladder: tuple[str, ...] = LADDER,
    exercise: Exercise = RAISE,
    had_pain: bool = False,
) -> tuple[list[str], str]:
    facts = later_rounds.facts(legs, ladder, known or {}, exercise, had_pain)
    decision = ENGINE.decide(facts, exercise.id)
    return [leg.later for leg in later_rounds.follow(legs, ladder, decision.advice).values()], decision.rule


def test_both_legs_far_short_in_two_workouts_go_on_the_lighter_band_after_the_first_round() -> None:
    assert decided(stayed(TIRED, TIRED)) == (["yellow", "yellow"], "LATER-08")


def test_one_leg_that_still_lasts_keeps_both_on_the_band() -> None:
    assert decided(stayed(TIRED, changed(TIRED, last_sets_here=(5, 9))))[0] == ["", ""]


def test_one_workout_is_not_enough() -> None:
    assert decided(stayed(changed(TIRED, last_sets_here=(4,)), TIRED))[0] == ["", ""]


def test_a_step_known_to_be_too_wide_for_the_tired_leg_is_not_taken() -> None:
    seven = changed(TIRED, last_sets_here=(7, 6))
    assert decided(stayed(seven, seven), {"yellow>red": Step(1200, 1)}) == (["yellow", "yellow"], "LATER-07")
    assert decided(stayed(seven, seven), {"yellow>red": Step(1300, 1)})[0] == ["", ""]


def test_legs_on_different_bands_are_two_questions() -> None:
    groups = later_rounds.together(stayed(TIRED, changed(TIRED, band="green")))
    assert [[each.side for each in group] for group in groups] == [["left"], ["right"]]
    assert [decided(group)[0] for group in groups] == [["yellow"], ["red"]]


def test_a_trainee_with_one_band_keeps_it() -> None:
    assert decided(stayed(TIRED, TIRED), ladder=("red",)) == (["", ""], "LATER-03")


def test_an_exercise_may_do_without() -> None:
    without = replace(RAISE, half_steps=("knee",))
    assert decided(stayed(TIRED, TIRED), exercise=without) == (["", ""], "LATER-02")


def test_when_the_last_sets_would_come_near_the_window_the_fresh_band_comes_back() -> None:
    assert decided(stayed(EASED, EASED), KNOWN)[0] == ["yellow", "yellow"]
    strong = changed(EASED, last_sets_here=(21, 20))
    legs = stayed(strong, strong)
    assert decided(legs, KNOWN) == (["", ""], "LATER-09")
    assert later_rounds.follow(legs, LADDER, later_rounds.FRESH)["left"].last_sets_here == ()


def test_pain_never_takes_the_easier_band_away() -> None:
    strong = changed(EASED, last_sets_here=(21, 20))
    assert decided(stayed(strong, strong), KNOWN, had_pain=True) == (["yellow", "yellow"], "LATER-01")


@pytest.mark.parametrize(
    ("band", "rule", "then"),
    [
        ("green", "LATER-05", "red"),
        ("yellow", "LATER-03", ""),
        ("red@knee", "LATER-10", "yellow"),
        ("green@knee", "LATER-05", "red"),
    ],
)
def test_another_fresh_band_takes_the_later_rounds_with_it(band: str, rule: str, then: str) -> None:
    moved = [Judged(side, EASED, Leg(band=band, is_calibrating=False)) for side in ("left", "right")]
    assert decided(moved) == ([then, then], rule)
    assert later_rounds.turned(moved, LADDER, later_rounds.FRESH) == {}, (
        "the change of the fresh band is what is said"
    )


def test_a_lighter_fresh_band_is_used_in_every_round_at_first() -> None:
    ladder = ("tan", *LADDER)
    moved = [Judged(side, EASED, Leg(band="yellow", is_calibrating=False)) for side in ("left", "right")]
    assert decided(moved, ladder=ladder) == (["", ""], "LATER-04")


def test_while_the_band_is_searched_nothing_is_eased() -> None:
    searching = changed(TIRED, is_calibrating=True)
    assert decided(stayed(searching, searching)) == (["", ""], "LATER-06")


def test_no_fresh_set_ever_hears_of_it() -> None:
    """The facts on the band are the same, whatever the later rounds are on."""
    for asked in (Asked("workout_ends"), Asked("workout_starts")):
        told = [
            fresh_set.facts(leg, LADDER, KNOWN, RAISE, asked) for leg in (EASED, changed(EASED, later=""))
        ]
        assert told[0] == told[1]


@pytest.mark.parametrize("advice", ["test_again", "lighter_and_search", "nearest_owned"])
def test_a_test_after_a_break_or_a_changed_ladder_is_done_on_one_band(advice: str) -> None:
    assert fresh_set.follow(EASED, LADDER, advice, Asked("workout_starts")).later == ""


def test_a_set_is_on_the_band_of_its_round() -> None:
    workout = Workout("1", "glute_raise", 0, {"left": "red", "right": "red"}, {"left": "yellow"})
    assert [workout.band_of("left", each) for each in (1, 2, 3)] == ["red", "yellow", "yellow"]
    assert workout.band_of("right", 2) == "red"
