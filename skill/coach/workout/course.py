"""The workout by itself: which set is due, how a set is settled, what follows, how it ends."""

import math
from typing import Final

from msgspec.structs import asdict

from rules.files.exercise import Exercise
from rules.vocabulary.facts import MOST_REPS, FailureFacts, PainFacts, SetsFacts
from skill.coach.bands import assign
from skill.coach.counting.timeline import reps_that_fit
from skill.coach.reply import Count, Line
from skill.coach.state import (
    Counting,
    Finished,
    FinishedWorkout,
    FreshResult,
    SetDone,
    Stop,
    Summary,
    Workout,
)
from skill.coach.turn import Turn
from skill.coach.value import changed
from skill.coach.workout import calendar
from skill.coach.workout.position import has_ended, place

KEPT_SUMMARIES: Final = 2
KEPT_TIMES: Final = 8


def due(workout: Workout, exercise: Exercise) -> tuple[int, str] | None:
    """The round (from 1) and side of the next set, or None when all are done. A set to be tried again is still due."""
    done = {(each.round, each.side) for each in workout.sets if not each.tried_again}
    every = ((nth, side) for nth in range(1, exercise.sets + 1) for side in exercise.sides)
    return next((each for each in every if each not in done), None)


def due_after(turn: Turn, counting: Counting) -> tuple[int, str] | None:
    """The set that will be due once the one being counted is settled."""
    workout = _workout(turn)
    count = counting.count
    at_hand = SetDone(count.side, counting.round, "", 0, "", "", 0, "")
    return due(changed(workout, sets=(*workout.sets, at_hand)), turn.exercise)


def settle(
    turn: Turn, ended_by: str, reps: int, came_from: str, could_do_more: str = "not_known", beyond: int = 0
) -> SetDone:
    """Write the set at hand into the workout, judged by the failure rules."""
    workout, counting = _at_hand(turn)
    facts = FailureFacts(
        ended_by=ended_by,
        could_do_more=could_do_more,
        reps=min(MOST_REPS, reps),
        reps_beyond_count=min(MOST_REPS, beyond),
    )
    decision = turn.decide(facts)
    done = SetDone(
        side=counting.count.side,
        round=counting.round,
        band=workout.band_of(counting.count.side, counting.round),
        reps=facts.reps,
        ended=decision.advice,
        came_from=came_from,
        at=turn.now,
        rule=decision.rule,
        tried_again=ended_by == "said_pain",
    )
    stop = _stop(turn, workout)
    turn.know_of_workout(sets=(*_workout(turn).sets, done), counting=None, ended=None, stop=stop)
    return done


def _stop(turn: Turn, workout: Workout) -> Stop:
    """Where the count stood when the set at hand ended: what a correction of its number is measured by."""
    if workout.counting is None:
        assert workout.ended is not None
        return Stop(workout.ended.counting, workout.ended.elapsed_ms)
    where = place(turn, workout.counting)
    is_known = where.is_exact or where.stage == "over"
    return Stop(changed(workout.counting, pause_is_exact=is_known), where.elapsed_ms)


def go_on(turn: Turn, moment: str = "set_settled") -> None:
    """Whatever comes next, by itself: the other leg, a rest and the next round, or the end."""
    workout = _workout(turn)
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
    workout = _workout(turn)
    if not _may_count(turn):
        return
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
    turn.know(finished=None, was_doubted=False)
    turn.know_of_workout(counting=Counting(count, turn.now, round_, sent_ms=turn.heard.ms), ended=None)
    turn.ask("could_do_more", "could_you_do_another", "noted_the_count", count_to=count.count_to)


def _may_count(turn: Turn) -> bool:
    workout = _workout(turn)
    decision = turn.decide(
        PainFacts(
            reports_red_flag=False,
            is_locked=turn.is_locked,
            says_pain_is_gone=False,
            reports_pain=False,
            is_training=True,
            place="not_said",
            reports_this_workout=workout.pain_reports,
        )
    )
    if decision.advice != "carry_on":
        turn.lines.clear()
        turn.say("stay_locked")
        turn.leave()
        return False
    if workout.pain_is_open:
        turn.lines.clear()
        turn.ask("how_is_it", "how_is_it")
        return False
    return True


def finish(turn: Turn, ended_at: int | None = None) -> None:
    """End the workout: decide each leg's band, say what was done and what comes next, hand the record over.

    `ended_at` is when it really ended, where that is only found out now.
    """
    ended = turn.now if ended_at is None else ended_at
    _settle_unanswered(turn, ended)
    workout = _workout(turn)
    fresh = {
        side: FreshResult(first.band, first.reps, first.ended)
        for side in turn.exercise.sides
        if (first := _fresh(workout, side)) is not None
    }
    record = turn.record
    changes = assign.after_workout(turn, fresh, had_pain=workout.pain_reports > 0)
    counted = [each for each in workout.sets if each.ended != "skipped" or each.reps]
    if counted:
        summary = Summary(ended, len(counted), fresh)
        turn.know_of_exercise(summaries=(summary, *turn.record.summaries)[:KEPT_SUMMARIES])
        turn.know(recent_workouts=(ended, *turn.state.recent_workouts)[:KEPT_TIMES])
        hand_over(turn, ended)
        turn.know(finished=Finished(changed(_closed(workout), stop=workout.stop), record, ended))
    turn.know(workout=None, asked="")
    say_summary(turn, fresh, changes, len(counted))
    turn.leave()


def _settle_unanswered(turn: Turn, at: int) -> None:
    """A count that was heard to its end and never spoken of is kept as just that, which judges no band."""
    counting = _workout(turn).counting
    if counting is not None and has_ended(counting):
        done = settle(turn, "count_ran_out", counting.count.count_to, "counted")
        turn.know_of_workout(sets=(*_workout(turn).sets[:-1], changed(done, at=at)))


def hand_over(turn: Turn, ended_at: int) -> None:
    """Queue the finished workout's record for the store."""
    workout = _closed(_workout(turn))
    turn.finished.append(FinishedWorkout(**asdict(workout), ended_at=ended_at))


def _closed(workout: Workout) -> Workout:
    return changed(workout, counting=None, ended=None, stop=None)


def say_summary(turn: Turn, fresh: dict[str, FreshResult], changes: list[Line], sets: int) -> None:
    """Done, the fresh sets, the bands, and the day from which the next workout is due."""
    if not sets:
        turn.say("nothing_done")
        return
    turn.say("done" if sets != 1 else "done_one", sets=sets)
    if len(fresh) == 2:
        (side, one), (other_side, other) = fresh.items()
        turn.say("fresh_reps_of_two", side=side, reps=one.reps, other_side=other_side, other_reps=other.reps)
    else:
        for side, each in fresh.items():
            turn.say("fresh_reps", side=side, reps=each.reps)
    turn.lines.extend(changes)
    turn.say("next_workout", day=calendar.ready_at(turn))


def _fresh(workout: Workout, side: str) -> SetDone | None:
    sets = [each for each in workout.sets if each.side == side and each.round == 1]
    return sets[-1] if sets else None


def _workout(turn: Turn) -> Workout:
    assert turn.workout is not None
    return turn.workout


def _at_hand(turn: Turn) -> tuple[Workout, Counting]:
    workout = _workout(turn)
    counting = workout.counting or (workout.ended.counting if workout.ended else None)
    assert counting is not None
    return workout, counting
