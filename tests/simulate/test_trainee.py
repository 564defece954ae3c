"""The lifter model does what the evidence says of people."""

from dataclasses import replace
from math import floor

import numpy as np
import pytest

from skill.coach.bands import rungs
from skill.simulate.figures import owned_rungs
from skill.simulate.gym import Gym, Muscle
from skill.simulate.parameters import Parameters
from skill.simulate.trainee import Day, Trainee, draw
from tests.shipped import ENGINE, RAISE

PLAIN = Parameters(growth=0, growth_sd=0, day_sd=0, adherence=1.0)


def gym(parameters: Parameters = PLAIN) -> Gym:
    return Gym(parameters, RAISE, lambda facts: ENGINE.decide(facts, RAISE.id))


def somebody(reps: float, day: dict[str, float] | None = None) -> tuple[Trainee, Day]:
    """A trainee who can do so many on "band 1", and a day of theirs."""
    who = replace(draw(PLAIN, 1, 0), reps_factor=30.0, load={"band 1": 10.0, "none": 0.0})
    ordinary = {"stops_short": 0.0, "tempo_factor": 1.0, "mishearing": 1.0, "heard_instead": 0.0, "pain": 1.0}
    return who, Day(strength=10.0 * (1 + reps / 30), **{**ordinary, **(day or {})})


def reps_of_sets(rest_s: float) -> list[int]:
    parameters = replace(PLAIN, rest_s=rest_s)
    who, day = somebody(10.8)
    muscle = Muscle()
    return [
        gym(parameters).set(who, day, "band 1", 25, muscle, fresh=nth == 0).reps for nth in range(RAISE.sets)
    ]


def test_sets_to_failure_fade_with_a_minute_of_rest_and_less_with_three() -> None:
    short, long = reps_of_sets(60), reps_of_sets(180)
    assert short == pytest.approx([10.8, 5.6, 4.8], abs=2)
    assert sum(long) > 1.15 * sum(short)


def test_a_day_is_good_for_about_one_rep_more_or_less() -> None:
    who = draw(replace(PLAIN, day_sd=0.025, workouts=400), 1, 3)
    rung = who.ladder[len(who.ladder) // 2]
    reps = [who.reps(rung, day[0].strength) for day in who.days]
    load = who.load[rung]
    at_the_window = np.std(reps) * (1 + 13.5 / who.reps_factor) / (1 + np.mean(reps) / who.reps_factor)
    assert load > 0
    assert at_the_window == pytest.approx(1.1, abs=0.35)


def test_three_weeks_away_cost_nothing_and_twelve_cost_nine_in_a_hundred() -> None:
    def kept(weeks: float) -> float:
        who = draw(replace(PLAIN, break_weeks=weeks, growth=0.01), 1, 0)
        after, before = who.days[24][0].strength, who.days[23][0].strength
        return after / before

    assert kept(2.5) == pytest.approx(1.0, abs=0.01)
    assert kept(11.5) == pytest.approx(0.91, abs=0.01)


def test_forces_that_are_off_keep_their_order() -> None:
    for number in range(30):
        who = draw(replace(PLAIN, force_error=0.3), 1, number)
        loads = [who.load[rung] for rung in rungs.whole(who.ladder)]
        assert loads == sorted(loads)


def test_without_band_and_leg_weight_nobody_ever_fails() -> None:
    who, day = somebody(13)
    assert gym().set(who, day, "none", 25, Muscle(), fresh=True).ended == "could_do_more"


def test_who_stops_short_fails_earlier_on_record_but_not_in_truth() -> None:
    who, day = somebody(13.4, {"stops_short": 2.0})
    result = gym().set(who, day, "band 1", 25, Muscle(), fresh=True)
    assert (result.ended, result.reps, floor(result.truth)) == ("failed_short", 11, 13)


def test_a_hurried_set_judges_nothing() -> None:
    who, day = somebody(13.4, {"tempo_factor": 1.5})
    assert gym().set(who, day, "band 1", 25, Muscle(), fresh=True).ended == "off_tempo"


@pytest.mark.parametrize(
    ("instead", "ended", "reps"),
    [
        (0.4, "failed_in_window", 13),  # "thirty": doubted, and said again
        (0.65, "off_tempo", 17),  # a number that the clock had no time for: judges nothing
        (0.55, "failed_in_window", 14),  # one too many: nobody can tell
    ],
)
def test_a_misheard_number_is_doubted_left_unjudged_or_believed(
    instead: float, ended: str, reps: int
) -> None:
    who, day = somebody(13.4, {"mishearing": 0.0, "heard_instead": instead})
    result = gym(replace(PLAIN, misheard=0.1)).set(who, day, "band 1", 25, Muscle(), fresh=True)
    assert (result.ended, result.reps) == (ended, reps)


def test_a_trainee_is_the_same_whoever_asks() -> None:
    assert draw(Parameters(), 7, 3) == draw(Parameters(), 7, 3)
    assert draw(Parameters(), 7, 3) != draw(Parameters(), 7, 4)


def test_half_steps_are_the_rungs_that_the_ladder_has_and_no_others() -> None:
    who = draw(Parameters(fewest_bands=3, most_bands=3), 1, 1)
    whole = ["none", "band 1", "band 2", "band 3"]
    assert owned_rungs(who, half_steps=False) == whole
    halves = {"band 1@knee", "band 2@knee", "band 3@knee", "band 3@foot"}
    assert set(owned_rungs(who, half_steps=True)) == {*whole, *halves}
