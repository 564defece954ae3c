"""What is said of a workout that has just ended: a number puts its last set right, and it can be taken up again.

Either way it is open again as it was before its end, so that its end is decided anew.
"""

from collections.abc import Callable

from msgspec.structs import replace

from rules.vocabulary.facts import MOST_MINUTES, LateFacts
from skill.coach.state import Finished, SetDone, State
from skill.coach.turn import Turn
from skill.coach.workout import corrections, course, recall, settling, start


def number(turn: Turn) -> None:
    """Said "I did sixteen" when no set is open: that of the workout just finished, while the rules take it so.

    Whoever names the workout ("yesterday it was sixteen") puts it right for longer, and hears which set was meant.
    """
    last, said = turn.state.finished, turn.number or 0
    if last is None or last.workout.sets[-1].tried_again or not _is_taken(turn, last):
        turn.say("no_set_for_that_number")
        return
    _put_right(turn, last, lambda: _corrected(turn, said))


def _corrected(turn: Turn, said: int) -> SetDone | None:
    """The set that was named with this number, and that of the other leg with the one told along with it."""
    if missed := corrections.misses_its_set(turn):
        turn.say(missed)
        return None
    done = corrections.put_right(turn, said)
    if done is not None and turn.other is not None:
        turn.lines.append(corrections.said_of(done))
        corrections.turn_to_the_other(turn)
        return _corrected(turn, turn.number or 0)
    return done


def other_leg(turn: Turn) -> bool:
    """Whether the last set of the workout just finished is the other leg's now: while a number of it would be taken."""
    last = turn.state.finished
    sides = turn.brain.exercises[last.workout.exercise].sides if last is not None else ()
    if last is None or last.workout.sets[-1].tried_again or turn.number is not None or len(sides) < 2:
        return False
    turn.number = last.workout.sets[-1].reps
    if not _is_taken(turn, last):
        return False
    _put_right(turn, last, lambda: corrections.was_the_others(turn))
    return True


def tapped(turn: Turn, last: Finished) -> None:
    """A number tapped for a set of the workout just finished: nothing was misheard, so nothing is asked again."""
    _put_right(turn, last, lambda: corrections.take(turn, turn.number or 0))


def workout_taken_up(turn: Turn) -> bool:
    """Whether the workout just ended before all its sets is offered once more, as one left unfinished.

    One in which something hurt stays ended, and so does any while a pain or a doctor's word is waited for.
    """
    last = turn.state.finished
    if last is None or turn.workout is not None or turn.state.is_shut:
        return False
    is_whole = settling.due(last.workout, turn.brain.exercises[last.workout.exercise]) is None
    if is_whole or last.workout.pain_reports or not start.may_go_on(turn, last):
        return False
    _open_again(turn, last)
    turn.know(workout=replace(last.workout, stop=None), finished=None)
    start.begin(turn)
    return True


def is_open(turn: Turn) -> bool:
    """Whether a number that came after the summary was doubted, and waits for its answer."""
    last = turn.state.finished
    return last is not None and corrections.is_open(turn, last.workout)


def doubt_settled(turn: Turn, *, says_yes: bool) -> None:
    """An answer without a number to a doubted one: the likelier number it is, or what was noted before stands."""
    last = turn.state.finished
    assert last is not None
    _put_right(turn, last, (lambda: _meant(turn)) if says_yes else (lambda: _left(turn)))


def _is_taken(turn: Turn, last: Finished) -> bool:
    """What the rules say; how long ago counts both ways, should the clock have run back."""
    minutes = min(MOST_MINUTES, abs(turn.now - last.ended_at) // 60)
    names_it = (turn.heard.of_last_workout or is_open(turn)) and turn.state.pain is None
    return turn.decide(LateFacts(turn.number or 0, minutes, names_it)).advice == "correct_finished"


def _meant(turn: Turn) -> SetDone | None:
    meant = corrections.meant(turn)
    if meant is None:
        turn.ask("how_many")
        return None
    return corrections.take(turn, meant)


def _left(turn: Turn) -> None:
    turn.lines.append(corrections.left_as_it_is(turn))


def _put_right(turn: Turn, last: Finished, correct: Callable[[], SetDone | None]) -> None:
    """Take the workout up as it was before its end and correct it; it is ended again, or stays as it ended."""
    bands, before = _bands(turn, last), turn.state
    _open_again(turn, last)
    done = correct()
    if done is None:
        logged = replace(last, workout=replace(last.workout, decisions=settling.at_hand(turn).decisions))
        kept = ("workout", "exercise", "records", "recent_workouts")
        turn.know(**{name: getattr(before, name) for name in kept}, finished=logged)
    else:
        closed = settling.close(turn, last.ended_at)
        if turn.heard.of_last_workout:
            turn.lines.append(recall.when(turn, last.ended_at))
            turn.say("corrected_earlier", round=done.round, reps=done.reps, side=done.side)
        else:
            turn.lines.append(corrections.said_of(done))
        is_news = done.round == 1 or _bands(turn, last) != bands
        if is_news and before.workout is None:  # else today's workout is on offer, and tells its band
            course.say_summary(turn, closed)
    if turn.question is None:
        _back_to_the_offer(turn, before)


def _open_again(turn: Turn, last: Finished) -> None:
    """The workout as it was before its end, and what was known of its exercise then."""
    exercise = last.workout.exercise
    turn.know(
        workout=last.workout,
        exercise=exercise,
        records={**turn.state.records, exercise: last.record},
        recent_workouts=turn.state.recent_workouts[1:],
    )


def _back_to_the_offer(turn: Turn, before: State) -> None:
    """The next workout, where one had been offered; else that was all."""
    if before.workout is None:
        turn.leave()
        return
    turn.know(workout=before.workout, exercise=before.exercise)
    start.offer_again(turn)


def _bands(turn: Turn, last: Finished) -> list[str]:
    """Each leg's band for the next workout, which the corrected number may have changed."""
    record = turn.state.records.get(last.workout.exercise, last.record)
    return [leg.rung for leg in record.legs.values()]
