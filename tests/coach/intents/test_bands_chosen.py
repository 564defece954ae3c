"""The band that the trainee chooses in a workout: what is said is what is put on, for the leg that comes next."""

import random

import pytest

from skill.coach.bands import rungs
from skill.coach.messages.reply import Count
from skill.coach.state import State
from tests.coach.lives import BEGIN, LOCALE
from tests.coach.one_life import OneLife
from tests.shipped import EXERCISES

EXERCISE = EXERCISES["glute_raise"]
LADDER = ("red", "green", "blue")


def begun(*bands: str) -> OneLife:
    """A workout whose first count runs."""
    life = OneLife(bands or LADDER)
    counted(life.say("ReadyIntent").reply.count)
    return life


def counted(count: Count | None) -> Count:
    assert count is not None
    return count


def go_by(life: OneLife, reps: int) -> None:
    """So many reps of the count that was just sent."""
    count = counted(life.taken.reply.count)
    life.now += count.rest_ms // 1000 + EXERCISE.lead_in_s + reps * EXERCISE.rep_s


@pytest.mark.parametrize("number", range(25))
def test_the_band_that_is_said_to_be_chosen_is_the_one_that_is_put_on_next(number):
    chance, life = random.Random(number), begun()
    for _ in range(8):
        go_by(life, 5)
        for _ in range(chance.randint(1, 3)):
            life.say(chance.choice(["EasierBandIntent", "TougherBandIntent"]))
        said = [line for line in life.taken.reply.lines if line.key == "band_chosen"]
        told = life.hear("WhichBandIntent")
        count = life.taken.reply.count or life.say("ReadyIntent").reply.count
        if count is None:
            return
        if said:
            assert count.band == said[0].params["band"]
            assert told.lower().startswith(LOCALE.band(count.band).lower())


CHOSEN = ("band_chosen", "band_from_next_set")


def test_a_tougher_band_wished_for_in_a_set_waits_for_the_next_and_twice_is_one_step():
    life = begun("yellow", "red", "green", "blue", "black")
    on = life.state.workout.counting.count.band
    go_by(life, 5)
    life.say("TougherBandIntent")
    reply = life.say("TougherBandIntent").reply
    assert not life.state.workout.sets
    assert counted(reply.count).band == on
    ladder = rungs.whole(life.state.ladder)
    said = next(line.params["band"] for line in reply.lines if line.key == "band_from_next_set")
    assert ladder.index(said) == ladder.index(on) + 1


@pytest.mark.parametrize(("intent", "step"), [("EasierBandIntent", -1), ("TougherBandIntent", 1)])
def test_one_step_is_one_rung_from_the_band_of_the_leg_at_hand(intent, step):
    life = begun("yellow", "red", "green", "blue", "black")
    go_by(life, 5)
    life.say("UseBandIntent", bands=("blue",))
    on = counted(life.say("ReadyIntent").reply.count).band
    life.say(intent)
    said = next(line.params["band"] for line in life.taken.reply.lines if line.key in CHOSEN)
    ladder = rungs.whole(life.state.ladder)
    assert ladder.index(said) == ladder.index(on) + step


def test_legs_on_two_bands_are_both_told_of_when_both_change():
    life = begun("yellow", "red", "green", "blue")
    life.say("UseBandIntent", bands=("yellow",), side="right")
    words = life.hear("TougherBandIntent")
    assert "left: green" in words.lower()
    assert "right: red" in words.lower()


@pytest.mark.parametrize("said", [("blue",), ("blue", "blue")])
def test_one_known_colour_by_itself_is_the_band_from_here_on(said):
    life = begun()
    go_by(life, 5)
    life.say("LadderIntent", bands=said)
    assert life.state.ladder == LADDER
    assert life.state.open_question != "replace_ladder"
    assert counted(life.say("ReadyIntent").reply.count).band == "blue"


def test_the_colour_that_is_on_ends_no_set():
    life = begun()
    go_by(life, 5)
    assert counted(life.say("LadderIntent", bands=("green",)).reply.count).from_rep == 6


def keys(life: OneLife) -> list[str]:
    return [line.key for line in life.taken.reply.lines]


def did(life: OneLife, reps: int = 13) -> Count:
    """A whole set; the next count."""
    go_by(life, reps)
    return counted(life.say("LogSetIntent", number=reps).reply.count)


def test_a_band_that_is_on_already_is_not_to_be_changed_to():
    life = begun()
    did(life)
    life.say("UseBandIntent", bands=("blue",))
    assert life.taken.reply.count is not None
    assert did(life).band == "blue"
    assert "rest_then_round" in keys(life)


def test_a_band_other_than_the_last_one_worn_is_named_before_a_set():
    life = begun()
    did(life)
    did(life)
    did(life)
    go_by(life, 5)
    life.say("UseBandIntent", bands=("blue",))
    life.say("ReadyIntent")
    assert "rest_then_round_and_change" in keys(life)


def test_once_a_first_set_has_been_done_the_reason_is_no_longer_that_nothing_is_known():
    life = begun()
    life.say("WhichBandIntent")
    assert "because.BAND-03" in keys(life)
    for _ in range(4):
        counted(life.say("ReadyIntent").reply.count)
        did(life)
        life.say("WhichBandIntent")
        assert keys(life)[:2] == ["use_band", "because.BAND-36"]
        assert life.hear("WhyIntent") != LOCALE.paragraph([])
        assert "because.BAND-36" in keys(life)


def test_nobody_is_told_to_put_on_no_band():
    life = begun("red")
    go_by(life, 5)
    assert "without a band" in life.hear("BrokenBandIntent")
    life = begun("red")
    did(life, 12)
    did(life, 12)
    did(life, 12)
    go_by(life, 5)
    life.say("UseBandIntent", bands=("none",))
    words = life.hear("ReadyIntent")
    assert "take the band off" in words
    assert "no band" not in words


def test_who_is_asked_for_bands_and_says_what_to_use_has_that_band():
    life = object.__new__(OneLife)
    life.state, life.now, life.done, life.ladder_then = State(), BEGIN, [], ()
    life.say("Launch")
    life.say("UseBandIntent", bands=("red",))
    assert life.state.ladder == ("red",)


def test_a_band_that_was_on_right_after_a_set_is_that_sets_and_the_band_from_here_on():
    life = begun()
    did(life)
    count = life.say("UseBandIntent", bands=("blue",), worn="was").reply.count
    assert "set_was_on" in keys(life)
    assert life.state.workout.sets[-1].band == "blue"
    assert life.state.workout.bands == {"left": "blue", "right": "blue"}
    assert life.state.records["glute_raise"].legs["left"].rung == "blue"
    assert counted(count).band == "blue"


def test_a_band_that_is_wished_for_after_a_set_leaves_that_set_as_it_was():
    life = begun()
    did(life)
    life.say("UseBandIntent", bands=("blue",))
    assert life.state.workout.sets[-1].band == "green"


def test_a_band_said_to_be_on_in_a_set_ends_no_set_and_is_that_sets():
    life = begun()
    go_by(life, 5)
    count = counted(life.say("UseBandIntent", bands=("blue",), worn="is").reply.count)
    assert (count.from_rep, count.band) == (6, "blue")
    did(life)
    assert life.state.workout.sets[-1].band == "blue"


@pytest.mark.parametrize("intent", ["LadderIntent", "UseBandIntent"])
def test_the_wrong_band_stands_the_count_still_until_it_is_known_which(intent):
    life = begun()
    go_by(life, 5)
    taken = life.say("UseBandIntent", worn="wrong")
    assert taken.reply.count is None
    assert life.state.open_question == "band_on"
    count = counted(life.say(intent, bands=("red",)).reply.count)
    assert (count.from_rep, count.band) == (6, "red")
    assert life.state.ladder == LADDER
