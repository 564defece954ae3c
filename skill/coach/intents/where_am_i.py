"""The answer to "where am I": set, round, leg, rep, time left, in a few words; then the count goes on."""

from collections.abc import Callable, Mapping
from typing import Final

from skill.coach.reply import Line
from skill.coach.state import Counting, Workout
from skill.coach.turn import Turn
from skill.coach.workout import pain, settling
from skill.coach.workout.position import place


def where_am_i(turn: Turn) -> None:
    """The one thing that was asked of the workout at hand."""
    workout = turn.workout
    if workout is not None and workout.bands and turn.heard.aspect == "leg":
        turn.lines.append(_leg(turn, workout, workout.counting))
        return
    if workout is None or not (workout.sets or workout.counting or workout.ended):
        if turn.is_on_hold:
            pain.say_on_hold(turn)
        else:
            turn.say("no_set_yet")
        return
    turn.lines.append(ASPECTS.get(turn.heard.aspect, _sets_left)(turn, workout, workout.counting))


def _left(turn: Turn, workout: Workout) -> int:
    return len(settling.all_due(workout, turn.exercise))


def _sets_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    left = _left(turn, workout)
    return Line("sets_left" if left != 1 else "sets_left_one", {"sets": left})


def _round(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    due = settling.due(workout, turn.exercise)
    return Line("which_round", {"round": due[0] if due else turn.exercise.sets, "rounds": turn.exercise.sets})


def _leg(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    due = settling.due(workout, turn.exercise)
    return Line("which_side", {"side": counting.count.side if counting else due[1] if due else "both"})


def _rep(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    if counting is None or place(turn, counting).stage == "rest":
        return Line("in_the_rest")
    return Line("which_rep", {"reps": place(turn, counting).reps})


def _time_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    per_set = turn.exercise.window.high * turn.exercise.rep_s + turn.exercise.rest.between_rounds // 2
    minutes = max(1, round(_left(turn, workout) * per_set / 60))
    return Line("time_left" if minutes != 1 else "time_left_one", {"minutes": minutes})


def _is_last(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    return Line(
        "the_last_one" if _left(turn, workout) <= 1 else "not_the_last", {"sets": _left(turn, workout)}
    )


def _band(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    due = settling.due(workout, turn.exercise)
    side, round_ = (
        (counting.count.side, counting.round) if counting else (due[1], due[0]) if due else ("left", 1)
    )
    return Line("use_band", {"band": workout.band_of(side, round_)})


ASPECTS: Final[Mapping[str, Callable[[Turn, Workout, Counting | None], Line]]] = {
    "sets_left": _sets_left,
    "round": _round,
    "leg": _leg,
    "rep": _rep,
    "time_left": _time_left,
    "is_last": _is_last,
    "band": _band,
}
