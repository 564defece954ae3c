"""A nod opens no safeguard; a leg, a band and a number are taken as they were said."""

import pytest

from tests.coach.one_life import DAY_S, OneLife
from tests.shipped import EXERCISES

EXERCISE = EXERCISES["glute_raise"]


def in_a_set(reps: int = 5) -> OneLife:
    """The left leg's first set, so many reps in."""
    life = OneLife()
    life.say("Launch")
    count = life.say("ReadyIntent").reply.count
    assert count is not None
    assert count.side == "left"
    life.now += count.rest_ms // 1000 + EXERCISE.lead_in_s + reps * EXERCISE.rep_s
    return life


def in_the_first_rest() -> OneLife:
    """Both legs have done their first set; round two is to begin with the left leg."""
    life = in_a_set(12)
    count = life.say("LogSetIntent", number=12).reply.count
    assert count is not None
    assert count.side == "right"
    life.now += count.rest_ms // 1000 + EXERCISE.lead_in_s + 12 * EXERCISE.rep_s
    life.say("LogSetIntent", number=12)
    return life


def after_pain(feeling: str = "hurts") -> OneLife:
    life = in_a_set()
    life.say("PainIntent", feeling=feeling, body_part="knee")
    life.now += 3 * DAY_S
    life.say("Launch")
    assert life.state.open_question == "has_it_gone"
    return life


def pregnant() -> OneLife:
    life = OneLife()
    life.say("HealthIntent", condition="pregnant")
    life.now += DAY_S
    life.say("Launch")
    assert life.state.open_question == "cleared"
    return life


def with_a_sign() -> OneLife:
    life = in_a_set()
    life.say("RedFlagIntent", sign="chest")
    life.now += 3 * DAY_S
    life.say("Launch")
    life.say("PainGoneIntent")
    assert life.state.open_question == "doctor"
    return life


def deleting() -> OneLife:
    life = OneLife()
    life.say("DeleteDataIntent")
    return life


@pytest.mark.parametrize("guarded", [after_pain, pregnant, with_a_sign, deleting])
def test_a_nod_opens_no_safeguard_and_is_asked_again(guarded):
    life = guarded()
    asked = life.state.open_question
    taken = life.say("OkayIntent")
    assert taken.reply.count is None
    assert not taken.forgets
    assert life.state.open_question == asked


@pytest.mark.parametrize("guarded", [after_pain, pregnant, with_a_sign])
def test_that_somebody_who_is_no_professional_has_looked_opens_nothing(guarded):
    """As Alexa sends it where the slot for a doctor took other words ("my neighbour said I can train")."""
    life = guarded()
    asked, pain, waits_for = life.state.open_question, life.state.pain, life.state.asks_first
    assert life.say("DoctorIntent", unresolved=("healer",)).reply.count is None
    assert (life.state.open_question, life.state.pain, life.state.asks_first) == (asked, pain, waits_for)


def test_a_nod_does_not_say_whether_it_still_hurts():
    life = in_a_set()
    life.say("PainIntent", feeling="hurts", body_part="lower_back")
    assert life.say("OkayIntent").reply.count is None
    assert life.state.open_question == "how_is_it"


def test_a_nod_is_a_yes_where_nothing_hangs_on_it():
    life = OneLife()
    life.say("Launch")
    assert life.say("OkayIntent").reply.count is not None


def test_thanks_in_a_set_stop_nothing():
    count = in_a_set().say("ThanksIntent").reply.count
    assert count is not None
    assert count.from_rep == 6


@pytest.mark.parametrize(("said", "kept"), [(3, 3), (5, 5), (40, 5)])
def test_the_number_said_along_with_a_pain_is_the_sets_unless_there_was_no_time_for_it(said, kept):
    life = in_a_set()
    life.say("PainIntent", feeling="hurts", body_part="knee", number=said)
    assert life.state.finished is not None
    assert life.state.finished.workout.sets[-1].reps == kept
    assert life.state.finished.workout.sets[-1].ended == "ended_by_pain"


def test_only_the_right_leg_said_in_the_left_legs_set_goes_to_the_right_leg():
    life = in_a_set()
    count = life.say("OnlySideIntent", side="right").reply.count
    assert count is not None
    assert count.side == "right"
    assert [(each.side, each.reps) for each in life.state.workout.sets] == [("left", 5)]


def test_the_right_leg_first_said_in_the_left_legs_set_loses_no_reps():
    life = in_a_set()
    count = life.say("StartSideIntent", side="right").reply.count
    assert count is not None
    assert count.side == "right"
    assert [(each.side, each.reps) for each in life.state.workout.sets] == [("left", 5)]


def test_to_leave_the_right_leg_out_never_skips_the_left():
    life = in_the_first_rest()
    count = life.say("SkipLegIntent", side="right").reply.count
    assert count is not None
    assert count.side == "left"
    assert life.state.workout.sides == ("left",)


def test_a_leg_named_is_the_leg_done_again():
    life = in_the_first_rest()
    count = life.say("RedoIntent", side="left").reply.count
    assert count is not None
    assert (count.side, count.round) == ("left", 1)
    assert [each.side for each in life.state.workout.sets] == ["right"]


def test_a_lighter_band_for_one_leg_leaves_the_other_alone():
    life = OneLife()
    life.say("Launch")
    before = dict(life.bands())
    words = life.hear("EasierBandIntent", side="right")
    assert life.bands()["left"] == before["left"]
    assert life.bands()["right"] != before["right"]
    assert "right leg" in words


def test_the_band_that_is_on_already_ends_no_set():
    life = in_a_set()
    band = life.bands()["left"]
    count = life.say("UseBandIntent", bands=(band,)).reply.count
    assert count is not None
    assert count.from_rep == 6


def test_a_leg_left_out_today_is_left_out_of_every_round():
    life = in_the_first_rest()
    count = life.say("OmitSideIntent", side="right").reply.count
    assert count is not None
    assert count.side == "left"
    assert life.state.workout.sides == ("left",)


def test_a_leg_left_out_before_the_first_set_leaves_the_other_alone():
    life = OneLife()
    life.say("Launch")
    life.say("OmitSideIntent", side="left")
    assert life.state.workout.sides == ("right",)


def test_a_call_for_help_in_a_count_stands_it_still():
    life = in_a_set()
    reply = life.say("AMAZON.HelpIntent").reply
    assert reply.count is None
    assert life.state.open_question == "does_it_hurt"
