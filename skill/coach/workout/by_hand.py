"""What is written down without a count: a set's number put right in the history, a workout entered afterwards.

Theory of operation. The failure rules judge each number as they judge a spoken one. A number of the workout that has
just ended, and a workout newer than all others, decide the next bands as a counted one does. What is older corrects the
record alone: the workouts after it have decided the bands since. Pain on hold is no time to decide a band either.
"""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec.structs import asdict, replace

from rules.files.exercise import Exercise
from rules.vocabulary.domain import MOST_REPS
from rules.vocabulary.facts import FailureFacts
from skill.coach.bands import rungs
from skill.coach.brain import DAY_S, Brain
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Line
from skill.coach.state import FinishedWorkout, Leg, SetDone, State, Workout
from skill.coach.turn import Turn
from skill.coach.value import Value
from skill.coach.workout import after_summary, corrections, settling

OLDEST_DAYS: Final = 3 * 366
Refusal = Literal[
    "future",
    "too_old",
    "no_sets",
    "too_many_sets",
    "no_such_leg",
    "not_your_band",
    "reps",
    "training",
    "no_such_set",
    "no_day",
]


class NotBelieved(ValueError):
    """What was written down cannot be; `why` names the reason, for which the locales have words."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


class Written(Value, frozen=True):
    """A set as it was written down; the sets of a leg stand in the order of their rounds."""

    side: str
    band: str
    reps: int


class Noted(Value, frozen=True):
    """What is to be kept: the state and the workout; what is said of it, and whether it decided the next bands."""

    state: State
    finished: tuple[FinishedWorkout, ...] = ()
    lines: tuple[Line, ...] = ()
    decides: bool = False


def put_right(state: State, finished: FinishedWorkout, heard: Heard, now: int, brain: Brain) -> Noted:
    """A number tapped for a set in the history: `heard` names its leg, its round and the number.

    Raises NotBelieved: there is no such set, it has no number of its own, or the number is none.
    """
    done = _set_of(finished, heard)
    reps = _believed(heard.number)
    turn = Turn(state, heard, now, brain)
    last = state.finished
    is_last = last is not None and last.workout.id == finished.id
    if last is not None and is_last and state.pain is None and last.ended_at == max(state.recent_workouts):
        after_summary.tapped(turn, last)
        return Noted(turn.state, tuple(turn.finished), tuple(turn.lines), True)
    decision = brain.decide(corrections.facts_with(done, reps), finished.exercise)
    put = corrections.with_number(done, reps, decision)
    sets = tuple(put if each is done else each for each in finished.sets)
    kept = replace(state, finished=None) if is_last else state
    return Noted(kept, (replace(finished, sets=sets),), (corrections.said_of(put),))


def _set_of(finished: FinishedWorkout, heard: Heard) -> SetDone:
    found = [each for each in finished.sets if (each.side, each.round) == (heard.side, heard.round)]
    if not found or found[-1].tried_again:
        raise NotBelieved("no_such_set")
    return found[-1]


def write_down(
    state: State,
    sets: Sequence[Written],
    ended_at: int,
    now: int,
    brain: Brain,
    replaced: FinishedWorkout | None,
) -> Noted:
    """A workout of the exercise at hand that nobody counted; written down again for a day, it replaces `replaced`.

    The sets of each leg stand in the order of their rounds; `ended_at` and `now` are in s since 1970.

    Raises NotBelieved: it cannot have been.
    """
    turn = Turn(state, Heard("WorkoutByHand"), now, brain)
    _check(turn, sets, ended_at)
    before = replaced.ended_at if replaced else None
    others = tuple(each for each in state.recent_workouts if each != before)
    bands = {
        side: next(each.band for each in sets if each.side == side)
        for side in dict.fromkeys(each.side for each in sets)
    }
    workout = Workout(id_of(brain.day_of(ended_at)), turn.exercise.id, now, bands)
    is_newest = replaced is None and state.pain is None and ended_at > max(others, default=0)
    if not is_newest:
        done = _sets(turn.exercise, sets, ended_at, brain)
        kept = FinishedWorkout(**asdict(replace(workout, sets=done)), ended_at=ended_at)
        recent = tuple(sorted((ended_at, *others), reverse=True)[: settling.KEPT_TIMES])
        return Noted(replace(state, recent_workouts=recent), (kept,))
    turn.know(workout=workout, open_question="")
    for side, band in bands.items():
        if turn.leg(side).rung != band:
            turn.know_of_leg(side, Leg(rung=band))
    turn.know_of_workout(sets=_sets(turn.exercise, sets, ended_at, brain))
    closed = settling.close(turn, ended_at)
    return Noted(turn.state, tuple(turn.finished), closed.changes, True)


def id_of(day: int) -> str:
    """The id of the workout that was written down for a calendar day (its ordinal): there is one a day."""
    return f"by-hand-{day}"


def _check(turn: Turn, sets: Sequence[Written], ended_at: int) -> None:
    workout, exercise = turn.workout, turn.exercise
    if ended_at > turn.now:
        raise NotBelieved("future")
    if ended_at < turn.now - OLDEST_DAYS * DAY_S:
        raise NotBelieved("too_old")
    if workout is not None and workout.has_begun:
        raise NotBelieved("training")
    if not sets:
        raise NotBelieved("no_sets")
    known = {*turn.state.ladder, *(rungs.band_of(leg.rung) for leg in turn.record.legs.values())}
    for each in sets:
        if each.side not in exercise.sides:
            raise NotBelieved("no_such_leg")
        if rungs.band_of(each.band) not in known:
            raise NotBelieved("not_your_band")
        _believed(each.reps)
    if any(sum(each.side == side for each in sets) > exercise.sets for side in exercise.sides):
        raise NotBelieved("too_many_sets")


def _believed(reps: int | None) -> int:
    if reps is None or not 0 <= reps <= MOST_REPS:
        raise NotBelieved("reps")
    return reps


def _sets(exercise: Exercise, sets: Sequence[Written], ended_at: int, brain: Brain) -> tuple[SetDone, ...]:
    """The sets in the order in which they are trained, each judged as one that went to the last clean rep."""
    done = []
    for side in exercise.sides:
        for nth, each in enumerate((each for each in sets if each.side == side), 1):
            facts = FailureFacts(
                ended_by="said_failed", could_do_more="no", reps=each.reps, reps_beyond_count=0
            )
            decision = brain.decide(facts, exercise.id)
            done.append(
                SetDone(side, nth, each.band, each.reps, decision.advice, "by_hand", ended_at, decision.rule)
            )
    return tuple(sorted(done, key=lambda each: each.round))
