"""How an open set is settled and a workout is closed: in one way, however the trainee leaves.

What happened is decided and written down here; nothing is said. Words are made of it afterwards.
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import asdict, replace

from rules.files.exercise import Exercise
from rules.vocabulary.domain import MOST_REPS
from rules.vocabulary.facts import FailureFacts
from skill.coach.bands import assign, rungs
from skill.coach.counting.timeline import LONGEST_MS
from skill.coach.messages.reply import Line
from skill.coach.state import (
    Counting,
    EndedBy,
    Finished,
    FinishedWorkout,
    FreshResult,
    RepsSource,
    SetDone,
    Stop,
    Summary,
    Workout,
)
from skill.coach.turn import Turn
from skill.coach.value import Value
from skill.coach.workout.position import Place, has_ended, paused, place

KEPT_SUMMARIES: Final = 2
KEPT_TIMES: Final = 8


class Closed(Value, frozen=True):
    """A workout that was closed: each leg's sets, its first one, what became of the bands."""

    reps: Mapping[str, tuple[int, ...]]
    fresh: Mapping[str, FreshResult]
    changes: tuple[Line, ...]

    @property
    def sets(self) -> int:
        """How many sets were done."""
        return sum(map(len, self.reps.values()))


def all_due(workout: Workout, exercise: Exercise) -> list[tuple[int, str]]:
    """The rounds (from 1) and sides of the sets to come, in their order. A set to be tried again is still due."""
    done = {(each.round, each.side) for each in workout.sets if not each.tried_again}
    sides = workout.sides or exercise.sides
    every = ((nth, side) for nth in range(1, exercise.sets + 1) for side in sides)
    return [each for each in every if each not in done]


def due(workout: Workout, exercise: Exercise) -> tuple[int, str] | None:
    """The round and side of the next set, or None when all are done."""
    return next(iter(all_due(workout, exercise)), None)


def worn(turn: Turn, workout: Workout) -> dict[str, str]:
    """The rung of each leg's next set; of a leg that has done all of them, that of its last."""
    next_ = {side: round_ for round_, side in reversed(all_due(workout, turn.exercise))}
    return {side: workout.band_of(side, next_.get(side, turn.exercise.sets)) for side in turn.exercise.sides}


def due_after(turn: Turn, counting: Counting) -> tuple[int, str] | None:
    """The set that will be due once the one being counted is settled."""
    others = all_due(at_hand(turn), turn.exercise)
    return next((each for each in others if each != (counting.round, counting.count.side)), None)


def is_all_done(turn: Turn) -> bool:
    """Whether every set of the workout at hand is done."""
    return turn.workout is not None and due(turn.workout, turn.exercise) is None


def source_of(where: Place) -> RepsSource:
    """Where the rep at this place comes from: the device's own offset, the count's end, or the clock."""
    if where.is_exact:
        return "measured"
    return "counted" if where.stage == "over" else "worked_out"


def settle(
    turn: Turn,
    ended_by: EndedBy,
    reps: int,
    source: RepsSource,
    could_do_more: str = "not_known",
    beyond: int = 0,
) -> SetDone:
    """Write the set at hand into the workout, judged by the failure rules."""
    workout, counting = at_hand(turn), _open_count(turn)
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
        band=_band_of(turn, counting),
        reps=facts.reps,
        ended=decision.advice,
        reps_source=source,
        at=turn.now,
        rule=decision.rule,
        tried_again=ended_by == "said_pain",
    )
    stop = _stop(turn, workout)
    turn.know_of_workout(sets=(*at_hand(turn).sets, done), counting=None, ended=None, stop=stop)
    return done


def _band_of(turn: Turn, counting: Counting) -> str:
    """The rung that the set was counted on, whatever was chosen since; another's, where it is no longer owned."""
    count = counting.count
    is_owned = rungs.band_of(count.band) in rungs.whole(turn.state.ladder)
    return count.band if is_owned else at_hand(turn).band_of(count.side, counting.round)


def settle_open(turn: Turn, ended_by: EndedBy) -> SetDone | None:
    """However a set is left, what is known of it is kept; None where none had begun.

    A count that was heard to its end and never answered is kept as just that, by whichever door the trainee leaves;
    only pain outranks it.
    """
    workout = turn.workout
    if workout is None:
        return None
    if workout.ended is not None:
        ended = workout.ended
        by = "said_pain" if ended_by == "said_pain" else ended.ended_by
        return settle(turn, by, *_told(turn, ended_by, ended.most_reps) or (ended.reps, ended.reps_source))
    if workout.counting is None:
        return None
    where = place(turn, workout.counting)
    if where.stage == "rest":
        turn.know_of_workout(counting=None)
        return None
    if where.stage == "over" and ended_by != "said_pain":
        ended_by = "count_ran_out"
    told = _told(turn, ended_by, where.most_reps)
    return settle(turn, ended_by, *told or (where.reps, source_of_count(workout.counting, where)))


def _told(turn: Turn, ended_by: EndedBy, most_reps: int) -> tuple[int, RepsSource] | None:
    """The number said along with a pain ("twelve, but my knee hurts"), where the count had time for it."""
    number = turn.number
    if ended_by not in ("said_pain", "said_failed") or number is None or number > most_reps:
        return None
    return number, "heard"


def source_of_count(counting: Counting, where: Place) -> RepsSource:
    """The same of a count that may have been paused before."""
    if counting.paused_at_rep < 0:
        return source_of(where)
    if has_ended(counting):
        return "counted"
    return "measured" if counting.pause_is_exact else "worked_out"


def drop(turn: Turn) -> None:
    """A conversation that broke off: what is known of its set is kept, as of the time when it was last heard of.

    A count that was paused stays so, and so does one whose device told that it was heard to its end. The workout was
    last heard of when its count was over at the latest, however much later that is found out.
    """
    workout = turn.workout
    if workout is None:
        return
    counting = workout.counting
    ends_at = counting.sent_at + LONGEST_MS // 1000 if counting else 0
    last = min(turn.now, max(workout.touched_at, ends_at))
    where = place(turn, counting) if counting is not None else None
    if counting is not None and where is not None and workout.ended is None:
        if counting.paused_at_rep >= 0:
            return
        if where.stage == "over" and where.is_exact:
            turn.know_of_workout(counting=paused(counting, where))
        else:
            settle_open(turn, "session_dropped")
    else:
        settle_open(turn, "session_dropped")
    kept = at_hand(turn)
    sets = (replace(each, at=last) for each in kept.sets[len(workout.sets) :])
    turn.know(workout=replace(kept, touched_at=last, sets=(*workout.sets, *sets)))


def close(turn: Turn, ended_at: int | None = None) -> Closed:
    """End the workout at hand: decide each leg's band and hand the record over. Nothing is said.

    `ended_at` is when it really ended, where that is only found out now.
    """
    ended = turn.now if ended_at is None else ended_at
    _settle_what_is_open(turn, ended)
    workout = at_hand(turn)
    fresh = {
        side: FreshResult(first.band, first.reps, first.ended)
        for side in turn.exercise.sides
        if (first := workout.first_set(side)) is not None
    }
    record = turn.record
    changes = assign.after_workout(turn, fresh, had_pain=workout.pain_reports > 0)
    counted = [each for each in workout.sets if each.ended != "skipped" or each.reps]
    if counted:
        summary = Summary(ended, len(counted), fresh)
        turn.know_of_exercise(summaries=(summary, *turn.record.summaries)[:KEPT_SUMMARIES], at_most={})
        turn.know(recent_workouts=(ended, *turn.state.recent_workouts)[:KEPT_TIMES])
        workout = at_hand(turn)
        turn.finished.append(FinishedWorkout(**asdict(_at_rest(workout)), ended_at=ended))
        turn.know(finished=Finished(replace(_at_rest(workout), stop=workout.stop), record, ended))
    turn.know(workout=None, open_question="")
    reps = {side: tuple(each.reps for each in counted if each.side == side) for side in turn.exercise.sides}
    return Closed(reps, fresh, tuple(changes))


def at_hand(turn: Turn) -> Workout:
    """The workout at hand, where there must be one."""
    assert turn.workout is not None
    return turn.workout


def _settle_what_is_open(turn: Turn, at: int) -> None:
    """A set that is still open is kept with what is known of it, as of the workout's end."""
    done = settle_open(turn, "session_dropped")
    if done is not None:
        turn.know_of_workout(sets=(*at_hand(turn).sets[:-1], replace(done, at=at)))


def _open_count(turn: Turn) -> Counting:
    workout = at_hand(turn)
    counting = workout.counting or (workout.ended.counting if workout.ended else None)
    assert counting is not None
    return counting


def _stop(turn: Turn, workout: Workout) -> Stop:
    """Where the count stood when the set at hand ended: what a correction of its number is measured by."""
    if workout.counting is None:
        assert workout.ended is not None
        return Stop(workout.ended.counting, workout.ended.elapsed_ms)
    where = place(turn, workout.counting)
    is_known = where.is_exact or where.stage == "over"
    return Stop(replace(workout.counting, pause_is_exact=is_known), where.elapsed_ms)


def _at_rest(workout: Workout) -> Workout:
    return replace(workout, counting=None, ended=None, stop=None)
