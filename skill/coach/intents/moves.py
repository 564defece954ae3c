"""Going on, pausing, skipping, stopping, leaving: what moves a workout without telling anything of a set."""

from skill.coach.intents import own_bands, resume_thread
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import course, pain, preview, set_end, start
from skill.coach.workout.position import paused, paused_from, place


def ready(turn: Turn, counting: Counting | None) -> None:
    """Ready: whatever waits for it begins."""
    if turn.state.asked == "how_is_it":
        better(turn)
    elif counting is not None:
        resume(turn, counting)
    elif turn.workout is not None and turn.workout.ended is not None:
        set_end.confirmed(turn, turn.workout.ended)
    elif preview.still_stands(turn):
        course.go_on(turn)
    else:
        start.launch(turn)


def better(turn: Turn) -> None:
    """It is better: try again gently, or open the exercise."""
    if pain.gone(turn):
        start.begin(turn, offers_a_bad_day=False)


def pain_gone(turn: Turn, counting: Counting | None) -> None:
    """The pain is gone, by the trainee's own word."""
    if pain.gone(turn):
        start.begin(turn, offers_a_bad_day=False)
    else:
        resume_thread.to_the_thread(turn, counting)


def a_doctor_looked(turn: Turn) -> None:
    """After a red flag: it is gone, and a doctor has looked at it."""
    if pain.gone(turn, a_doctor_looked=True):
        start.begin(turn, offers_a_bad_day=False)


def go_on(turn: Turn, counting: Counting | None) -> None:
    """On with whatever comes next."""
    if counting is not None:
        resume(turn, counting)
    elif preview.still_stands(turn):
        course.go_on(turn)
    else:
        start.launch(turn)


def resume(turn: Turn, counting: Counting | None) -> None:
    """The count goes on from the rep at hand; a rest is cut short."""
    if counting is None:
        ready(turn, counting)
        return
    where = place(turn, counting)
    if where.stage == "rest":
        count = counting.count
        course.start_count(turn, counting.round, count.side, 0, count.count_to, count.from_rep)
    else:
        set_end.again(turn, counting, where)


def pause(turn: Turn, counting: Counting | None) -> None:
    """The count stops where it is."""
    if counting is None or counting.paused_at_rep >= 0:
        turn.say("no_hurry")
        resume_thread.to_the_thread(turn, counting)
        return
    where = place(turn, counting)
    if where.stage == "over":
        set_end.again(turn, counting, where)
        return
    turn.know_of_workout(counting=paused(counting, where))
    turn.say("paused" if where.reps else "paused_before", reps=where.reps)
    turn.ask("resume", "say_resume", reps=where.reps)


def stop(turn: Turn, counting: Counting | None) -> None:
    """Stop: in a set it ends the set and keeps it, outside one it leaves."""
    if counting is None or counting.paused_at_rep >= 0:
        leave(turn, counting)
        return
    where = place(turn, counting)
    if where.stage == "rest":
        leave(turn, counting)
        return
    came_from = "measured" if where.is_exact else "counted" if where.stage == "over" else "worked_out"
    done = course.settle(turn, "said_stop", where.reps, came_from)
    set_end.say_result(turn, done)
    if _is_all_done(turn):
        course.finish(turn)
    else:
        turn.ask("go_on", "go_on")


def leave(turn: Turn, counting: Counting | None) -> None:
    """Out, promptly: what is known of the set is kept, and the workout can be gone on with for a while."""
    if counting is not None and counting.paused_at_rep >= 0:
        pass
    elif turn.workout is not None:
        _settle_on_leaving(turn, counting)
    if _is_all_done(turn):
        course.finish(turn)
        return
    turn.say("goodbye")
    turn.leave()


def _settle_on_leaving(turn: Turn, counting: Counting | None) -> None:
    ended = turn.workout.ended if turn.workout else None
    if ended is not None:
        course.settle(turn, ended.ended_by, ended.reps, ended.came_from)
    elif counting is not None:
        where = place(turn, counting)
        if where.stage == "rest":
            turn.know_of_workout(counting=None)
        else:
            course.settle(turn, "said_stop", where.reps, "measured" if where.is_exact else "worked_out")


def stop_for_good(turn: Turn, counting: Counting | None) -> None:
    """No more today: the workout ends with the sets that it has."""
    if counting is not None and counting.paused_at_rep >= 0:
        done = course.settle(turn, "said_stop", counting.paused_at_rep, paused_from(counting))
        set_end.say_result(turn, done)
    course.finish(turn)


def skip(turn: Turn, counting: Counting | None) -> None:
    """Past whatever stands next: a rest, a set, a question."""
    if turn.state.asked == "bands":
        own_bands.unknown(turn)
    elif counting is None:
        go_on(turn, counting)
    elif _is_resting(turn, counting):
        resume(turn, counting)
    else:
        set_end.settle_and_go_on(turn, "skipped", place(turn, counting).reps, "worked_out")


def _is_resting(turn: Turn, counting: Counting) -> bool:
    """Whether there is a rest to be left out; the lead-in that follows it belongs to the set."""
    where = place(turn, counting)
    return where.stage == "rest" and counting.paused_at_rep < 0 and where.elapsed_ms < counting.count.rest_ms


def repeat(turn: Turn, counting: Counting | None) -> None:
    """The last answer once more."""
    last = turn.state.answered[0].reply if turn.state.answered else None
    if counting is None and last is not None:
        turn.lines.extend(each for each in last.lines if each.key != "not_understood")
        turn.question, turn.reprompt = last.question, last.reprompt
        turn.ends = False
        if turn.question is not None:
            return
    resume_thread.to_the_thread(turn, counting)


def session_ended(turn: Turn) -> None:
    """The conversation was cut off: what is known of the set is kept."""
    start.drop_count(turn)
    if _is_all_done(turn):
        course.finish(turn)
    turn.lines.clear()
    turn.ends = True


def delete(turn: Turn, counting: Counting | None) -> None:
    """Everything is to be deleted: asked once more."""
    start.drop_count(turn)
    turn.ask("confirm_delete", "confirm_delete")


def forget(turn: Turn) -> None:
    """The skill was disabled: everything goes."""
    turn.forgets = True


def _is_all_done(turn: Turn) -> bool:
    return turn.workout is not None and course.due(turn.workout, turn.exercise) is None
