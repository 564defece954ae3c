"""In the lead-in of a set that is gone on with: the reps that were done before it stay done, whatever is said then."""

import pytest

IN_THE_LEAD_IN = 2


@pytest.fixture
def gone_on(anna):
    """A set that was broken off in its eleventh rep, with a question, and is just counted in again."""
    for words in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(words)
    anna.say_at("how many sets", 11, 2, exact=True)
    assert anna.state["workout"]["counting"]["count"]["from_rep"] == 11
    return anna


def sets(trainee):
    return [(each["side"], each["reps"]) for each in trainee.state["workout"]["sets"]]


@pytest.mark.parametrize(
    "words", ["I'm done", "I can't do any more", "stop", "my back hurts", "skip this set", "I did ten"]
)
def test_whatever_ends_the_set_there_keeps_its_ten(gone_on, words):
    heard = gone_on.say(words, IN_THE_LEAD_IN)
    assert sets(gone_on) == [("left", 10)]
    assert "started" not in heard


def test_a_device_that_knows_its_place_there_is_believed(gone_on):
    gone_on.say_at_ms("I'm done", IN_THE_LEAD_IN * 1000, exact=True)
    assert sets(gone_on) == [("left", 10)]


def test_a_conversation_that_is_cut_off_there_keeps_it_too(gone_on):
    gone_on.leave(after=IN_THE_LEAD_IN)
    gone_on.say("start glute workout", after=600)
    assert sets(gone_on) == [("left", 10)]


def test_a_pause_there_is_a_pause_after_ten(gone_on):
    assert "ten" in gone_on.say("pause", IN_THE_LEAD_IN).lower()
    gone_on.say("resume")
    assert gone_on.state["workout"]["counting"]["count"]["from_rep"] == 11


def test_before_the_first_rep_of_a_set_nothing_has_started_and_that_is_not_said_twice_alike(anna):
    for words in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(words)
    first, second = anna.say("I'm done", IN_THE_LEAD_IN), anna.say("I'm done", IN_THE_LEAD_IN)
    assert "started" in first
    assert "started" in second
    assert first.split(".")[0] != second.split(".")[0]
    assert "sets" not in anna.state["workout"]
