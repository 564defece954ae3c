"""A number that the count had no time for is asked about once, however late it comes; what was noted stays."""

import pytest

from tests.trainee import Trainee

DAY_S = 24 * 3600


@pytest.fixture
def anna(app):
    """Somebody whose left fresh set has just ended at thirteen; the right leg is being counted in."""
    trainee = Trainee(app)
    for said in ("start glute workout", "red, green and blue", "ready"):
        trainee.say(said)
    trainee.say_at("i'm done", 14, 2, exact=True)
    assert sets(trainee) == [(13, "failed_in_window")]
    return trainee


def sets(trainee):
    found = trainee.state.get("workout") or trainee.workouts[-1]
    return [(each["reps"], each["ended"]) for each in found["sets"]]


def to_the_end(trainee, reps=13):
    for _ in range(6):
        if trainee.count is not None:
            trainee.say_at("i'm done", reps + 1, 1, exact=True)
    assert "workout" not in trainee.state
    return trainee


@pytest.mark.parametrize("said", ["forty", "i did forty", "no, forty"])
def test_forty_after_a_set_of_thirteen_is_asked_about_and_yes_means_fourteen(anna, said):
    assert anna.say(said) == "Forty would be a four minute set. Did you mean fourteen?"
    assert sets(anna) == [(13, "failed_in_window")]
    heard = anna.say("yes")
    assert "ourteen" in heard
    assert sets(anna) == [(14, "failed_in_window")]
    assert anna.count is not None


@pytest.mark.parametrize("said", ["sixty", "i did sixty", "fifty", "twenty five"])
def test_a_number_without_a_likelier_one_is_said_back_and_asked_again(anna, said):
    heard = anna.say(said)
    assert "more than there was time for. How many did you do?" in heard
    assert sets(anna) == [(13, "failed_in_window")]
    anna.say("thirteen")
    assert sets(anna) == [(13, "failed_in_window")]
    assert anna.count is not None


def test_who_insists_on_sixty_is_not_believed(anna):
    for _ in range(2):
        assert "How many did you do?" in anna.say("sixty")
        assert "I have thirteen for now. Say, I did, and the number" in anna.say("sixty")
        assert sets(anna) == [(13, "failed_in_window")]
    anna.say("fourteen")
    assert sets(anna) == [(14, "failed_in_window")]


@pytest.mark.parametrize(("said", "is_taken"), [("forty", True), ("forty one", False)])
def test_forty_is_the_most_that_is_believed_of_who_insists(anna, said, is_taken):
    anna.say(said)
    anna.say(said)
    assert sets(anna) == [(40, "off_tempo") if is_taken else (13, "failed_in_window")]


@pytest.mark.parametrize(("said", "ended"), [("forty", "off_tempo"), ("no, forty", "off_tempo")])
def test_who_insists_is_believed_and_it_judges_no_band(anna, said, ended):
    anna.say("forty")
    assert "quicker than the count" in anna.say(said)
    assert sets(anna) == [(40, ended)]
    to_the_end(anna)
    legs = anna.state["records"]["glute_raise"]["legs"]
    assert legs["left"]["band"] == "green"
    assert legs["left"].get("sets_here", []) == []
    assert legs["right"]["sets_here"] == [13]


@pytest.mark.parametrize("answer", ["i don't know", "i'm done"])
def test_who_does_not_know_keeps_what_was_noted_and_goes_on(anna, answer):
    anna.say("forty")
    assert "t stays thirteen, left leg." in anna.say(answer)
    assert sets(anna) == [(13, "failed_in_window")]
    assert anna.count is not None


def test_a_plain_no_asks_for_the_number_and_the_number_settles_it(anna):
    anna.say("forty")
    assert "number" in anna.say("no")
    assert anna.say("twelve").startswith("Twelve")
    assert sets(anna) == [(12, "failed_in_window")]


def test_a_question_in_between_does_not_lose_the_one_that_stands_open(anna):
    anna.say("forty")
    assert "number" in anna.say("what does it work")
    anna.say("yes")
    assert sets(anna) == [(14, "failed_in_window")]


def test_ready_goes_on_with_what_was_noted_and_the_next_odd_number_is_doubted_again(anna):
    anna.say("forty")
    anna.say("ready")
    assert anna.count is not None
    assert sets(anna) == [(13, "failed_in_window")]
    assert "Did you mean fourteen" in anna.say("forty")


def test_who_leaves_in_mid_question_keeps_what_was_noted(anna):
    anna.say("forty")
    anna.leave()
    assert sets(anna) == [(13, "failed_in_window")]
    assert "topped after one set" in anna.say("start glute workout", after=60)


def test_a_silence_hears_what_is_noted(anna):
    anna.say("forty")
    reprompt = anna.answer["response"]["reprompt"]["outputSpeech"]["ssml"]
    assert "I have thirteen for now" in reprompt


@pytest.mark.parametrize(
    ("said", "reps", "ended"),
    [
        ("no, thirteen", 13, "failed_in_window"),
        ("no, fourteen", 14, "failed_in_window"),
        ("twelve", 12, "failed_in_window"),
        ("i did nine", 9, "failed_short"),
        ("fifteen", 15, "off_tempo"),
        ("eighteen", 18, "off_tempo"),
    ],
)
def test_a_plausible_number_is_put_right_at_once(anna, said, reps, ended):
    anna.say(said)
    assert sets(anna) == [(reps, ended)]
    assert anna.count is not None


def test_after_no_rep_at_all_forty_is_asked_about(app):
    trainee = Trainee(app)
    for said in ("start glute workout", "red, green and blue", "ready"):
        trainee.say(said)
    trainee.say_at("i'm done", 1, 2, exact=True)
    assert "more than there was time for" in trainee.say("forty")
    assert sets(trainee) == [(0, "failed_short")]


def test_in_the_first_reps_of_the_next_set_it_is_asked_about_and_they_are_kept(anna):
    assert "Did you mean fourteen?" in anna.say_at("i did forty", 2, 2, exact=True)
    assert sets(anna) == [(13, "failed_in_window")]
    assert "On from two." in anna.say("yes")
    assert sets(anna) == [(14, "failed_in_window")]


def test_a_number_said_where_the_device_tells_no_place_has_the_time_until_it_arrived(app):
    trainee = Trainee(app)
    for said in ("start glute workout", "red, green and blue", "ready"):
        trainee.say(said)
    heard = trainee.say_at("i'm done", 14, 2)
    assert "hirteen" in heard
    if trainee.count is None:
        trainee.say("yes")
    assert "Did you mean fourteen?" in trainee.say("forty")
    trainee.say("no, fourteen")
    assert sets(trainee) == [(14, "failed_in_window")]


def test_twice_put_right_it_is_still_measured_by_the_clock(anna):
    anna.say("no, nine")
    assert "Did you mean fourteen?" in anna.say("forty")
    anna.say("yes")
    assert sets(anna) == [(14, "failed_in_window")]


@pytest.mark.parametrize("said", ["sixty", "i did sixty"])
def test_after_the_summary_it_is_asked_about(anna, said):
    to_the_end(anna)
    assert "more than there was time for" in anna.say(said, after=30)
    assert anna.is_listening
    assert sets(anna)[-1] == (13, "failed_in_window")
    anna.say("twelve")
    assert sets(anna)[-1] == (12, "failed_in_window")
    assert len(anna.workouts) == 1


def test_after_the_summary_yes_means_the_likelier_number(anna):
    to_the_end(anna)
    before = anna.state["records"]
    assert "Did you mean fourteen?" in anna.say("i did forty", after=30)
    assert anna.state["records"] == before
    assert "ourteen" in anna.say("yes")
    assert sets(anna)[-1] == (14, "failed_in_window")


def test_after_the_summary_who_insists_is_believed_off_tempo(anna):
    to_the_end(anna)
    anna.say("i did forty", after=30)
    assert "quicker than the count" in anna.say("no, forty")
    assert sets(anna)[-1] == (40, "off_tempo")


def test_after_the_summary_who_does_not_know_keeps_what_was_noted(anna):
    to_the_end(anna)
    anna.say("i did forty", after=30)
    assert "t stays thirteen, right leg." in anna.say("i don't know")
    assert not anna.is_listening
    assert sets(anna)[-1] == (13, "failed_in_window")


def test_with_the_next_workout_offered_the_answer_leads_back_to_it(anna):
    to_the_end(anna)
    anna.say("start glute workout", after=60)
    assert "Did you mean fourteen?" in anna.say("i did forty")
    assert "Say ready" in anna.say("yes")
    assert sets_of_the_last(anna) == (14, "failed_in_window")
    anna.say("ready")
    assert anna.count is not None


def sets_of_the_last(trainee):
    done = trainee.workouts[-1]["sets"][-1]
    return done["reps"], done["ended"]


def test_the_next_day_nobody_asks_and_nothing_changes(anna):
    to_the_end(anna)
    assert "no set for that number" in anna.say("i did forty", after=DAY_S)
    assert sets(anna)[-1] == (13, "failed_in_window")


def test_after_the_summary_the_clock_is_known_where_the_device_told_no_place(app):
    trainee = Trainee(app)
    for said in ("start glute workout", "red, green and blue", "ready"):
        trainee.say(said)
    for _ in range(6):
        trainee.say_at("i'm done", 14, 2)
        if trainee.count is None and "workout" in trainee.state:
            trainee.say("yes")
    assert "workout" not in trainee.state
    assert "Did you mean fourteen?" in trainee.say("forty", after=30)


def test_a_place_that_the_device_told_teaches_nothing_of_its_delay(anna):
    anna.say("no, twelve")
    assert not any(device.get("delay") for device in anna.state.get("devices", []))


@pytest.fixture
def ben(app):
    """Somebody whose first set is being counted."""
    trainee = Trainee(app)
    for said in ("start glute workout", "red, green and blue", "ready"):
        trainee.say(said)
    return trainee


def test_a_number_far_below_what_the_clock_saw_is_doubted_once(ben):
    heard = ben.say_at("i did four", 14, 2, exact=True)
    assert "counted more" in heard
    assert "sets" not in ben.state["workout"]
    ben.say("four")
    assert sets(ben) == [(4, "failed_short")]


def test_after_a_count_that_ran_out_the_number_is_the_number(ben):
    ben.after_count("i did fourteen")
    assert sets(ben) == [(14, "failed_in_window")]
