"""Back to the thread: after an aside the count goes on, or the question that stands open is asked again."""

from typing import Final

from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import pain, set_end
from skill.coach.workout.position import place

REASKED: Final = {
    "bands": "which_bands_do_you_have",
    "how_many": "how_many",
    "go_on": "go_on",
    "go_on_workout": "go_on_with_it",
    "how_is_it": "how_is_it",
    "doctor": "has_a_doctor_looked",
    "confirm_delete": "confirm_delete",
}

ASKED_WHILE_SHUT: Final = frozenset({"doctor", "confirm_delete", "how_is_it"})
"""The questions that go on standing open while a pain or a red flag has shut training; none leads to a set."""


def to_the_thread(turn: Turn, counting: Counting | None) -> None:
    """After an aside: back to the count, or to the question that stands open."""
    if turn.ends or turn.question is not None:
        return
    if counting is not None and turn.workout is not None and turn.workout.counting is counting:
        if counting.paused_at_rep >= 0:
            turn.ask("resume", "say_resume", reps=counting.paused_at_rep)
        else:
            set_end.again(turn, counting, place(turn, counting))
        return
    ask_again(turn)


def ask_again(turn: Turn) -> None:
    """The question that stands open, once more; while training is shut, that it is and what opens it."""
    at_hand = turn.workout
    if turn.is_locked and turn.state.asked not in ASKED_WHILE_SHUT:
        pain.say_locked(turn)
    elif turn.state.asked == "confirm_reps" and at_hand is not None and at_hand.ended is not None:
        turn.ask("confirm_reps", "i_make_that", reps=at_hand.ended.reps)
    elif turn.state.asked == "ready" and at_hand is not None:
        turn.ask("ready", "say_ready", "say_ready_again", side=turn.exercise.sides[0])
    elif turn.state.asked in REASKED:
        question = REASKED[turn.state.asked]
        turn.ask(turn.state.asked, f"{question}_again", question)
    else:
        turn.ask("", "anything_else")
