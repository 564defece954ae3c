"""The course of a workout: what comes next when a set is settled, how a count begins, and what is said at the end."""

import math
from typing import Any

from rules.files.exercise import Exercise
from rules.vocabulary.facts import SetsFacts
from skill.coach.counting.timeline import reps_that_fit
from skill.coach.reply import Count, Line
from skill.coach.state import Counting, Workout
from skill.coach.turn import Turn
from skill.coach.value import changed
from skill.coach.workout import calendar, pain
from skill.coach.workout.settling import Closed, at_hand, close, due


def go_on(turn: Turn, moment: str = "set_settled") -> None:
    """Whatever comes next, by itself: the other leg, a rest and the next round, or the end."""
    workout = at_hand(turn)
    following = due(workout, turn.exercise)
    last = workout.sets[-1].round if workout.sets else 1
    round_, side = following or (turn.exercise.sets, "")
    decision = turn.decide(
        SetsFacts(
            moment=moment if workout.sets else "workout_starts",
            sides_left=1 if following and round_ == last and workout.sets else 0,
            rounds_left=turn.exercise.sets - last if following else 0,
            next_is_fresh=round_ == 1 and following is not None,
        )
    )
    if decision.advice == "finish" or following is None:
        finish(turn)
        return
    key = _with_band(workout, turn.exercise, decision.advice, round_)
    turn.say(key, side=side, round=round_, band=workout.band_of(side, round_))
    start_count(turn, round_, side, decision.numbers["rest_s"], decision.numbers["count_to"])


def _with_band(workout: Workout, exercise: Exercise, advice: str, round_: int) -> str:
    """Which words go with what comes next: the band is named where the legs differ, and where it changes for both."""
    now = {workout.band_of(side, round_) for side in exercise.sides}
    if len(now) > 1:
        return f"{advice}_with_band"
    changes = advice == "rest_then_round" and now != {
        workout.band_of(side, round_ - 1) for side in exercise.sides
    }
    return f"{advice}_and_change" if changes else advice


def start_count(turn: Turn, round_: int, side: str, rest_s: int, count_to: int, from_rep: int = 1) -> None:
    """Send a count: the only place where one begins, and so the place where pain is asked about first."""
    if pain.forbids(turn):
        return
    workout = at_hand(turn)
    question = Line("could_you_do_another", {"count_to": count_to})
    spoken_ms = turn.brain.speech_ms(turn.lines) if turn.lines else 0
    rest_ms = max(rest_s * 1000, math.ceil(spoken_ms / 1000) * 1000)
    count = Count(
        exercise=turn.exercise.id,
        side=side,
        is_fresh=round_ == 1,
        rest_ms=rest_ms,
        spoken_ms=spoken_ms,
        question_ms=math.ceil(turn.brain.speech_ms([question]) / 1000) * 1000,
        from_rep=from_rep,
        count_to=count_to,
        token=f"{workout.id}.{turn.state.turn}",
        band=workout.band_of(side, round_),
        round=round_,
    )
    count = changed(count, count_to=reps_that_fit(turn.exercise, count))
    turn.count = count
    turn.forget_finished()
    turn.know(was_doubted=False)
    turn.know_of_workout(counting=Counting(count, turn.now, round_, sent_ms=turn.heard.ms), ended=None)
    turn.ask("could_do_more", count_to=count.count_to)


def finish(turn: Turn) -> None:
    """End the workout, and say what was done and what comes next."""
    say_summary(turn, close(turn))
    turn.leave()


def say_summary(turn: Turn, closed: Closed) -> None:
    """Done, the first sets, the bands, and the day from which the next workout is due."""
    if not closed.sets:
        turn.say("nothing_done")
        return
    turn.say("done" if closed.sets != 1 else "done_one", sets=closed.sets)
    say_first_sets(turn, closed)
    turn.lines.extend(closed.changes)
    turn.say("next_workout", day=calendar.ready_at(turn))


def say_first_sets(turn: Turn, closed: Closed) -> None:
    """The first set of each leg."""
    fresh: Any = closed.fresh
    if len(fresh) == 2:
        (side, one), (other_side, other) = fresh.items()
        turn.say("fresh_reps_of_two", side=side, reps=one.reps, other_side=other_side, other_reps=other.reps)
        return
    for side, each in fresh.items():
        turn.say("fresh_reps", side=side, reps=each.reps)
