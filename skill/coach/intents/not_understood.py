"""What was not understood: said, then with an example of what can be said now; in a set the count stands still."""

from typing import Final

from skill.coach.intents import moves, resume_thread
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout.position import place

LEAVES_AFTER: Final = 3


def not_understood(turn: Turn, counting: Counting | None) -> None:
    """Nothing was understood: a running count stands still, an open question is asked again, then with an example."""
    turn.know(misunderstood=turn.state.misunderstood + 1)
    if counting is not None and counting.paused_at_rep < 0 and place(turn, counting).stage == "reps":
        moves.not_understood_in_a_set(turn, counting)
        return
    nth = turn.state.misunderstood
    if nth >= LEAVES_AFTER and counting is None and not QUESTIONS[turn.state.open_question].stands_on_hold:
        turn.know(misunderstood=0)
        turn.say("leave_it_there")
        turn.leave()
        return
    turn.say("not_understood")
    if nth % 2 and turn.state.open_question == "ready":
        turn.ask("ready", "say_ready_again", "say_ready", **resume_thread.told(turn))
    if nth % 2:
        resume_thread.to_the_thread(turn, counting)
        return
    asked, row = turn.state.open_question, QUESTIONS[turn.state.open_question]
    if counting is not None and counting.paused_at_rep < 0:
        turn.say("help_in_rest")
        resume_thread.to_the_thread(turn, counting)
    else:
        turn.ask(asked, row.help, row.again, **resume_thread.told(turn))
