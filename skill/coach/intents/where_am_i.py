"""The answer to "where am I": set, round, leg, rep, time left, in a few words; then the count goes on."""

from collections.abc import Callable, Mapping
from typing import Final

from skill.coach.intents import questions, resume_thread, which_band
from skill.coach.messages.reply import Line, Param
from skill.coach.state import Counting, Workout
from skill.coach.turn import Turn
from skill.coach.workout import pain, set_end, settling
from skill.coach.workout.position import place

BEFORE_A_SET: Final = frozenset(
    {"leg", "how_many_left", "sets_left", "rounds_left", "time_left", "plan", "rest"}
)
"""What can be told of a workout whose first set has not begun."""
OF_WHAT_WAS_DONE: Final = frozenset({"rep", "round"})
"""What is asked of a workout at hand, and of the last one where there is none."""
LONG_REST_S: Final = 75
NEARLY_TWO_MINUTES_S: Final = 105
"""From here on a rest is told as a minute and a half, and as two minutes: nobody counts a hundred and two seconds."""
SHORTEST_TOLD_S: Final = 3
"""Less of a rest is over before it has been told."""


def where_am_i(turn: Turn) -> None:
    """The one thing that was asked of the workout at hand; a number that is doubted is asked back."""
    if not set_end.asks_if_it_was(turn):
        _tell(turn)


def _tell(turn: Turn) -> None:
    workout, asked = turn.workout, turn.heard.aspect
    has_begun = workout is not None and workout.has_begun
    if asked == "band" and not has_begun:
        which_band.which_band(turn)
    elif workout is not None and (has_begun or (workout.bands and asked in BEFORE_A_SET)):
        turn.lines.append(ASPECTS.get(asked, _here)(turn, workout, workout.counting))
    elif turn.is_on_hold and asked in ("time_left", "rest"):
        pain.say_what_helps(turn)
    elif turn.is_on_hold:
        pain.say_on_hold(turn)
    elif workout is None and asked in OF_WHAT_WAS_DONE and turn.record.summaries:
        questions.progress(turn)
    elif workout is None and resume_thread.has_trained_today(turn):
        questions.next_workout(turn) if asked == "time_left" else turn.say("no_set_running")
    else:
        _tell_of_what_comes(turn, asked)


def _tell_of_what_comes(turn: Turn, asked: str) -> None:
    """What can be told before there is a workout at hand."""
    if asked == "rest":
        pain.answer(turn, "method.rest")
    elif asked == "leg":
        turn.say("which_side", side=turn.exercise.sides[0])
    elif asked == "plan":
        turn.say("plan", sets=turn.exercise.sets, side=turn.exercise.sides[0])
    elif asked == "time_left":
        turn.lines.append(_minutes(turn, turn.exercise.sets * len(turn.exercise.sides)))
    else:
        turn.say("no_set_yet")


def _left(turn: Turn, workout: Workout) -> int:
    """The sets to go: one that is done and whose number is being asked for is none of them."""
    return len(settling.all_due(workout, turn.exercise)) - (workout.ended is not None)


def _here(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """What "where am I" asks for: in a set the reps done, elsewhere the sets to go."""
    is_in_a_set = counting is not None and place(turn, counting).stage == "reps"
    return (_rep if is_in_a_set else _sets_left)(turn, workout, counting)


def _plan(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """What today is made of; once it has begun, what is left of it."""
    due = settling.due(workout, turn.exercise)
    if workout.has_begun or due is None:
        return _here(turn, workout, counting)
    sides = workout.sides or turn.exercise.sides
    told: dict[str, Param] = {"sets": turn.exercise.sets, "side": sides[0]}
    return Line("plan_with_band", {**told, "band": workout.band_of(sides[0], due[0])})


def _sets_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    left = _left(turn, workout)
    return Line("sets_left" if left != 1 else "sets_left_one", {"sets": left})


def _how_many_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """What "how many more" asks for: in a set the reps up to the target, elsewhere the sets."""
    where = place(turn, counting) if counting is not None else None
    if where is None or where.stage != "reps":
        return _sets_left(turn, workout, counting)
    window = turn.exercise.window
    if where.reps >= window.low:
        return Line("in_the_window", {"low": window.low, "high": window.high})
    return Line("reps_left", {"reps": window.low - where.reps, "low": window.low, "high": window.high})


def _rounds_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    rounds = len({round_ for round_, _ in settling.all_due(workout, turn.exercise)})
    return Line("rounds_left", {"rounds": rounds})


def _round(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    due = settling.due(workout, turn.exercise)
    return Line("which_round", {"round": due[0] if due else turn.exercise.sets, "rounds": turn.exercise.sets})


def _leg(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """The leg at hand; once its count is over, the one that comes next."""
    open_set = workout.ended.counting if workout.ended else counting
    if open_set is not None and (workout.ended or place(turn, open_set).stage == "over"):
        next_ = settling.due_after(turn, open_set)
        return Line("next_side", {"side": next_[1]}) if next_ else Line("the_last_one", {"sets": 1})
    due = settling.due(workout, turn.exercise)
    return Line("which_side", {"side": counting.count.side if counting else due[1] if due else "both"})


def _rep(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    if counting is None or place(turn, counting).stage == "rest":
        done = workout.sets[-1].reps if workout.sets else 0
        return Line("last_set_was", {"reps": done}) if done else Line("in_the_rest")
    return Line("which_rep", {"reps": place(turn, counting).reps})


def _time_left(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    return _minutes(turn, _left(turn, workout), _rest_left(turn, counting))


def _rest(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """What is left of a rest; where there is none, how long they are."""
    if _rest_left(turn, counting) >= SHORTEST_TOLD_S:
        return _time_left(turn, workout, counting)
    return Line("method.rest")


def _minutes(turn: Turn, sets: int, rest_s: int = 0) -> Line:
    """How long so many sets take, and the rest before them where it is worth telling."""
    per_set = turn.exercise.window.high * turn.exercise.rep_s + turn.exercise.rest.between_rounds // 2
    minutes = max(1, round(sets * per_set / 60))
    if rest_s >= LONG_REST_S:
        halves = "two" if rest_s >= NEARLY_TWO_MINUTES_S else "one_and_a_half"
        return Line(f"rest_left_{halves}", {"minutes": minutes})
    key = "rest_left" if rest_s >= SHORTEST_TOLD_S else "time_left"
    told: dict[str, Param] = {"minutes": minutes}
    if key == "rest_left":
        told["seconds"] = rest_s
    return Line(key if minutes != 1 else f"{key}_one", told)


def _rest_left(turn: Turn, counting: Counting | None) -> int:
    """Seconds until the next set's lead-in: who rests and asks how long may mean the rest."""
    if counting is None or (where := place(turn, counting)).stage != "rest":
        return 0
    return max(0, counting.count.rest_ms - where.elapsed_ms) // 1000


def _is_last(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    """A set that was counted to its end is none of those to come."""
    is_over = counting is not None and place(turn, counting).stage == "over"
    left = _left(turn, workout)
    return Line("the_last_one" if left <= 1 else "not_the_last", {"sets": left - is_over})


def _band(turn: Turn, workout: Workout, counting: Counting | None) -> Line:
    exercise = turn.exercise
    last = exercise.sets, exercise.sides[-1]
    at_hand = (counting.round, counting.count.side) if counting else None
    round_, side = at_hand or settling.due(workout, exercise) or last
    return Line("use_band", {"band": workout.band_of(side, round_)})


ASPECTS: Final[Mapping[str, Callable[[Turn, Workout, Counting | None], Line]]] = {
    "how_many_left": _how_many_left,
    "sets_left": _sets_left,
    "rounds_left": _rounds_left,
    "round": _round,
    "leg": _leg,
    "rep": _rep,
    "time_left": _time_left,
    "rest": _rest,
    "is_last": _is_last,
    "band": _band,
    "plan": _plan,
}
