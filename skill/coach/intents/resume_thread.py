"""After an aside: the count goes on, or the question that is open is asked again."""

from typing import Final

from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import pain, set_end
from skill.coach.workout.position import place

REASKED: Final = frozenset({"bands", "go_on", "go_on_workout", "end_workout", "how_many", "replace_ladder"})
"""The questions that are asked again whatever the workout is at."""
SAID_ALONE: Final = frozenset({"bands", *(asked for asked, row in QUESTIONS.items() if row.stands_on_hold)})
"""Those whose words need nothing filled in."""


def to_the_thread(turn: Turn, counting: Counting | None) -> None:
    """After an aside: back to the count, or to the question that stands open."""
    if turn.ends or turn.question is not None:
        return
    if counting is None or turn.workout is None or turn.workout.counting is not counting:
        ask_again(turn)
    elif counting.paused_at_rep >= 0:
        asked = turn.state.open_question
        if asked in ("", "could_do_more"):
            turn.ask("resume", reps=counting.paused_at_rep)
        else:
            ask_again(turn)
    else:
        set_end.again(turn, counting, place(turn, counting))


def ask_again(turn: Turn) -> None:
    """The question that stands open, once more; while training is on hold, whether the pain has gone."""
    asked, workout = turn.state.open_question, turn.workout
    row = QUESTIONS[asked]
    if turn.is_on_hold and not row.stands_on_hold:
        pain.say_on_hold(turn)
        turn.ask("has_it_gone")
    elif asked == "confirm_reps" and workout is not None and workout.ended is not None:
        turn.ask("confirm_reps", reps=workout.ended.reps)
    elif asked == "resume" and workout is not None and workout.counting is not None:
        turn.ask("resume", reps=workout.counting.paused_at_rep)
    elif asked == "could_do_more" and workout is not None and workout.counting is not None:
        turn.ask("could_do_more", count_to=workout.counting.count.count_to)
    elif asked == "ready" and workout is not None:
        turn.ask("ready", side=turn.exercise.sides[0])
    elif asked in REASKED or row.stands_on_hold:
        turn.ask(asked, row.again, row.line, **_said_of(turn))
    else:
        turn.ask("")


def _said_of(turn: Turn) -> dict[str, int]:
    """What the words of a question about a workout may hold."""
    workout = turn.workout
    return {"sets": len(workout.sets)} if workout is not None else {}
