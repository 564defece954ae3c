"""The ladder with its half-steps, and the size of a step as it is learned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.bands import rungs, step_sizes
from skill.coach.state import Step

LADDER = ("yellow", "red", "green")
PLACES = ("knee", "foot")
ORDERED = [
    "none",
    "yellow@knee",
    "yellow",
    "red@knee",
    "red",
    "green@knee",
    "green",
    "green@foot",
]


def test_half_steps_stand_between_the_whole_ones() -> None:
    assert sorted(ORDERED, key=lambda rung: rungs.order(LADDER, rung)) == ORDERED


@pytest.mark.parametrize(
    ("rung", "tougher", "lighter", "half_up", "half_down"),
    [
        ("none", "yellow", "none", "yellow@knee", ""),
        ("yellow", "red", "none", "red@knee", "yellow@knee"),
        ("red@knee", "red", "yellow", "", ""),
        ("green", "green", "red", "green@foot", "green@knee"),
        ("green@foot", "green@foot", "green", "", ""),
    ],
)
def test_every_rung_has_its_neighbours(
    rung: str, tougher: str, lighter: str, half_up: str, half_down: str
) -> None:
    assert rungs.tougher(LADDER, rung) == tougher
    assert rungs.lighter(LADDER, rung) == lighter
    assert rungs.half_tougher(LADDER, rung, PLACES) == half_up
    assert rungs.half_lighter(LADDER, rung, PLACES) == half_down


@pytest.mark.parametrize(
    ("rung", "above", "below"),
    [("none", 3, 0), ("yellow", 2, 1), ("red@knee", 2, 2), ("green", 0, 3), ("green@foot", 0, 4)],
)
def test_whole_rungs_are_counted_from_where_one_stands(rung: str, above: int, below: int) -> None:
    assert rungs.above(LADDER, rung) == above
    assert rungs.below(LADDER, rung) == below


def test_an_exercise_without_half_steps_has_none() -> None:
    assert rungs.half_tougher(LADDER, "red", ()) == ""
    assert rungs.half_lighter(LADDER, "red", ()) == ""


def test_without_bands_there_is_one_rung() -> None:
    assert rungs.middle(()) == rungs.tougher((), "none") == rungs.lighter((), "none") == "none"
    assert rungs.half_tougher((), "none", PLACES) == ""


def test_twelve_bands_are_searched_from_the_lower_middle() -> None:
    assert rungs.middle(tuple("abcdefghijkl")) == "f"


@pytest.mark.parametrize(
    ("ladder", "rung", "expected"),
    [
        (("yellow", "green"), "red", "yellow"),
        (("green",), "yellow", "green"),
        ((), "red", "none"),
        (("yellow", "red"), "red@knee", "red@knee"),
    ],
)
def test_a_lost_band_is_replaced_by_the_next_lighter_one(
    ladder: tuple[str, ...], rung: str, expected: str
) -> None:
    assert rungs.nearest_owned(ladder, rung, LADDER) == expected


def test_a_step_from_twenty_to_ten_reps_is_a_quarter_tougher() -> None:
    known = step_sizes.learned({}, "red>green", 20, 10, cut_off=False)
    assert known == {"red>green": Step(1250, 1)}
    assert step_sizes.reps_on_tougher(20, 1250) == 10
    assert step_sizes.reps_on_lighter(10, 1250) == 20


def test_a_step_seen_again_is_averaged() -> None:
    known = step_sizes.learned({"red>green": Step(1200, 1)}, "red>green", 20, 10, cut_off=False)
    assert known["red>green"] == Step(1225, 2)


def test_a_set_that_the_count_cut_off_tells_the_least_that_a_step_can_be() -> None:
    known = step_sizes.learned({}, "red>green", 25, 10, cut_off=True)
    assert known["red>green"] == Step(1375, 1, at_least=True)
    assert step_sizes.learned(known, "red>green", 25, 12, cut_off=True) == known
    assert step_sizes.learned({"red>green": Step(1200, 3)}, "red>green", 25, 10, cut_off=True)[
        "red>green"
    ] == Step(1375, 3)
    assert step_sizes.learned(known, "red>green", 25, 5, cut_off=False)["red>green"] == Step(1571, 1)


def test_a_whole_step_follows_from_its_halves() -> None:
    known = {"red>green@knee": Step(1100, 1), "green@knee>green": Step(1150, 1)}
    assert step_sizes.size(known, "red", "green") == 1265
    assert step_sizes.size(known, "green@knee", "green") == 1150
    assert step_sizes.size(known, "yellow", "red") == 0
    assert step_sizes.size(known, "red", "red") == 0
    assert step_sizes.size(known, "yellow@knee", "red") == 0


def test_an_untried_half_step_is_taken_for_half_of_the_whole() -> None:
    known = {"red>green": Step(1440, 1)}
    assert step_sizes.half_up(known, "red", "green@knee") == 1200
    assert step_sizes.half_down(known, "green@knee", "green", "red") == 1200
    assert step_sizes.half_up({**known, "red>green@knee": Step(1080, 1)}, "red", "green@knee") == 1080
    assert step_sizes.half_up({}, "red", "green@knee") == 0
    assert step_sizes.half_up(known, "red", "") == step_sizes.half_down(known, "", "red", "yellow") == 0


def test_a_ladder_in_another_order_forgets_the_steps_that_no_longer_go_up() -> None:
    known = {"yellow>red": Step(1200, 2), "red>green": Step(1250, 1), "yellow>green": Step(1500, 1)}
    assert set(step_sizes.still_true(known, ("red", "yellow", "green"))) == {"red>green", "yellow>green"}
    assert set(step_sizes.still_true(known, ("yellow", "green"))) == {"yellow>green"}


@given(st.integers(0, 60), st.integers(step_sizes.SMALLEST, step_sizes.LARGEST))
def test_a_step_up_and_down_again_ends_where_it_began(reps: int, size: int) -> None:
    there = step_sizes.reps_on_tougher(reps, size)
    if there > 0:
        assert abs(step_sizes.reps_on_lighter(there, size) - reps) <= 1 + size // 2000
    assert there <= reps
