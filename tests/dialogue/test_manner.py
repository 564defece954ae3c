"""The coach's manner: how long it talks before the first rep, and that it does not repeat itself."""

import re
import string
from itertools import pairwise

import pytest

from skill.alexa.lengths import estimated_ms
from skill.coach.messages.reply import Line
from skill.locales.texts import known
from skill.locales.words import load
from tests.shipped import RULEBOOK
from tests.trainee import Trainee

KNOWN_MS, NEW_MS = 8000, 15_000
LOCALE = load()
BAND_RULES = [rule.id for rule in RULEBOOK.books["bands"].rules]


@pytest.mark.parametrize("locale", sorted(set(known().values())))
@pytest.mark.parametrize("rule", BAND_RULES)
def test_a_known_trainee_hears_at_most_eight_seconds_before_say_ready(rule, locale):
    words = load(locale)
    reason = words.data["because"][rule]
    numbers = {name: 13 for _, name, _, _ in string.Formatter().parse(reason) if name}
    lines = [
        Line("band_today", {"band": "green", "side": "right"}),
        Line(f"because.{rule}", numbers),
        Line("say_ready", {"side": "right"}),
    ]
    assert estimated_ms(words.paragraph(lines)) <= KNOWN_MS


def test_a_new_trainee_hears_at_most_fifteen_seconds_at_a_time(anna):
    for said in ("start glute workout", "yellow red green and blue"):
        assert estimated_ms(anna.say(said)) <= NEW_MS


@pytest.mark.parametrize("named", ["yellow red green and blue", "red", "i have no bands", "i don't know"])
def test_a_new_trainee_is_told_how_a_set_goes_within_fifteen_seconds(anna, named):
    first = anna.say("start glute workout")
    second = anna.say(named)
    assert "Do all the clean reps you can, then say, I'm done" in second
    assert estimated_ms(second) <= NEW_MS
    assert not set(re.split(r"(?<=[.?!]) ", first)) & set(re.split(r"(?<=[.?!]) ", second))


def test_who_has_trained_is_not_told_again_how_a_set_goes_when_another_exercise_begins(app):
    anna = Trainee(app)
    anna.say("start glute workout")
    anna.say("red and green")
    anna.say("ready")
    anna.say_at("stop", 13, 1, exact=True)
    anna.say("no")
    anna.wait(4 * 24 * 3600)
    heard = anna.say("start clamshells")
    assert "clean rep" not in heard
    assert "clamshells, with red" in heard.lower()


def test_the_window_is_announced_in_a_count_so_that_a_beginner_knows_what_to_do(anna):
    anna.say("start glute workout")
    anna.say("red and green")
    assert "eleven lift as many as you can" in anna.say("ready")


def test_a_known_trainee_is_told_the_band_and_why(app):
    anna = Trainee(app)
    anna.say("start glute workout")
    anna.say("yellow red and green")
    anna.say("ready")
    anna.say_at("done", 14, 1, exact=True)
    anna.say_at("done", 14, 1, exact=True)
    for _ in range(4):
        anna.say_at("skip", 1, 1, exact=True)
    anna.wait(4 * 24 * 3600)
    heard = anna.say("start glute workout")
    assert re.search(r"red today, left leg first", heard.lower())
    assert "about thirteen, right" in heard
    assert heard.endswith(("Say ready.", "Say ready when you are."))


def test_nonsense_is_never_answered_twice_in_the_same_words(anna):
    anna.say("start glute workout")
    answers = [anna.say("purple monkey dishwasher") for _ in range(4)]
    assert all(one != other for one, other in pairwise(answers))


def test_sorry_is_said_at_most_once_in_everything_the_coach_can_say():
    every = [
        text
        for entry in LOCALE.data["lines"].values()
        for text in (entry if isinstance(entry, list) else [entry])
    ]
    assert sum("sorry" in text.lower() for text in every) <= 1


def test_the_disclaimer_is_short_and_said_once(anna):
    first = anna.say("start glute workout")
    assert "no doctor" in first
    assert estimated_ms(LOCALE.text(Line("disclaimer"))) < 8000
    anna.say("red and green")
    anna.say("stop")
    assert "doctor" not in anna.say("start glute workout", after=60)
