"""What the trainee hears of the band: colour, why, what would change it, and beforehand that a step lands short."""

from datetime import timedelta

import pytest

from tests.trainee import Trainee

BANDS = "yellow red green and blue"


@pytest.fixture
def anna(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say(BANDS)
    return trainee


def train(anna, reps, later=9):
    """One workout in which both legs fail at so many fresh reps; what is heard at its end."""
    anna.say("ready")
    while anna.count is not None:
        counting = anna.state["workout"]["counting"]
        wanted = reps if counting["round"] == 1 else later
        anna.say_at("i can't do any more", min(wanted, counting["count"]["count_to"] - 1) + 1, 2, exact=True)
    heard = anna.heard
    anna.now += timedelta(days=4)
    return heard


def again(anna, reps):
    anna.say("start glute workout")
    return train(anna, reps)


def test_the_first_workout_says_how_the_search_goes(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    heard = trainee.say(BANDS).lower()
    assert "start with red" in heard
    assert "do all the clean reps you can, then say, i'm done" in heard


def test_the_answer_is_color_and_reason_and_why_tells_what_would_change_it(anna):
    train(anna, 13)
    heard = anna.say("what band should i use")
    assert heard.startswith("Red. Your first sets were about thirteen, right on target")
    assert "it's green" not in heard
    assert "Two workouts in a row past fifteen, and it's green" in anna.say("why")


def test_one_good_day_is_told_and_the_second_goes_up_with_a_warning(anna):
    train(anna, 14)
    assert "Red again" in again(anna, 17)
    assert "Once more past fifteen, and it's green" in anna.say("start glute workout")
    heard = train(anna, 18)
    assert "Next time green, a hand's width higher" in heard
    assert "a few less at first" in heard


@pytest.mark.parametrize("asides", range(3))
def test_a_change_of_band_is_told_at_the_end_however_long_the_rest_of_it_is(anna, asides):
    train(anna, 13)
    again(anna, 18)
    anna.say("start glute workout")
    for _ in range(asides):
        anna.say("what band should i use")  # so the variants of the lines are others
    assert "Next time green" in train(anna, 18)


def test_a_step_that_was_taken_before_is_announced_with_its_number(anna):
    train(anna, 14)
    again(anna, 18)
    again(anna, 19)  # half a step is tried, and a whole one
    again(anna, 18)
    assert "green" in again(anna, 19).lower()
    again(anna, 9)
    again(anna, 8)
    heard = again(anna, 8)  # too tough: back to the step that is known
    assert "Next time red" in heard or "hand's width higher" in heard, heard


def test_a_shut_clock_and_a_changed_ladder_lose_nobody_their_band(anna):
    train(anna, 13)
    anna.now -= timedelta(days=40)
    assert "Red" in anna.say("what band should i use")
    anna.now += timedelta(days=40)
    anna.say("i lost my red band")
    heard = anna.say("what band should i use")
    assert heard.startswith("Yellow.")
    assert "gone" in heard


@pytest.mark.parametrize(
    ("named", "hears"),
    [
        ("no bands", "leg's own weight"),
        ("red and red", "of one color count once"),
        ("red", "Just red, then."),
    ],
)
def test_odd_ladders_are_taken_and_said_back(app, named, hears):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    assert hears in trainee.say(named)


def test_nothing_that_is_said_of_bands_claims_a_force_or_the_only_science(anna):
    said = [train(anna, 18), anna.say("what band should i use"), anna.say("why"), anna.say("says who")]
    for text in said:
        for claim in ("pound", "kilo", "newton", "proven", "always", "the only way", "science shows"):
            assert claim not in text.lower()


def test_bands_that_get_their_names_before_any_set_are_chosen_among_anew_and_none_is_gone(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    assert "your lightest band" in trainee.say("i've got three bands")
    assert "Red today" in trainee.say("yellow, red and green")
    why = trainee.say("what band should i use")
    assert "gone" not in why
    assert "what fits you" in why
