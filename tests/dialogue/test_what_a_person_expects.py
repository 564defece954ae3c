"""Small things that a person expects of a coach, each found by talking with it."""

import re

import pytest

from skill.alexa.lengths import estimated_ms
from tests.trainee import Trainee

HOUR_S = 3600


def known(app, bands="red, green and blue"):
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say(bands)
    return trainee


def trained(trainee, days=0):
    """One whole set and the end, so many days later."""
    trainee.wait(days * 24 * HOUR_S)
    trainee.say("start glute workout")
    trainee.say("ready")
    trainee.say_at("stop", 13, 5, exact=True)
    return trainee.say("no")


def sentences(heard):
    return [each.strip() for each in re.split(r"(?<=[.?!]) ", heard) if each.strip()]


def test_who_cannot_name_the_bands_begins_with_the_lightest(anna):
    anna.say("start glute workout")
    assert "start with your lightest band" in anna.say("i don't know").lower()
    assert "your lightest band" in anna.say("what band should i use").lower()


def test_two_workouts_fill_the_week_and_the_next_day_named_is_one_that_the_coach_then_welcomes(app):
    anna = known(app)  # a Monday
    assert "Wednesday or later" in trained(anna)
    heard = trained(anna, days=3)  # Thursday: Monday's and this one are the week's two
    assert "Monday or later" in heard
    assert "Monday" in anna.say("when is my next workout")
    anna.wait(2.5 * 24 * HOUR_S)
    assert "Monday would be better" in anna.say("start glute workout")
    anna.say("stop")
    anna.wait(1.5 * 24 * HOUR_S)
    assert "ready now" in anna.say("when is my next workout")
    assert "would be better" not in anna.say("start glute workout")


def test_a_changed_ladder_is_said_back_without_the_whole_beginning_again(app):
    anna = known(app)
    for said in ("my green is tougher than my blue", "i bought a black band"):
        heard = anna.say(said)
        assert "lie on your side" not in heard.lower()
        assert "green today, left leg first" in heard.lower()


@pytest.mark.parametrize(
    "before",
    [
        ["start glute workout"],
        ["start glute workout", "red and blue"],
        ["start glute workout", "red and blue", "delete my data"],
        ["start glute workout", "red and blue", "ready", "pause"],
        ["start glute workout", "red and blue", "ready", "that hurts"],
    ],
)
def test_no_sentence_is_heard_twice_in_a_row_by_who_is_not_understood(anna, before):
    for said in before:
        anna.say(said, after=20)
    last = []
    for said in ("purple monkey", "blah blah", "wait", "purple monkey", "i'd like a pizza"):
        now = sentences(anna.say(said))
        assert not set(last) & set(now), said
        last = now


def test_help_does_not_say_its_question_twice(app):
    anna = Trainee(app)
    anna.say("start glute workout")
    assert anna.say("help").count("lightest first") == 1
    anna.say("red and blue")
    assert anna.say("help").lower().count("say ready") == 1


def test_what_after_nonsense_repeats_the_question_and_not_that_it_was_nonsense(app):
    anna = known(app)
    anna.say("purple monkey")
    assert anna.say("what?").lower().count("say ready") == 1


def test_a_pause_before_the_first_rep_has_no_number(app):
    anna = known(app)
    anna.say("ready")
    assert anna.say("wait", after=2).startswith("Paused. ")
    assert "Paused" not in anna.say("wait")


def test_skip_in_the_lead_in_leaves_out_the_set_and_not_the_rest_once_more(app):
    anna = known(app)
    anna.say("ready")
    anna.say_at("done", 14, 1, exact=True)
    anna.say("skip", after=4)
    heard = anna.say("skip", after=4).lower()
    assert "left out" in heard or "skipped" in heard
    assert "round two" in heard


def test_how_is_it_answered_by_no_moves_nobody(app):
    anna = known(app)
    anna.say("ready")
    anna.say_at("my back hurts", 5, 1, exact=True)
    heard = anna.say("no").lower()
    assert "move it" not in heard
    assert "still hurt" in heard
    assert anna.count is None


@pytest.mark.parametrize(
    "complaint",
    [
        *(
            "my lower back is killing me",
            "my back's killing me",
            "I've got a cramp",
            "I have a cramp in my calf",
        ),
        *(
            "that's too painful",
            "this is too painful",
            "I pulled something",
            "I've pulled a muscle",
            "it stings",
        ),
        *("I strained my hamstring", "my leg is cramping up", "my hip is throbbing", "I felt something pop"),
        *(
            "I feel a sharp pain in my hip",
            "there's a sharp pain in my knee",
            "it's getting worse",
            "I'm in agony",
        ),
        *(
            "my knees are sore",
            "my knee feels wrong",
            "something hurts",
            "I've hurt my back",
            "my hip is hurting",
        ),
        *("my back is in spasm", "I felt a twinge", "something doesn't feel right"),
    ],
)
def test_however_pain_is_complained_of_the_count_ends(app, complaint):
    anna = known(app)
    anna.say("ready")
    assert anna.count is not None
    anna.say_at(complaint, 5, 1, exact=True)
    assert anna.count is None
    assert anna.state["pain"]["stands"] in ("asked", "tried", "on_hold"), anna.heard


@pytest.mark.parametrize("effort", ["it burns", "it's burning", "my glutes are burning"])
def test_a_muscle_that_burns_is_effort_and_shuts_nothing(app, effort):
    anna = known(app)
    anna.say("ready")
    anna.say_at(effort, 5, 1, exact=True)
    assert anna.count is not None
    assert anna.state["workout"].get("pain_reports", 0) == 0


def test_a_warning_sign_is_kept_for_who_has_named_no_band_yet_too(anna):
    anna.say("start glute workout")
    anna.say("i feel dizzy")
    assert "has it gone" in anna.say("start glute workout").lower()
    assert anna.is_listening


def test_a_trainee_on_hold_is_not_welcomed_to_another_exercise(app):
    anna = known(app)
    anna.say("ready")
    anna.say_at("my knee hurts", 5, 1, exact=True)
    heard = anna.say("start clamshells")
    assert "on hold" in heard


def test_why_at_the_start_tells_what_was_just_given_as_the_reason(app):
    anna = known(app)
    anna.say("ready")
    anna.say_at("done", 14, 1, exact=True)
    anna.say_at("done", 14, 1, exact=True)
    anna.say("stop", after=2)
    anna.wait(4 * 24 * HOUR_S)
    heard = anna.say("start glute workout")
    assert "right on target" in heard
    assert "right on target" in anna.say("why")


def test_a_number_beyond_the_count_judges_nothing_however_often_it_is_said(app):
    anna = known(app)
    anna.say("ready")
    anna.say_at("i did eighteen", 16, 1, exact=True)
    anna.say("eighteen", after=2)
    assert anna.state["workout"]["sets"][-1]["ended"] == "off_tempo"
    anna.say("fifteen", after=2)
    assert anna.state["workout"]["sets"][-1]["ended"] == "failed_in_window"


def test_what_it_is_good_for_is_told_in_eighteen_seconds(app):
    assert estimated_ms(known(app).say("why should i do this")) <= 18_000


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("did that count", "twelve"),
        ("is that enough", "sets a leg are enough"),
        ("how many of these have I got left to do", "five sets to go"),
        ("skip the left, it's my bad side", "only the right leg today"),
        ("my left glute is sore", "did something hurt"),
    ],
)
def test_what_is_asked_in_a_rest_has_its_own_answer(app, said, heard):
    anna = known(app)
    anna.say("ready")
    anna.say_at("done", 12, 5, exact=True)
    anna.say("twelve")
    assert heard in anna.say(said).lower()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("why do I lie on my side", "the side of your hip"),
        ("how come it's not blue today", "where we start"),
        ("I'm sixteen weeks gone", "ask your doctor or midwife"),
        ("I fell off my bike yesterday", "let somebody look at it first"),
    ],
)
def test_what_is_told_before_the_first_set_has_its_own_answer(app, said, heard):
    assert heard in known(app).say(said).lower()


@pytest.mark.parametrize("said", ["my midwife said yes", "a doctor looked", "my osteopath says I'm alright"])
def test_whoever_treats_somebody_may_say_yes(app, said):
    anna = known(app)
    anna.say("I'm sixteen weeks gone")
    anna.wait(3 * 24 * HOUR_S)
    assert "has whoever treats you said yes" in anna.say("start glute workout")
    assert "I'm glad" in anna.say(said)
