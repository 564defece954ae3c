"""A number that comes after the summary puts the last set right, and what was decided on it."""

import pytest

from skill.cli import main
from skill.store.transfer import record_of
from tests.trainee import Trainee

HOUR_S = 3600


def trained(app, reps=13, account="anna"):
    """Somebody who has just heard the summary of three rounds."""
    anna = begun(app, account)
    for _ in range(6):
        anna.say_at("done", reps + 1, 1, exact=True)
    assert "workout" not in anna.state
    return anna


def begun(app, account="anna"):
    anna = Trainee(app, account=account)
    for said in ("start glute workout", "red, green and blue", "ready"):
        anna.say(said)
    return anna


def left_after_the_fresh_sets(app, reps, account="anna"):
    """Somebody who stopped the second fresh set after so many reps, and had enough."""
    anna = begun(app, account)
    anna.say_at("done", 14, 1, exact=True)
    anna.say_at("stop", reps + 1, 1, exact=True)
    anna.heard = anna.say("no")
    assert "workout" not in anna.state
    return anna


def last_set(anna):
    (workout,) = anna.workouts
    return workout["sets"][-1]


def test_a_number_after_the_summary_is_the_last_sets(app):
    anna = trained(app)
    heard = anna.say("I did sixteen", after=20)
    assert "Sixteen" in heard
    assert "right leg" in heard
    done = last_set(anna)
    assert (done["reps"], done["reps_source"], done["side"], done["round"]) == (16, "corrected", "right", 3)
    assert [each["reps"] for each in anna.workouts[0]["sets"]] == [13] * 5 + [16]


def test_it_is_judged_again(app):
    anna = trained(app)
    anna.say("no, nine", after=20)
    assert last_set(anna)["ended"] == "failed_short"


def test_it_may_be_put_right_twice_and_stays_one_workout(app):
    anna = trained(app)
    anna.say("no, nine", after=20)
    anna.say("no, twelve", after=20)
    assert last_set(anna)["reps"] == 12
    record = record_of(app.store, anna.user)
    assert len(record["workouts"]) == 1
    assert len(record["document"]["recent_workouts"]) == 1
    (exercise,) = record["document"]["records"].values()
    assert len(exercise["summaries"]) == 1


def test_what_is_known_afterwards_is_as_if_the_number_had_been_right_at_once(app):
    wrong, right = left_after_the_fresh_sets(app, 16), left_after_the_fresh_sets(app, 9, account="ben")
    before = wrong.state["records"]
    wrong.say("no, nine", after=20)
    assert wrong.state["records"]["glute_raise"]["legs"] == right.state["records"]["glute_raise"]["legs"]
    assert wrong.state["records"] != before
    (fresh,) = (each["fresh"] for each in wrong.state["records"]["glute_raise"]["summaries"])
    assert (fresh["left"]["reps"], fresh["right"]["reps"]) == (13, 9)


def test_a_fresh_set_put_right_is_summed_up_anew(app):
    heard = left_after_the_fresh_sets(app, 16).say("no, nine", after=20).lower()
    assert heard.startswith("nine")
    assert "nine" in heard.partition("thirteen")[2]


@pytest.mark.parametrize(("after", "reps"), [(2 * HOUR_S, 16), (2 * HOUR_S + 60, 13)])
def test_two_hours_later_it_is_too_late(app, after, reps):
    anna = trained(app)
    heard = anna.say("I did sixteen", after=after)
    assert last_set(anna)["reps"] == reps
    assert ("no set for that number" in heard) == (reps == 13)


@pytest.mark.parametrize("number", ["zero", "ninety nine"])
def test_a_number_that_no_set_can_have_is_not_taken(app, number):
    anna = trained(app)
    assert "no set for that number" in anna.say(f"I did {number}", after=20)
    assert last_set(anna)["reps"] == 13


def test_the_next_workout_that_is_only_offered_does_not_keep_it_from_being_put_right(app):
    anna = trained(app)
    anna.say("start glute workout", after=60)
    heard = anna.say("I did sixteen")
    assert last_set(anna)["reps"] == 16
    assert "Say ready" in heard
    anna.say("ready")
    assert anna.count is not None


def test_the_next_workout_once_begun_does(app):
    anna = trained(app)
    anna.say("start glute workout", after=60)
    anna.say("ready")
    anna.say_at("I did sixteen", 3, 1)
    assert last_set(anna)["reps"] == 13


def test_bands_named_since_leave_the_workout_as_it_is(app):
    anna = trained(app)
    anna.say("I bought a black band", after=20)
    assert "no set for that number" in anna.say("I did sixteen")
    assert last_set(anna)["reps"] == 13


def test_nobody_who_has_trained_nothing_is_put_right(anna):
    anna.say("start glute workout")
    anna.say("red, green and blue")
    assert "no set for that number" in anna.say("I did sixteen")


def test_a_set_that_pain_cut_off_has_no_number_to_put_right(app):
    anna = begun(app)
    anna.say_at("done", 14, 1, exact=True)
    anna.say_at("my knee hurts", 5, 1, exact=True)
    before = anna.state
    assert "no set for that number" in anna.say("I did twelve", after=20)
    assert [each["reps"] for each in anna.workouts[0]["sets"]] == [13, 4]
    for part in ("records", "recent_workouts", "finished"):
        assert anna.state[part] == before[part]
    assert "workout" not in anna.state


def test_the_decisions_of_a_workout_that_was_put_right_still_follow_from_the_rules(app, tmp_path, capsys):
    anna = trained(app)
    anna.say("no, nine", after=20)
    assert main(["replay", "--user", anna.user, "--db", str(tmp_path / "coach.db")]) == 0
    assert " 0 differ" in capsys.readouterr().out


def test_the_number_of_the_last_set_may_be_told_in_a_whole_sentence(app):
    for account, said in (("anna", "the last one was ten"), ("ben", "I'm done, ten")):
        anna = trained(app, account=account)
        assert "en, right leg" in anna.say(said, after=20), said
        assert last_set(anna)["reps"] == 10
