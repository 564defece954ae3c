"""Bands that came, went, or were told in one breath: nothing that was said is dropped, and the new one alone moves."""

import pytest

from skill.alexa.heard import heard_of
from skill.alexa.reading import read_envelope
from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.understanding.understand import Understood
from tests.trainee import START, Trainee

DOZEN = "tan yellow red green blue black silver gold purple orange pink"


@pytest.fixture
def anna(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say("red, green and blue")
    return trainee


def ladder(trainee):
    return " ".join(trainee.state["ladder"])


def test_a_new_band_is_asked_about_in_words_that_can_be_answered_either_way(anna):
    heard = anna.say("i bought a yellow band")
    assert "say which one it's lighter than, or tougher than" in heard


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("yellow is lighter than red", "yellow red green blue"),
        ("red is tougher than yellow", "yellow red green blue"),
        ("my yellow is lighter than my green", "red yellow green blue"),
        ("yellow is tougher than red", "red yellow green blue"),
        ("it's lighter than red", "yellow red green blue"),
        ("it's tougher than green", "red green yellow blue"),
        ("it's tougher than blue", "red green blue yellow"),
        ("it's the lightest", "yellow red green blue"),
        ("the yellow one is the lightest", "yellow red green blue"),
        ("it's the toughest", "red green blue yellow"),
        ("red", "yellow red green blue"),
    ],
)
def test_the_band_just_added_is_the_one_that_moves(anna, said, becomes):
    anna.say("i bought a yellow band")
    anna.say(said)
    assert ladder(anna) == becomes


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("my red is tougher than my green", "green red blue"),
        ("green is lighter than red", "green red blue"),
        ("red is the toughest", "green blue red"),
        ("yellow is lighter than red", "yellow red green blue"),
        ("my green is tougher than my red", "red green blue"),
    ],
)
def test_bands_that_are_known_are_put_in_order_at_any_time(anna, said, becomes):
    anna.say(said)
    assert ladder(anna) == becomes


def test_once_the_new_one_has_its_place_it_goes_without_saying_no_more(anna):
    anna.say("i bought a yellow band")
    anna.say("it's the lightest")
    anna.say("it's tougher than green")
    assert ladder(anna) == "yellow red green blue"


def test_a_colour_that_is_owned_already_is_counted_once(anna):
    assert "of one color count once" in anna.say("i bought a red band")
    assert ladder(anna) == "red green blue"


def test_a_band_that_broke_is_asked_for_by_its_colour_and_the_colour_alone_will_do(anna):
    assert "Which one" in anna.say("my band broke")
    anna.say("the green one")
    assert ladder(anna) == "red blue"


def test_the_only_band_needs_no_name_when_it_broke(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say("red")
    assert "leg's own weight" in trainee.say("my band broke")
    assert trainee.state.get("ladder", []) == []


def test_where_only_tougher_ones_are_left_nobody_hears_of_a_lighter_one_taken(anna):
    anna.say("ready")
    for _ in range(6):
        anna.say_at("i'm done", 14, 1, exact=True)
    anna.say("i lost my red band", after=60)
    anna.say("i lost my green band")
    heard = anna.say("what band should i use")
    assert heard.startswith("Blue. That band is gone, so we take the nearest one you have and look again")


@pytest.mark.parametrize("joint", [" ", ", "])
def test_twelve_in_one_breath_are_twelve_rungs_and_more_are_asked_for(app, joint):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    heard = trainee.say(joint.join(DOZEN.split()) + " and white")
    assert ladder(trainee) == f"{DOZEN} white"
    assert "More? Say, I also have, and the color." in heard


def test_of_thirteen_the_twelve_lightest_are_taken_and_that_is_said(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    assert "the twelve lightest" in trainee.say(f"{DOZEN} white and gray")
    assert ladder(trainee) == f"{DOZEN} white"


@pytest.mark.parametrize("said", ["i also have a gray band", "gray is lighter than red"])
def test_a_thirteenth_that_comes_later_is_not_dropped_in_silence(app, said):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say(f"{DOZEN} and white")
    assert "the twelve lightest" in trainee.say(said)
    assert ladder(trainee) == f"{DOZEN} white"


def test_two_of_one_colour_in_a_list_are_one_rung(app):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    assert "of one color count once" in trainee.say("two reds and a blue")
    assert ladder(trainee) == "red blue"


def test_five_bands_in_the_slot_for_several_are_five_whatever_the_length_of_their_names():
    slots = {"band_run": {"name": "band_run", "value": "yellow green red blue black", "resolutions": RUN}}
    envelope = utterance(Conversation("anna", "echo"), Understood("LadderIntent", slots, 1.0), START)
    heard = heard_of(read_envelope(envelope), {}, START)
    assert heard.bands == ("yellow", "green", "red", "blue", "black")


RUN = {
    "resolutionsPerAuthority": [
        {
            "authority": "BAND_RUN",
            "status": {"code": "ER_SUCCESS_MATCH"},
            "values": [
                {
                    "value": {
                        "name": "yellow green red blue black",
                        "id": "yellow_then_green_then_red_then_blue_then_black",
                    }
                }
            ],
        }
    ]
}


@pytest.mark.parametrize("said", ["I have the blue band on", "I used blue for that one", "I was on the blue"])
def test_the_band_that_was_on_is_that_of_the_set_just_done(anna, said):
    anna.say("ready")
    anna.say_at("i'm done", 13, 1, exact=True)
    anna.say(said)
    assert anna.state["workout"]["sets"][-1]["band"] == "blue"


def test_the_wrong_band_is_asked_for_by_its_colour(anna):
    anna.say("ready")
    assert "Which band" in anna.say_at("I put on the wrong band", 5, 1, exact=True)
    assert "blue" in anna.say("the blue one").lower()
    assert ladder(anna) == "red green blue"


def test_ready_does_not_settle_whether_other_bands_replace_those_at_hand(anna):
    assert "replace" in anna.say("I have black and silver")
    assert "lift" not in anna.say("ready")
    assert anna.state["ladder"] != ["black", "silver"]


@pytest.mark.parametrize("said", ["go on", "I'm not hurt"])
def test_whoever_was_not_hurt_by_a_torn_band_goes_on(anna, said):
    anna.say("ready")
    anna.say_at("the red band snapped", 5, 1, exact=True)
    heard = anna.say(said)
    assert "hurt" not in heard.lower()
