"""A number that comes after the summary: the last set is put right, and the end of its workout decided again."""

from rules.facts import MOST_MINUTES, LateFacts
from skill.coach import launch, workout
from skill.coach.reply import Line
from skill.coach.state import Finished
from skill.coach.turn import Turn


def number(turn: Turn) -> None:
    """Said "I did sixteen" when no set is open: that of the workout just finished, while the rules take it so."""
    last = turn.state.finished
    if last is None or not _is_taken(turn, last):
        turn.say("no_set_for_that_number")
        return
    offered, exercise = turn.workout, turn.state.exercise
    if not _put_right(turn, last):
        turn.say("no_set_for_that_number")
        return
    if offered is not None:
        turn.know(workout=offered, exercise=exercise)
        turn.ends = False
        launch.offer_again(turn)


def _is_taken(turn: Turn, last: Finished) -> bool:
    """What the rules say; how long ago counts both ways, should the clock have run back."""
    minutes = min(MOST_MINUTES, abs(turn.now - last.ended_at) // 60)
    return turn.decide(LateFacts(turn.heard.number or 0, minutes)).advice == "correct_finished"


def _put_right(turn: Turn, last: Finished) -> bool:
    """Take the workout up as it was before its end, correct it, and end it again; False where no set can be."""
    bands, state = _bands(turn, last), turn.state
    kept = {
        name: getattr(state, name)
        for name in ("workout", "exercise", "records", "recent_workouts", "finished")
    }
    exercise = last.workout.exercise
    turn.know(
        workout=last.workout,
        exercise=exercise,
        records={**state.records, exercise: last.record},
        recent_workouts=state.recent_workouts[1:],
    )
    corrected = workout.correct(turn, turn.heard.number or 0)
    if corrected is None:
        turn.know(**kept)
        return False
    said = [*turn.lines, Line("corrected", {"reps": corrected.reps, "side": corrected.side})]
    turn.lines.clear()
    workout.finish(turn, last.ended_at)
    is_told_anew = corrected.round == 1 or _bands(turn, last) != bands
    turn.lines[:] = [*said, *(turn.lines if is_told_anew else ())]
    return True


def _bands(turn: Turn, last: Finished) -> list[tuple[str, str]]:
    """Each leg's bands for the next workout, which the corrected number may have changed."""
    record = turn.state.records.get(last.workout.exercise, last.record)
    return [(leg.band, leg.later) for leg in record.legs.values()]
