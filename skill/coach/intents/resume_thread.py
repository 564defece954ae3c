"""After an aside: the count goes on, or the question that is open is asked again."""

from typing import Final

from skill.coach.bands.rungs import NO_BAND
from skill.coach.messages.reply import Param
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting, Question
from skill.coach.turn import Turn
from skill.coach.workout import pain, set_end, settling
from skill.coach.workout.position import place

REASKED: Final = frozenset(
    {"bands", "go_on", "go_on_workout", "end_workout", "how_many", "replace_ladder", "band_on"}
)
"""The questions that are asked again whatever the workout is at."""


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


def aside(turn: Turn, counting: Counting | None, key: str, **params: Param) -> None:
    """Say something, and back to the count or to the question that stands open."""
    turn.say(key, **params)
    to_the_thread(turn, counting)


def on_from_here(turn: Turn, counting: Counting | None) -> None:
    """Something of the workout was chosen: its count goes on, or the next set waits to be begun."""
    workout = settling.at_hand(turn)
    if counting is not None:
        set_end.again(turn, counting, place(turn, counting))
    elif turn.state.pain is not None:
        ask_again(turn)
    elif workout.ended is not None:
        turn.ask("confirm_reps", reps=workout.ended.reps)
    elif workout.sets:
        turn.ask("go_on")
    else:
        turn.ask("ready", side=(workout.sides or turn.exercise.sides)[0])


def ask_again(turn: Turn) -> None:
    """The question that stands open, once more; while training is on hold, what is asked of that."""
    asked = turn.state.open_question
    row = QUESTIONS[asked]
    if turn.is_on_hold and not row.stands_on_hold:
        pain.ask_of_hold(turn)
    elif turn.state.pain is not None and not row.stands_on_hold:
        turn.ask("how_is_it")
    elif turn.state.asks_first and (asked == "cleared" or not row.stands_on_hold):
        pain.ask_clearance(turn, again=asked == "cleared")
    elif asked in REASKED or row.stands_on_hold:
        turn.ask(asked, row.again, row.line, **told(turn))
    elif of_the_workout := _of_the_workout(turn, asked):
        turn.ask(asked, row.line, row.again, **of_the_workout)
    elif has_trained_today(turn):
        turn.ask("", "trained_today", "anything_else_again")
    else:
        turn.ask("")


def has_trained_today(turn: Turn) -> bool:
    """Whether a workout of today is done: "I'm done" is then a goodbye."""
    return any(turn.days_since(each) == 0 for each in turn.state.recent_workouts)


def ask_yes_or_no(turn: Turn) -> None:
    """Whether anything hurts, once more to whoever is ready: "ready" answers nothing there, a yes or a no does."""
    turn.ask("does_it_hurt", "does_anything_hurt_yes_or_no", "does_anything_hurt_again")


def _of_the_workout(turn: Turn, asked: Question) -> dict[str, Param]:
    """What is asked for of the workout at hand; nothing, where it has no such question to ask any more."""
    workout = turn.workout
    if workout is None:
        return {}
    counting, ended = workout.counting, workout.ended
    asks_for: dict[Question, dict[str, Param]] = {"ready": {"side": turn.exercise.sides[0]}}
    if ended is not None:
        asks_for["confirm_reps"] = {"reps": ended.reps}
    if counting is not None:
        asks_for["resume"] = {"reps": counting.paused_at_rep}
        asks_for["could_do_more"] = {"count_to": counting.count.count_to}
    return asks_for.get(asked, {})


def told(turn: Turn) -> dict[str, Param]:
    """What the words of a question may hold of the workout at hand."""
    workout, ladder = turn.workout, turn.state.ladder
    found: dict[str, Param] = {"side": turn.exercise.sides[0], "sets": 0, "reps": 0, "count_to": 0}
    found |= {"bands": turn.state.proposed_ladder or ladder or (NO_BAND,), "count": len(ladder)}
    if workout is not None:
        found["sets"] = len(workout.sets)
        counting = workout.counting or (workout.ended.counting if workout.ended else None)
        if workout.ended is not None:
            found["reps"] = workout.ended.reps
        elif counting is not None:
            found["reps"] = max(0, counting.paused_at_rep)
        if counting is not None:
            found["count_to"] = counting.count.count_to
    return found
