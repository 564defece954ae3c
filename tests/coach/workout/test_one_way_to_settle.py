"""A set that is left is settled in one way, whichever door the trainee leaves by."""

from dataclasses import replace

import pytest

from tests.trainee import Trainee

DOORS = ["stop", "cancel", "session end", "launch", "another device"]
WHERE = {"in a repetition": 6, "after the count": None}


def left(app, door, rep, *, exact):
    """The set that somebody left by this door, as it was written down in the end."""
    anna = Trainee(app, account=f"{door}{rep}{exact}")
    for said in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(said)
    words = {"cancel": "cancel", "launch": "start glute workout"}.get(door, "stop")
    if rep is None:
        anna.after_count("stop" if door == "stop" else words, after=5) if door in (
            "stop",
            "cancel",
            "launch",
        ) else None
    elif door in ("stop", "cancel", "launch"):
        anna.say_at(words, rep, 1, exact=exact)
    if door == "session end":
        anna.wait(anna.count.length_ms / 1000 + 5 if rep is None else 60)
        anna.leave()
    if door == "another device":
        anna.wait(anna.count.length_ms / 1000 + 5 if rep is None else 60)
        anna.talk = replace(anna.talk, device="kitchen", session_id=None)
        anna.say("start glute workout")
    anna.wait(3 * 24 * 3600)
    anna.say("start glute workout")
    (workout,) = anna.workouts
    (done,) = workout["sets"]
    return done


@pytest.mark.parametrize("where", WHERE)
def test_the_same_ending_has_one_provenance_by_every_door(app, where):
    found = {door: left(app, door, WHERE[where], exact=False) for door in DOORS}
    assert len({each["reps_source"] for each in found.values()}) == 1, found
    expected = "worked_out" if WHERE[where] else "counted"
    assert {each["reps_source"] for each in found.values()} == {expected}


def test_a_count_that_nobody_answered_judges_the_same_by_every_door(app):
    found = {door: left(app, door, None, exact=False) for door in DOORS}
    assert {each["ended"] for each in found.values()} == {"not_known"}, found
    assert len({each["reps"] for each in found.values()}) == 1


@pytest.mark.parametrize("door", ["stop", "cancel"])
def test_the_place_that_a_device_tells_is_taken_by_every_door(app, door):
    assert left(app, door, 6, exact=True)["reps_source"] == "measured"
