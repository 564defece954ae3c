"""Nobody listens for longer than the coach promises, over whole lives; and nothing is said twice alike in a row."""

import functools
import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from bench.said.lengths import LIMITS_S, LOCALE, Life, Said, answers
from skill.locales.texts import known
from skill.locales.words import load
from tests.languages.read import of

LIVES = 24


@functools.cache
def heard(locale: str) -> tuple[Said, ...]:
    """Every launch, band answer, reason and summary of some lives."""
    return tuple(answers(LIVES, first=10_000, locale=load(locale)))


@pytest.mark.parametrize("locale", sorted(set(known().values())))
@pytest.mark.parametrize("kind", LIMITS_S)
def test_no_answer_is_longer_than_its_limit(kind: str, locale: str) -> None:
    longest = max((each for each in heard(locale) if each.kind == kind), key=lambda each: each.seconds)
    assert longest.seconds <= LIMITS_S[kind], longest.text


def test_the_lives_hold_enough_of_each_kind() -> None:
    counted = Counter(each.kind for each in heard("en-US"))
    assert all(counted[kind] >= LIVES for kind in LIMITS_S), counted


@pytest.mark.parametrize("locale", sorted(set(known().values())))
def test_every_summary_names_the_day_from_which_the_next_workout_is_due(locale: str) -> None:
    assert all(of(locale)["or_later"] in each.text for each in heard(locale) if each.kind == "summary")


RIDDLES = re.compile(
    r"\b(windows?|fresh|rungs?|shut|judged?s?|put right|breadth|the author|(sets|twice|workouts|counts) running)\b",
    re.IGNORECASE,
)


def test_no_word_of_the_rulebook_is_spoken() -> None:
    data = LOCALE.data
    said = {**data["lines"], **data["because"], **data["sources"]}
    for key, entry in said.items():
        if key.startswith("BAND-"):  # held by tests/coach/bands
            continue
        for text in entry if isinstance(entry, list) else [entry]:
            assert not RIDDLES.search(text), f"{key}: {text}"


def test_what_is_heard_often_is_worded_in_several_ways() -> None:
    lines = LOCALE.data["lines"]
    for key in ("on_from", "change_side", "rest_then_round", "set_failed_in_window", "done", "next_workout"):
        assert len(set(lines[key])) > 1, key


@pytest.mark.parametrize(
    "intent", ["WhichBandIntent", "WhyIntent", "ProgressIntent", "HowToIntent", "MusclesIntent"]
)
def test_a_question_that_is_asked_again_is_not_answered_in_the_same_words(intent: str) -> None:
    life = Life(random.Random(1))
    for _ in life.lives(2):
        pass
    texts = []
    for _ in range(4):
        reply = life.say(intent)
        texts.append(LOCALE.paragraph(reply.lines, reply.turn))
    assert all(one != other for one, other in pairwise(texts)), texts
