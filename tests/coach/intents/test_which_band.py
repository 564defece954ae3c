"""What is answered of the band is what follows: the same colour at the start, the promised one after the workouts."""

import pytest

from bench.said import meanwhile, truth
from bench.said.truth import lived
from skill.alexa.lengths import estimated_ms
from skill.coach.bands import outlook
from skill.coach.workout import preview
from tests.coach.lives import LOCALE
from tests.coach.one_life import DAY_S, OneLife


def told(bands: dict[str, str]) -> str:
    left, right = (LOCALE.band(bands[side]) for side in ("left", "right"))
    return f"{left}." if left == right else f"Left leg: {left}. Right leg: {right}."


@pytest.mark.parametrize("begins", ["Launch", "ReadyIntent"])
@pytest.mark.parametrize("number", range(40))
def test_the_band_that_is_answered_is_the_band_of_the_workout_begun_right_after(number, begins):
    life = lived(number)
    answer = life.hear("WhichBandIntent")
    asked = life.say(begins)
    if asked.state.open_question == "go_on_workout":
        life.say("AMAZON.YesIntent")
    assert answer.lower().startswith(told(life.bands()).lower()), life.state.records


@pytest.mark.parametrize("number", range(15))
def test_asking_changes_nothing_but_what_why_tells(number):
    life = lived(number)
    before = life.state
    life.say("WhichBandIntent")
    for name in ("records", "workout", "recent_workouts", "ladder", "finished"):
        assert getattr(life.state, name) == getattr(before, name)


@pytest.mark.parametrize("number", [*range(60), 244])
def test_what_is_foretold_is_what_the_workouts_bring(number):
    assert [what for is_true, what in truth.foretold(number) if not is_true] == []


@pytest.mark.parametrize("number", range(60))
def test_each_reason_is_true_of_the_workouts_that_were_done(number):
    assert [what for is_true, what in truth.given(number) if not is_true] == []


@pytest.mark.parametrize("number", range(30))
def test_with_pain_and_on_bad_days_and_in_mid_workout_what_is_said_is_true_as_well(number):
    told = [*meanwhile.given(number), *meanwhile.days_named(number), *meanwhile.foretold(number)]
    assert [what for is_true, what in told if not is_true] == []


@pytest.mark.parametrize("reps", [5, 7, 8, 9, 11])
def test_below_the_number_that_is_told_while_searching_it_gets_lighter_and_not_above(reps):
    life = OneLife()
    life.say("WhichBandIntent")
    then = preview.as_begun(life.turn())
    fewer = outlook.lines(then, then.leg("left"))[0].params["fewer"]
    life.train(reps)
    assert (life.next_bands()["left"] != "red") == (reps < fewer)


@pytest.mark.parametrize(
    ("weeks", "band", "why"),
    [
        (2, "red", "right on target"),
        (4, "red", "away four weeks"),
        (8, "red", "away eight weeks"),
        (9, "yellow", "away over eight weeks"),
        (12, "yellow", "away over eight weeks"),
        (18, "yellow", "away over eight weeks"),
    ],
)
def test_after_weeks_away_the_answer_is_that_of_the_next_start_with_its_reason(weeks, band, why):
    life = OneLife()
    life.train(13)
    life.now += weeks * 7 * DAY_S
    answer = life.hear("WhichBandIntent")
    assert answer.lower().startswith(f"{band}.")
    assert why in answer
    assert why in life.hear("WhyIntent")
    life.say("ReadyIntent")
    assert life.bands() == {"left": band, "right": band}


def test_starting_twice_after_a_long_break_takes_one_step_back_and_not_two():
    life = OneLife()
    life.train(13)
    life.now += 12 * 7 * DAY_S
    for _ in range(4):
        life.say("Launch")
        assert life.bands() == {"left": "yellow", "right": "yellow"}
        life.say("AMAZON.StopIntent")
    life.now += 2 * 7 * DAY_S
    assert life.next_bands()["left"] == "yellow"


def test_an_offer_that_was_left_for_weeks_is_not_gone_on_with_at_a_bare_ready():
    life = OneLife()
    life.train(13)
    life.say("Launch")
    assert life.bands()["left"] == "red"
    life.now += 12 * 7 * DAY_S
    heard = life.hear("ReadyIntent")
    assert life.taken.reply.count is None
    assert "yellow today" in heard.lower()
    life.say("ReadyIntent")
    assert life.taken.reply.count is not None


@pytest.mark.parametrize("number", range(40))
def test_a_known_trainee_hears_at_most_eight_seconds_before_say_ready_whatever_their_life(number):
    life = lived(number)
    known = life.state.records.get(life.state.exercise or "glute_raise")
    heard = life.hear("Launch")
    if (
        known is None
        or not known.summaries
        or life.state.open_question != "ready"
        or "would be better" in heard
    ):
        return
    assert estimated_ms(f"{heard} Say ready.") <= 8000, heard
