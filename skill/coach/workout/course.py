"""The course of a workout: what comes next when a set is settled, how a count begins, and what is said at the end."""

import math
from typing import Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.facts import SetsFacts
from skill.coach.bands import assign
from skill.coach.bands.rungs import NO_BAND
from skill.coach.counting import form_cues
from skill.coach.counting.timeline import reps_that_fit
from skill.coach.messages.reply import Count, Line
from skill.coach.state import Counting, Workout
from skill.coach.turn import Turn
from skill.coach.workout import calendar, pain, rests
from skill.coach.workout.settling import Closed, at_hand, close, due

NOBODY_SAID: Final = "not_known"
"""How a set ended whose count ran out with nobody to say what it was."""
SUMMARY_MS: Final = 12_000
"""What a summary takes to be heard, at the most; what is too long for it can be asked for."""


def go_on(turn: Turn, moment: str = "set_settled") -> None:
    """Whatever comes next, by itself: the other leg, a rest and the next round, or the end."""
    following = due(at_hand(turn), turn.exercise)
    if following and following[0] == 2 and at_hand(turn).sets[-1].round == 1:
        _let_a_search_move(turn)
    workout = at_hand(turn)
    last = workout.sets[-1].round if workout.sets else 1
    round_, side = following or (turn.exercise.sets, "")
    decision = turn.decide(
        SetsFacts(
            moment=moment if workout.sets else "workout_starts",
            sides_left=1 if following and round_ == last and workout.sets else 0,
            rounds_left=turn.exercise.sets - last if following else 0,
            next_is_fresh=round_ == 1 and following is not None,
            band_changes=bool(following and workout.sets)
            and workout.sets[-1].band != workout.band_of(side, round_),
        )
    )
    if decision.advice == "finish" or following is None:
        finish(turn)
        return
    _say_next(turn, decision.advice, round_, side)
    rest_s = rests.rest_s(turn.state, decision.advice, decision.numbers["rest_s"])
    start_count(turn, round_, side, rest_s, decision.numbers["count_to"])


def _let_a_search_move(turn: Turn) -> None:
    """The first round is over: a search may change the bands of the rounds to come. The trainee's own choice stands."""
    moved = assign.after_first_round(turn)
    turn.know_of_workout(later_bands={**moved, **at_hand(turn).later_bands})


def _say_next(turn: Turn, advice: str, round_: int, side: str) -> None:
    """What comes next; before the very first set the target and how the leg moves, in the rest a cue about the form."""
    workout, window = at_hand(turn), turn.exercise.window
    if advice == "begin" and not turn.state.recent_workouts:
        for cue in turn.exercise.cues[1:]:
            turn.say(f"cue.{turn.exercise.id}.{cue.key}")
        turn.say("begin_first", side=side, low=window.low, high=window.high)
        return
    key = _with_band(workout, turn.exercise, advice, round_)
    turn.say(key, side=side, round=round_, band=workout.band_of(side, round_))
    form = form_cues.in_rest(turn.exercise, turn.state.turn)
    if advice == "rest_then_round" and form and turn.state.form_cues:
        turn.say(f"form.{form}")


def _with_band(workout: Workout, exercise: Exercise, advice: str, round_: int) -> str:
    """Which words go with what comes next: the band is named where the legs differ, or it is not the last one worn."""
    now = {workout.band_of(side, round_) for side in exercise.sides}
    changes = bool(workout.sets) and workout.sets[-1].band not in now
    if len(now) == 1 and not changes:
        return advice
    if len(now) > 1 or advice != "rest_then_round":
        return f"{advice}_with_band"
    return f"{advice}_and_take_off" if now == {NO_BAND} else f"{advice}_and_change"


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
        form=_form(turn, round_, from_rep),
    )
    count = replace(count, count_to=reps_that_fit(turn.exercise, count))
    turn.count = count
    turn.forget_finished()
    turn.know(was_doubted=False)
    turn.know_of_workout(counting=Counting(count, turn.now, round_, sent_ms=turn.heard.ms), ended=None)
    turn.ask("could_do_more", count_to=count.count_to)


def _form(turn: Turn, round_: int, from_rep: int) -> tuple[str, ...]:
    """The cues about the form that a set says: a first set that begins, for whoever wants them."""
    is_wanted = turn.state.form_cues and round_ == 1 and from_rep == 1
    return form_cues.of_set(turn.exercise, turn.state.turn) if is_wanted else ()


def finish(turn: Turn) -> None:
    """End the workout, and say what was done and what comes next."""
    say_summary(turn, close(turn))
    turn.leave()


def say_summary(turn: Turn, closed: Closed) -> None:
    """Done, the first sets, the bands, and the day from which the next workout is due; the last is said in any case."""
    if not closed.sets:
        turn.say("nothing_done")
        return
    done = Line("done", {"sets": closed.sets, **closed.reps})
    due_on = Line("next_workout", {"day": calendar.ready_at(turn)})
    changes = list(closed.changes)
    for more in (
        [done, *first_sets(closed), *changes],
        [done, *changes],
        changes,
        [done, *changes[:1]],
        changes[:1],
        [done],
    ):
        said = [*turn.lines, *more, due_on]
        if turn.brain.heard_ms(said, turn.state.turn) <= SUMMARY_MS:
            break
    turn.lines[:] = said


def first_sets(closed: Closed) -> list[Line]:
    """The first set of each leg; where a count ran out and nobody said how many, there is no number to tell."""
    fresh = tuple((side, each) for side, each in closed.fresh.items() if each.ended != NOBODY_SAID)
    if len(fresh) == 2 and fresh[0][1].reps == fresh[1][1].reps:
        return [Line("fresh_reps_same", {"reps": fresh[0][1].reps})]
    if len(fresh) == 2:
        (side, one), (other_side, other) = fresh
        sides = {"on_side": side, "on_other_side": other_side}
        return [Line("fresh_reps_of_two", {"reps": one.reps, "other_reps": other.reps, **sides})]
    return [Line("fresh_reps", {"reps": each.reps, "side": side}) for side, each in fresh]
