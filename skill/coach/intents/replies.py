"""Answers: the end of a set, its number, yes, no, "I don't know" and maybe, to whatever was asked."""

from typing import Final

from skill.coach.intents import body_reports, moves, own_bands, pain_gone, resume_thread
from skill.coach.intents.answers import ANSWERS
from skill.coach.open_questions import QUESTIONS, waits_for_number
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import after_summary, corrections, pain, set_end, settling
from skill.coach.workout.position import place

NOT_YET_IS_NO: Final = frozenset(
    {"has_it_gone", "all_of_it", "professional", "doctor", "doctor_first", "cleared"}
)
"""The questions of a hold, at which "not yet" is an answer."""
MOST_MISSED: Final = 3
"""So many reps may be missed in a row; "you skipped seven" names the one that was left out."""


def failed(turn: Turn, counting: Counting | None) -> None:
    """Said "I can't do any more": the set at hand ends, wherever it stands.

    What is asked of a pain goes before any set, and a number before all that only tells that the set ended.
    """
    workout = turn.workout
    _count_on(turn, counting)
    if _is_asked_of_pain(turn):
        resume_thread.ask_again(turn)
    elif corrections.is_open(turn, workout):
        set_end.doubt_settled(turn, says_yes=False)
    elif turn.number is not None:
        number(turn, counting)
    elif counting is not None:
        _count_failed(turn, counting)
    elif workout is not None and workout.ended is not None:
        set_end.confirmed(turn, workout.ended)
    elif turn.state.open_question == "go_on":
        turn.ask("end_workout")
    elif workout is None and resume_thread.has_trained_today(turn) and not turn.is_on_hold:
        moves.leave(turn, counting)
    else:
        is_before_all = turn.state.open_question == "ready" and workout is not None and not workout.has_begun
        turn.say("method.tired_today" if is_before_all else "no_set_running")
        resume_thread.ask_again(turn)


def _count_failed(turn: Turn, counting: Counting) -> None:
    """The set of the count ends: where it was paused, or where it is now. In a rest no set is left to end."""
    if _is_between_sets(turn, counting):
        moves.end_workout(turn, counting)
    elif counting.paused_at_rep < 0:
        set_end.failed(turn, counting)
    else:
        source = settling.source_of_count(counting, place(turn, counting))
        set_end.settle_and_go_on(turn, "said_failed", counting.paused_at_rep, source)


def _is_asked_of_pain(turn: Turn) -> bool:
    return turn.asks.stands_on_hold and turn.state.pain is not None


def _is_between_sets(turn: Turn, counting: Counting) -> bool:
    """Whether no set runs that could end: it is the rest after one, and perhaps paused."""
    return turn.workout is not None and bool(turn.workout.sets) and place(turn, counting).stage == "rest"


def number(turn: Turn, counting: Counting | None) -> None:
    """A number was said: the count of a set, or nothing that fits. It does not tell that nothing hurts."""
    if turn.heard.of_last_workout and turn.number is not None and pain.is_training(turn):
        resume_thread.aside(turn, counting, "older_number_stays")
        return
    if turn.state.open_question == "does_it_hurt":
        set_end.keep_number(turn, counting)
        resume_thread.ask_again(turn)
        return
    if counting is not None and set_end.is_running(turn, counting) and _tells_the_rep(turn, counting):
        return
    if turn.state.open_question == "bands" and turn.number is not None and not turn.state.ladder:
        own_bands.counted(turn, counting)
        return
    _count_on(turn, counting)
    if turn.number is None and set_end.asks_what_was_done(turn, counting):
        return
    if turn.number is None and counting is not None and set_end.is_running(turn, counting):
        set_end.ask_how_many(turn, counting)
        return
    if turn.number is None:
        _no_number(turn, counting)
        return
    if _is_asked_of_pain(turn):
        resume_thread.ask_again(turn)
    elif pain.is_training(turn):
        set_end.number(turn, counting)
    else:
        after_summary.number(turn)
    resume_thread.to_the_thread(turn, counting)


def _no_number(turn: Turn, counting: Counting | None) -> None:
    """A number that was not told, or none that fits. "It was more", right after one was said back, asks for another."""
    if turn.heard.fewer:
        # A rep that doesn't count, before there is one, is nothing to put right.
        resume_thread.aside(turn, counting, "all_right")
    elif waits_for_number(turn.state):
        ANSWERS[turn.state.open_question].no(turn, counting)
    else:
        resume_thread.aside(turn, counting, "number_not_taken")


def how_many_bands(turn: Turn, counting: Counting | None) -> None:
    """So many bands. Where a set's reps are waited for, or are likelier than so many bands, it is those."""
    said = turn.number
    is_over = counting is not None and place(turn, counting).stage == "over"
    is_of_a_set = is_over or waits_for_number(turn.state) or (said or 0) >= turn.exercise.window.low
    if said is not None and is_of_a_set and pain.is_training(turn):
        number(turn, counting)
    else:
        own_bands.counted(turn, counting)


def _tells_the_rep(turn: Turn, counting: Counting) -> bool:
    """Whether it is said where the count should be ("you skipped one", "six, not five"): it goes on from there.

    Nobody has stopped. A number for which there was no time is none of the rep at hand.
    """
    heard, where = turn.heard, place(turn, counting)
    if turn.number is None and (heard.fewer or heard.further):
        further = heard.further if heard.further <= MOST_MISSED else 1
        set_end.miscounted(turn, counting, where.reps + further - heard.fewer)
    elif turn.number is not None and heard.meant_as == "miscounted" and turn.number <= where.most_reps + 1:
        set_end.miscounted(turn, counting, turn.number)
    else:
        return False
    return True


def _count_on(turn: Turn, counting: Counting | None) -> None:
    """Make a number of so many fewer ("I stopped two reps ago") or more.

    It is of the set at hand, else of the one just done.
    """
    workout = turn.workout
    beyond = turn.heard.further - turn.heard.fewer
    if not beyond or turn.number is not None or workout is None:
        return
    if workout.ended is not None:
        counted = workout.ended.reps
    elif counting is not None and (where := place(turn, counting)).stage != "rest":
        counted = where.reps
    elif workout.sets:
        of_the_leg = [each.reps for each in workout.sets if each.side == turn.side]
        counted = (of_the_leg or [workout.sets[-1].reps])[-1]
    else:
        return
    turn.number = max(0, counted + beyond)


def could_do_more(turn: Turn, counting: Counting | None) -> None:
    """Said "I could have done more": of the set just counted, or of the one before the rest."""
    if counting is not None and place(turn, counting).stage == "over":
        yes(turn, counting)
        return
    workout = turn.workout
    is_resting = counting is None or place(turn, counting).stage == "rest"
    if workout is not None and workout.sets and is_resting:
        corrections.could_do_more(turn)
        turn.say("noted_it_was_easy")
    elif turn.state.open_question == "ready":
        turn.say("method.why_not_tougher", high=turn.exercise.window.high)
    elif turn.state.pain is None:
        turn.say("all_right")
    resume_thread.to_the_thread(turn, turn.counting)


def yes(turn: Turn, counting: Counting | None) -> None:
    """Yes, to whatever was asked."""
    ANSWERS[turn.state.open_question].yes(turn, counting)


def okay(turn: Turn, counting: Counting | None) -> None:
    """A nod ("okay", "sure"): yes where nothing hangs on it; where a safeguard does, the question once more."""
    asked, answer = turn.state.open_question, turn.heard.answer
    contradicts = answer == "yes" and asked == "end_workout"  # "yes, keep going"
    if asked == "does_it_hurt":
        resume_thread.ask_yes_or_no(turn)
    elif QUESTIONS[asked].stands_on_hold or asked == "replace_ladder" or contradicts:
        resume_thread.ask_again(turn)
    elif answer == "no" and asked == "resume" and turn.state.pain is None:
        moves.go_on(turn, counting)
    elif answer in ("no", "still_here"):
        _not_ended(turn, counting)
    else:
        yes(turn, counting)


def _not_ended(turn: Turn, counting: Counting | None) -> None:
    """Said "no, keep going" or "no, I'm still here": what was just ended or runs goes on.

    It begins nothing that stands still: a no is no yes, and nobody's word that one is ready.
    """
    if _taken_up(turn):
        return
    if turn.state.open_question == "end_workout":
        no(turn, counting)
    else:
        resume_thread.to_the_thread(turn, counting)


def _taken_up(turn: Turn) -> bool:
    if turn.workout is None:
        return after_summary.workout_taken_up(turn)
    return turn.state.open_question == "go_on" and set_end.set_taken_up(turn)


def no(turn: Turn, counting: Counting | None) -> None:
    """No, to whatever was asked; after "good to hear", that the pain has not gone after all."""
    if pain_gone.was_taken_as_gone(turn):
        body_reports.hurts(turn)
    else:
        ANSWERS[turn.state.open_question].no(turn, counting)


def wait(turn: Turn, counting: Counting | None) -> None:
    """A moment, please. "Not yet" is a no where it is asked whether it has gone, or whether somebody has looked.

    Whoever hesitates before all is deleted keeps it.
    """
    is_not_yet = turn.heard.answer == "no" and turn.state.open_question in NOT_YET_IS_NO
    if is_not_yet or turn.state.open_question == "confirm_delete":
        no(turn, counting)
    else:
        moves.pause(turn, counting)


def dont_know(turn: Turn, counting: Counting | None) -> None:
    """Said "I don't know": every question can live with that."""
    ANSWERS[turn.state.open_question].dont_know(turn, counting)


def maybe(turn: Turn, counting: Counting | None) -> None:
    """Maybe, probably, a few: a yes where nothing hangs on it, and a no where a safeguard does."""
    if pain_gone.was_taken_as_gone(turn):
        body_reports.hurts(turn)
    else:
        ANSWERS[turn.state.open_question].maybe(turn, counting)
