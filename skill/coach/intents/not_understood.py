"""What was not understood: said, then with an example of what can be said now; a count and its rest stand still."""

from typing import Final

from skill.coach.intents import resume_thread
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout.position import paused, place

LEAVES_AFTER: Final = 3


def not_understood(turn: Turn, counting: Counting | None) -> None:
    """Nothing was understood: a count stands still, an open question is asked again, then with an example."""
    turn.know(misunderstood=turn.state.misunderstood + 1)
    if counting is not None and counting.paused_at_rep < 0 and place(turn, counting).stage != "over":
        _in_a_count(turn, counting)
        return
    nth = turn.state.misunderstood
    if nth >= LEAVES_AFTER and counting is None and not QUESTIONS[turn.state.open_question].stands_on_hold:
        turn.know(misunderstood=0)
        turn.say("leave_it_there")
        turn.leave()
        return
    turn.say("not_understood")
    if nth % 2 and turn.state.open_question == "ready":
        # the words may have been about pain, so this is no plain invitation
        turn.ask("ready", "say_ready_if_nothing_hurts", "say_ready", **resume_thread.told(turn))
    elif nth % 2:
        resume_thread.to_the_thread(turn, counting)
    else:
        row = QUESTIONS[turn.state.open_question]
        turn.ask(turn.state.open_question, row.help, row.again, **resume_thread.told(turn))


def _in_a_count(turn: Turn, counting: Counting) -> None:
    """The words may have been about pain: that is asked, and neither the set nor its rest runs on meanwhile."""
    turn.know_of_workout(counting=paused(counting, place(turn, counting)))
    turn.say("not_understood")
    turn.ask("does_it_hurt")
