"""The rep worked out from when the trainee spoke: what counts, what is learnt, and what is stated as sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counting.stops import BOTH, simulate, timeline
from skill.coach.counting.stop_estimate import (
    UNKNOWN_DELAY,
    Delay,
    estimate,
    is_past_the_end,
    learn,
    rep_ends_ms,
    reps_done,
)
from skill.coach.counting.timeline import Timeline

SET = timeline(reps=15)
HOLD_OF_REP_12_MS = 3000 + 11 * 6000 + 2000
SECOND_LOWERING_OF_REP_12_MS = HOLD_OF_REP_12_MS + 3000
INSTANT_DEVICE = Delay((1000, 0, 0, 0, 0, 0, 0, 0, 0, 0))


def test_a_rep_counts_when_its_lowering_is_finished():
    assert reps_done(HOLD_OF_REP_12_MS, SET) == 11
    assert reps_done(SECOND_LOWERING_OF_REP_12_MS, SET) == 11
    assert reps_done(3000 + 12 * 6000, SET) == 12


def test_before_the_first_lowering_is_finished_nothing_is_done_and_after_the_last_all_is():
    assert reps_done(0, SET) == reps_done(8999, SET) == 0
    assert reps_done(10_000_000, SET) == 15


def test_the_last_rep_ends_with_its_last_cue():
    assert rep_ends_ms(SET)[-1] == SET.length_ms
    assert rep_ends_ms(Timeline((), 5000)) == ()


def test_a_stop_in_the_hold_of_rep_12_is_eleven_done_and_sure_once_the_device_is_known():
    told = estimate(HOLD_OF_REP_12_MS + 1000, INSTANT_DEVICE, SET)
    assert told.reps == 11
    assert told.unsure_by_tenths <= 5


def test_a_stop_at_the_edge_of_a_rep_is_not_stated_as_sure():
    assert estimate(3000 + 12 * 6000, INSTANT_DEVICE, SET).unsure_by_tenths > 5


def test_a_new_device_is_asked_more_often_than_a_known_one():
    place_ms = 3000 + 11 * 6000 + 4500
    known = Delay((0, 0, 0, 0, 1000, 0, 0, 0, 0, 0))
    assert (
        estimate(place_ms + 2000, UNKNOWN_DELAY, SET).unsure_by_tenths
        > estimate(place_ms + 2000, known, SET).unsure_by_tenths
    )


def test_a_corrected_set_moves_the_belief_towards_the_devices_delay():
    heard_at_ms = 3000 + 12 * 6000 + 1000
    slow = learn(UNKNOWN_DELAY, heard_at_ms, 11, SET)
    quick = learn(UNKNOWN_DELAY, heard_at_ms, 12, SET)
    mean = lambda belief: sum(i * weight for i, weight in enumerate(belief.permille)) / sum(belief.permille)  # noqa: E731
    assert mean(quick) < mean(UNKNOWN_DELAY) < mean(slow)


def test_a_number_beyond_the_count_teaches_nothing():
    assert learn(UNKNOWN_DELAY, 60_000, 16, SET) == UNKNOWN_DELAY
    assert learn(UNKNOWN_DELAY, 60_000, -1, SET) == UNKNOWN_DELAY


def test_a_number_that_the_time_rules_out_teaches_nothing():
    assert learn(UNKNOWN_DELAY, 3000, 15, SET) == UNKNOWN_DELAY


@given(st.lists(st.tuples(st.integers(-5000, 300_000), st.integers(0, 15)), max_size=30))
def test_whatever_is_learnt_the_belief_stays_ten_small_whole_numbers(settled):
    belief = UNKNOWN_DELAY
    for elapsed_ms, reps in settled:
        belief = learn(belief, elapsed_ms, reps, SET)
    assert len(belief.permille) == 10
    assert all(type(each) is int and 0 < each <= 1000 for each in belief.permille)
    assert 990 <= sum(belief.permille) <= 1010


@given(st.integers(-10_000, 1_000_000))
def test_no_clock_yields_a_number_outside_the_count(elapsed_ms):
    told = estimate(elapsed_ms, UNKNOWN_DELAY, SET)
    assert 0 <= told.reps <= 15
    assert 1 <= told.unsure_by_tenths <= 99


def test_a_count_is_past_its_end_when_that_is_sure_and_one_without_reps_with_its_sound():
    assert not is_past_the_end(SET.length_ms + 2000, UNKNOWN_DELAY, SET)
    assert is_past_the_end(SET.length_ms + 2000, INSTANT_DEVICE, SET)
    assert is_past_the_end(SET.length_ms + 6000, UNKNOWN_DELAY, SET)
    assert not is_past_the_end(4999, UNKNOWN_DELAY, Timeline((), 5000))
    assert is_past_the_end(5000, UNKNOWN_DELAY, Timeline((), 5000))


def test_a_count_without_reps_is_none_done():
    assert estimate(5000, UNKNOWN_DELAY, Timeline((), 5000)).reps == 0


def test_three_settled_sets_name_the_rep_and_hardly_ever_a_wrong_one_as_sure():
    score = simulate(3000, settled_sets=3, refined=BOTH)
    assert score.exact >= 83.5
    assert score.within_one >= 98.8
    assert score.wrong_as_sure <= 2
    assert score.sure >= 30


def test_reps_much_quicker_than_the_delay_are_as_unsure_as_can_be_said():
    assert estimate(8125, UNKNOWN_DELAY, timeline(rep_ms=250)).unsure_by_tenths == 99


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_the_figures_of_docs_count_hold_over_a_hundred_thousand_stops():
    score = simulate(100_000, settled_sets=3, refined=BOTH)
    assert score.exact >= 85
    assert score.within_one >= 99
    assert score.wrong_as_sure <= 2
