"""What docs/policy.md claims, on a small crowd each day and on the whole one in the long run."""

from dataclasses import replace
from functools import cache

import pytest

from skill.simulate.crowd import crowd, pool_of
from skill.simulate.figures import measured, undone
from skill.simulate.parameters import Parameters, swept, with_values
from skill.simulate.policies import POLICIES, named

SEED = 31
"""What docs/policy.md reports on; the policy was tuned on others."""
MISSED = {("off", "true"): 0.6, ("off", "false"): 0.3, ("as made", "false"): 0.1}
"""By how much the way back after a break misses its goal of two workouts, and is said to: docs/policy.md."""
FEWEST_TRAINEES, FEW_TRAINEES, ALL_TRAINEES = 20, 100, 600
RIVALS = ("literal", "over15", "double", "two_for_two", "hysteresis", "table")
AS_MADE, OFF = Parameters(), Parameters(force_error=0.25)
HARD_OF_HEARING = {"misheard": 0.1, "stop_short": 1, "off_tempo": 0.1}


@cache
def figures(policy: str, parameters: Parameters, trainees: int = FEW_TRAINEES) -> dict[str, float]:
    return {
        name: each.mean
        for name, each in measured(crowd(POLICIES[policy], parameters, SEED, trainees)).items()
    }


def reaches(found: dict[str, float], to_best: float, share: float, margin: float) -> None:
    assert found["to_best"] <= to_best
    assert found["share"] >= share - margin
    assert found["undone"] <= 0.3


def test_the_right_band_comes_soon_and_stays_where_forces_are_as_made() -> None:
    reaches(figures("ours", AS_MADE), to_best=4, share=0.80, margin=0.03)
    assert figures("ours", AS_MADE)["few"] <= 0.02 + 0.01
    assert figures("ours", AS_MADE)["many"] <= 0.10 + 0.02


@pytest.mark.long
def test_the_right_band_comes_soon_and_stays_where_forces_are_off() -> None:
    reaches(figures("ours", OFF), to_best=6, share=0.70, margin=0.03)
    assert figures("ours", OFF)["few"] <= 0.04 + 0.01
    assert figures("ours", OFF)["many"] <= 0.19  # no whole bands reach 0.10: docs/policy.md


@pytest.mark.parametrize(
    "rival", [each if each == "table" else pytest.param(each, marks=pytest.mark.long) for each in RIVALS]
)
def test_no_rival_is_better_at_the_window_and_no_restless_one_comes_near(rival: str) -> None:
    ours, theirs = figures("ours", AS_MADE), figures(rival, AS_MADE)
    assert ours["share"] > theirs["share"] + 0.02
    assert ours["undone"] < theirs["undone"] or theirs["share"] < 0.7


def test_the_plain_reading_of_the_column_swings() -> None:
    assert figures("literal", AS_MADE, FEWEST_TRAINEES)["changes"] > 5
    assert figures("ours", AS_MADE)["changes"] < 1


@pytest.mark.long
def test_mishearing_stopping_short_and_hurry_cost_less_than_a_fifth() -> None:
    noisy = with_values(AS_MADE, HARD_OF_HEARING)
    assert figures("ours", noisy)["share"] >= 0.8 * figures("ours", AS_MADE)["share"]


@pytest.mark.parametrize("half_steps", ["false", pytest.param("true", marks=pytest.mark.long)])
@pytest.mark.parametrize("forces", ["as made", pytest.param("off", marks=pytest.mark.long)])
@pytest.mark.parametrize("weeks", [6, *(pytest.param(weeks, marks=pytest.mark.long) for weeks in (2, 12))])
def test_two_workouts_after_a_break_the_band_is_right_again(weeks: int, forces: str, half_steps: str) -> None:
    parameters = AS_MADE if forces == "as made" else OFF
    away = figures("ours", with_values(parameters, {"break_weeks": weeks, "half_steps": half_steps}))
    assert away["to_return"] <= 2 + MISSED.get((forces, half_steps), 0)


@pytest.mark.long
@pytest.mark.parametrize("parameters", [AS_MADE, OFF], ids=["as made", "off"])
def test_a_long_break_is_not_followed_by_swinging(parameters: Parameters) -> None:
    assert figures("ours", with_values(parameters, {"break_weeks": 12}))["undone"] <= 0.3


@pytest.mark.long
def test_half_steps_keep_nearly_every_fresh_set_between_eight_and_twenty() -> None:
    halved = with_values(OFF, {"half_steps": "true"})
    assert figures("ours", halved)["few"] <= 0.04 + 0.01
    assert figures("ours", halved)["many"] <= 0.06
    assert figures("ours", halved)["share"] >= 0.70
    assert figures("ours", halved)["undone"] <= 0.3 + 0.05
    assert figures("ours", halved)["in_window"] > figures("ours", OFF)["in_window"] + 0.1


@pytest.mark.long
def test_a_shared_band_halves_the_changes_within_a_workout() -> None:
    """Each leg on its own band would be a little nearer the target, and nobody could keep it up."""
    shipped = with_values(AS_MADE, {"half_steps": "true"})
    alone = measured(crowd(replace(POLICIES["ours"], shares_bands=False), shipped, SEED, FEW_TRAINEES))
    assert figures("ours", shipped)["between"] <= 0.6 * alone["between"].mean
    assert figures("ours", shipped)["share"] >= alone["share"].mean - 0.04


@pytest.mark.long
def test_the_oracle_reaches_its_own_ceiling() -> None:
    assert figures("oracle", AS_MADE)["share"] >= 0.99
    assert figures("oracle", AS_MADE)["to_best"] <= 1.1


def test_the_same_seed_gives_the_same_figures_in_any_number_of_processes() -> None:
    alone = crowd(POLICIES["ours"], OFF, SEED, 12)
    with pool_of(2) as pool:
        assert crowd(POLICIES["ours"], OFF, SEED, 12, pool) == alone
    assert crowd(POLICIES["ours"], OFF, SEED + 1, 12) != alone


def test_a_change_that_is_taken_back_within_three_workouts_is_undone() -> None:
    assert undone([3, 6, 6, 6, 3]) == 1
    assert undone([3, 6, 6, 6, 6, 3]) == 0
    assert undone([3, 6, 9, 6]) == 1


def test_every_combination_of_swept_figures_is_a_crowd() -> None:
    crowds = dict(swept(Parameters(), {"rest_s": ["60", "90"], "force_error": [0, 0.25]}))
    assert list(crowds) == [
        "rest_s 60, force_error 0",
        "rest_s 60, force_error 0.25",
        "rest_s 90, force_error 0",
        "rest_s 90, force_error 0.25",
    ]
    assert crowds["rest_s 90, force_error 0.25"] == Parameters(rest_s=90, force_error=0.25)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("rest", "60", "no figure is called 'rest'"),
        ("rest_s", "long", "rest_s is a number"),
        ("half_steps", "perhaps", "true or false"),
    ],
)
def test_a_wrong_figure_is_refused_by_name(name: str, value: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        with_values(Parameters(), {name: value})


def test_an_unknown_policy_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="two_for_two"):
        named("psychic")


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("parameters", "to_best", "share"), [(AS_MADE, 4, 0.80), (OFF, 6, 0.70)], ids=["as made", "off"]
)
def test_the_goals_hold_on_the_whole_crowd(parameters: Parameters, to_best: float, share: float) -> None:
    reaches(figures("ours", parameters, ALL_TRAINEES), to_best, share, margin=0)
