"""Going on, pausing, skipping, stopping, leaving: what moves a workout without telling anything of a set."""

from skill.coach.intents import own_bands, resume_thread
from skill.coach.open_questions import QUESTIONS, waits_for_number
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import after_summary, course, preview, set_end, settling, start
from skill.coach.workout.position import is_counting, place, stand_still


def ready(turn: Turn, counting: Counting | None) -> None:
    """Ready: whatever waits for it begins. It answers no question about pain."""
    workout = turn.workout
    asked = turn.state.open_question
    if asked == "does_it_hurt":
        resume_thread.ask_yes_or_no(turn)
    elif QUESTIONS[asked].stands_on_hold or asked == "replace_ladder" or _is_of_the_band_on(turn):
        resume_thread.ask_again(turn)
    elif counting is not None:
        set_end.resume(turn, counting)
    elif workout is not None and workout.ended is not None:
        set_end.confirmed(turn, workout.ended)
    else:
        go_on(turn, counting)


def _is_of_the_band_on(turn: Turn) -> bool:
    """Whether it was asked which band is on, and not put once more: whoever is ready then has the right one on."""
    return turn.state.open_question == "band_on" and turn.state.last_asked != QUESTIONS["band_on"].again


def go_on(turn: Turn, counting: Counting | None) -> None:
    """On with whatever comes next."""
    if counting is not None:
        set_end.resume(turn, counting)
    elif preview.still_stands(turn):
        course.go_on(turn)
    else:
        start.launch(turn)


def resume(turn: Turn, counting: Counting | None) -> None:
    """The count goes on from the rep at hand; a rest is cut short. After "does anything hurt?" nothing does.

    What was left of a rest then is still to be had: whoever answers that question has not asked for less of it.
    """
    if turn.state.open_question == "does_it_hurt" and turn.state.pain is None:
        turn.know(open_question="")
        if counting is not None:
            set_end.again(turn, counting, place(turn, counting))
            return
    if turn.state.open_question == "end_workout" and counting is None and set_end.set_taken_up(turn):
        return
    if turn.workout is not None or not after_summary.workout_taken_up(turn):
        ready(turn, counting)


def pause(turn: Turn, counting: Counting | None) -> None:
    """The count stops where it is."""
    if counting is None or counting.paused_at_rep >= 0:
        resume_thread.aside(turn, counting, "no_hurry")
        return
    where = place(turn, counting)
    if where.stage == "over":
        turn.say("no_hurry")
        set_end.again(turn, counting, where)
        return
    stand_still(turn)
    turn.say("paused" if where.reps else "paused_before", reps=where.reps)
    turn.ask("resume", reps=where.reps)


def stop(turn: Turn, counting: Counting | None) -> None:
    """Stop: in a set it ends the set and keeps it, outside one it leaves."""
    if not is_counting(turn, counting):
        leave(turn, counting)
        return
    set_end.stopped(turn)
    if settling.is_all_done(turn):
        course.finish(turn)
    else:
        turn.ask("go_on")


def leave(turn: Turn, counting: Counting | None) -> None:
    """Out, promptly: what is known of the set is kept, and the workout can be gone on with for a while."""
    if counting is None or counting.paused_at_rep < 0:
        settling.settle_open(turn, "said_stop")
    if settling.is_all_done(turn) and turn.state.pain is None:
        course.finish(turn)
        return
    turn.leave("goodbye")


def end_workout(turn: Turn, counting: Counting | None) -> None:
    """That's it for today: it is asked once. A set that runs ends where it stands, before that is asked."""
    workout = turn.workout
    if workout is None or not workout.has_begun:
        leave(turn, counting)
        return
    if turn.number is not None and turn.state.pain is None and turn.state.open_question != "does_it_hurt":
        _end_told(turn, counting)
        return
    if is_counting(turn, counting):
        stop(turn, counting)
        if not turn.ends:
            turn.ask("end_workout")
        return
    is_resting = counting is not None and place(turn, counting).stage == "rest"
    if is_resting and turn.state.open_question not in ("end_workout", "does_it_hurt"):
        stand_still(turn)
        turn.ask("end_workout")
        return
    stop_for_good(turn, counting)


def _end_told(turn: Turn, counting: Counting | None) -> None:
    """The end and a number in one breath: the number is of the set, and nothing begins before the end is answered."""
    set_end.number(turn, counting)
    set_end.hold_back(turn)
    if not (turn.ends or waits_for_number(turn.state)):
        turn.ask("end_workout")


def stop_for_good(turn: Turn, counting: Counting | None) -> None:
    """No more today: the workout ends with the sets that it has."""
    set_end.stopped(turn)
    course.finish(turn)


def skip(turn: Turn, counting: Counting | None) -> None:
    """Past whatever stands next: a rest, a set, a question. Whoever names the set means the set, even in a rest.

    The next set is none of a set that runs: that goes on.
    """
    if turn.state.open_question == "bands":
        own_bands.unknown(turn)
    elif turn.heard.names_next and counting is not None and place(turn, counting).stage == "reps":
        resume_thread.aside(turn, counting, "this_set_first")
    elif counting is None or (_is_resting(turn, counting) and not turn.heard.names_set):
        ready(turn, counting)
    else:
        skip_set(turn, counting)


def skip_set(turn: Turn, counting: Counting) -> None:
    """The set at hand is left out from here on; of one that was counted to its end it is asked how many."""
    if not set_end.asks_what_was_done(turn, counting):
        where = place(turn, counting)
        set_end.settle_and_go_on(turn, "skipped", where.reps, settling.source_of_count(counting, where))


def _is_resting(turn: Turn, counting: Counting) -> bool:
    """Whether there is a rest to be left out; the lead-in that follows it belongs to the set."""
    where = place(turn, counting)
    return where.stage == "rest" and counting.paused_at_rep < 0 and where.elapsed_ms < counting.count.rest_ms


def repeat(turn: Turn, counting: Counting | None) -> None:
    """The last answer once more."""
    last = turn.state.recent_replies[0].reply if turn.state.recent_replies else None
    if counting is None and last is not None:
        turn.lines.extend(each for each in last.lines if each.key != "not_understood")
        turn.question, turn.reprompt = last.question, last.reprompt
        turn.ends = False
        if turn.question is not None:
            return
    elif counting is not None and last is not None and _is_resting(turn, counting):
        turn.lines.extend(each for each in last.lines if each.key not in ("not_understood", "once_more"))
    resume_thread.to_the_thread(turn, counting)


def session_ended(turn: Turn) -> None:
    """The conversation was cut off: what is known of the set is kept, and nothing is said."""
    settling.drop(turn)
    if turn.state.open_question == "confirm_delete":
        turn.know(open_question="")
    if settling.is_all_done(turn) and turn.state.pain is None:
        settling.close(turn)
    turn.ends = True


def delete(turn: Turn, counting: Counting | None) -> None:
    """Everything is to be deleted: asked once more."""
    settling.drop(turn)
    turn.ask("confirm_delete")


def forget(turn: Turn) -> None:
    """The skill was disabled: everything goes."""
    turn.forgets = True
