"""Where in a count a trainee was who spoke about its end: what a slow device's words are credited with."""

import pytest

from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count
from skill.coach.state import Counting, Device, State
from skill.coach.turn import Turn
from skill.coach.workout.position import place

SENT_AT = 1_800_000_000
COUNT = Count("glute_raise", "left", False, 10_000, 3000, 3000, 1, 15, "t")
LAST_REP_ENDS_MS = 10_000 + 3000 + 15 * 6000
OVER_MS = LAST_REP_ENDS_MS + COUNT.question_ms
SLOW, QUICK = (0, 0, 0, 0, 0, 0, 0, 20, 960, 20), (960, 20, 20, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def at(app):
    """The place at which words stand that arrive so long after the count was sent."""

    def at(elapsed_ms: int, delay: tuple[int, ...]):
        state = State(exercise="glute_raise", devices=(Device("echo", delay),))
        heard = Heard("FailIntent", device="echo", ms=elapsed_ms % 1000)
        turn = Turn(state, heard, SENT_AT + elapsed_ms // 1000, app.brain)
        return place(turn, Counting(COUNT, SENT_AT, 2))

    return at


def test_a_stop_in_the_last_rep_that_arrives_when_the_audio_is_over_is_not_credited_as_sure(at):
    said_in_the_last_lowering = at(OVER_MS + 200, SLOW)
    assert said_in_the_last_lowering.stage == "reps"
    assert said_in_the_last_lowering.reps == 14
    assert said_in_the_last_lowering.unsure_tenths > 5


def test_the_same_instant_is_the_end_of_the_count_on_a_quick_device(at):
    assert at(OVER_MS + 200, QUICK).stage == "over"


def test_an_answer_to_the_question_is_past_the_end_on_a_slow_device_too(at):
    assert at(OVER_MS + 1000 + 4000, SLOW).stage == "over"
    assert at(OVER_MS + 1000 + 4000, SLOW).reps == 15


@pytest.mark.parametrize("delay", [SLOW, QUICK, ()])
def test_long_after_the_end_it_is_over_whatever_is_believed(at, delay):
    assert at(OVER_MS + 20_000, delay).stage == "over"
    assert at(86_400_000, delay).stage == "over"


def test_the_words_of_a_slow_device_become_a_question_and_not_a_set_of_fifteen(anna):
    for words in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(words)
    anna.say("I did thirteen", after=90)
    anna.say("I did thirteen", after=100)
    known = anna.app.states.read(anna.user)[0]
    counting = known.workout.counting
    over = counting.sent_at + anna.app.plan(counting.count).length_ms // 1000
    asked = anna.app.turn(anna.user, Heard("FailIntent", "late", device="an unknown echo", ms=200), over)
    assert asked.question is not None
    assert asked.question.key == "i_make_that"
    assert asked.question.params["reps"] in (14, 15)
    assert len(anna.state["workout"]["sets"]) == 2
