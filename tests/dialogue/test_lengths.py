"""Nobody listens for longer than the coach promises, over whole lives; and nothing is said twice alike in a row."""

import functools
from collections import Counter

import pytest

from bench.said.lengths import LIMITS_S, Said, answers

LIVES = 40


@functools.cache
def heard() -> tuple[Said, ...]:
    """Every launch, band answer, reason and summary of some lives."""
    return tuple(answers(LIVES, first=10_000))


@pytest.mark.parametrize("kind", LIMITS_S)
def test_no_answer_is_longer_than_its_limit(kind: str) -> None:
    longest = max((each for each in heard() if each.kind == kind), key=lambda each: each.seconds)
    assert longest.seconds <= LIMITS_S[kind], longest.text


def test_the_lives_hold_enough_of_each_kind() -> None:
    counted = Counter(each.kind for each in heard())
    assert all(counted[kind] >= LIVES for kind in LIMITS_S), counted


def test_every_summary_names_the_day_from_which_the_next_workout_is_due() -> None:
    assert all("or later" in each.text for each in heard() if each.kind == "summary")


@pytest.mark.parametrize(
    "riddle",
    [
        "window",
        "fresh",
        "rung",
        "shut",
        "judge",
        "put right",
        "breadth",
        "the author",
        "running",
        "search",
        "clock",
    ],
)
def test_no_word_of_the_rulebook_is_spoken(riddle: str) -> None:
    assert not [each.text for each in heard() if riddle in each.text.lower()]
