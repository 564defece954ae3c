"""Answers: the number of a set, yes, no, and "I don't know", to whatever was asked."""

from skill.coach.intents import moves, own_bands, resume_thread
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import after_summary, corrections, pain, set_end, start
from skill.coach.workout.position import paused_from, place


def failed(turn: Turn, counting: Counting | None) -> None:
    """Said "I can't do any more": the set at hand ends, wherever it stands."""
    at_hand = turn.workout
    if corrections.is_open(turn, at_hand):
        set_end.doubt_settled(turn, says_yes=False)
    elif counting is not None and counting.paused_at_rep < 0:
        set_end.failed(turn, counting)
    elif counting is not None:
        set_end.settle_and_go_on(turn, "said_failed", counting.paused_at_rep, paused_from(counting))
    elif at_hand is not None and at_hand.ended is not None:
        set_end.confirmed(turn, at_hand.ended)
    else:
        turn.say("no_set_running")
        resume_thread.ask_again(turn)


def number(turn: Turn, counting: Counting | None) -> None:
    """A number was said: the count of a set, or nothing that fits."""
    if turn.heard.number is None:
        turn.say("number_not_taken")
        resume_thread.to_the_thread(turn, counting)
        return
    at_hand = turn.workout
    if at_hand is not None and (at_hand.sets or at_hand.ended or counting):
        set_end.number(turn, counting)
    else:
        after_summary.number(turn)
    resume_thread.to_the_thread(turn, counting)


def could_do_more(turn: Turn, counting: Counting | None) -> None:
    """Said "I could have done more": an answer to the question, else taken note of."""
    yes(turn, counting) if turn.state.asked == "could_do_more" else resume_thread.to_the_thread(
        turn, counting
    )


def yes(turn: Turn, counting: Counting | None) -> None:
    """Yes, to whatever was asked."""
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "yes")
    elif asked in ("confirm_reps", "how_many") and at_hand is not None and at_hand.ended is not None:
        set_end.confirmed(turn, at_hand.ended)
    elif asked == "how_many":
        _doubt_settled(turn, counting, says_yes=True)
    elif asked in ("ready", "go_on", "go_on_workout", "resume"):
        moves.go_on(turn, counting)
    elif asked == "confirm_delete":
        turn.forgets = True
        turn.say("deleted")
        turn.leave()
    elif asked == "doctor":
        moves.a_doctor_looked(turn)
    elif asked in ("bands", "how_is_it"):
        resume_thread.ask_again(turn)
    else:
        turn.say("all_right")
        resume_thread.to_the_thread(turn, counting)


def no(turn: Turn, counting: Counting | None) -> None:
    """No, to whatever was asked."""
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "no")
    elif asked == "confirm_reps" and at_hand is not None and at_hand.ended is not None:
        turn.ask("how_many", "how_many")
    elif corrections.is_open(turn, at_hand) or after_summary.is_open(turn):
        turn.ask("how_many", "how_many_again", "how_many")
    elif asked == "go_on_workout":
        start.close_and_begin(turn)
    elif asked in ("go_on", "resume") and at_hand is not None:
        moves.stop_for_good(turn, counting)
    elif asked == "confirm_delete":
        turn.say("kept")
        turn.know(asked="")
        resume_thread.to_the_thread(turn, counting)
    elif asked == "how_is_it":
        resume_thread.ask_again(turn)
    elif asked == "doctor":
        pain.say_locked(turn)
    elif asked in ("ready", ""):
        turn.say("goodbye")
        turn.leave()
    else:
        dont_know(turn, counting)


def _answer_to_count(turn: Turn, counting: Counting, more: str) -> None:
    where = place(turn, counting)
    if where.stage == "over" or where.reps >= counting.count.count_to:
        set_end.ran_out(turn, more)
    elif where.stage == "rest" and turn.workout is not None and turn.workout.sets and more == "no":
        turn.say("what_was_it_then")
        set_end.again(turn, counting, where)
    else:
        turn.say("all_right")
        set_end.again(turn, counting, where)


def dont_know(turn: Turn, counting: Counting | None) -> None:
    """Said "I don't know": every question can live with that."""
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "bands":
        own_bands.unknown(turn)
    elif asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "not_known")
    elif asked in ("confirm_reps", "how_many") and at_hand is not None and at_hand.ended is not None:
        set_end.confirmed(turn, at_hand.ended)
    elif asked == "how_many":
        _doubt_settled(turn, counting, says_yes=False)
    elif asked == "how_is_it":
        turn.say("no_need_to_know")
        resume_thread.ask_again(turn)
    else:
        turn.say("no_matter")
        resume_thread.to_the_thread(turn, counting)


def _doubt_settled(turn: Turn, counting: Counting | None, *, says_yes: bool) -> None:
    """An answer without a number to a number that was doubted, of this workout or of the one just finished."""
    if corrections.is_open(turn, turn.workout):
        set_end.doubt_settled(turn, says_yes=says_yes)
    elif after_summary.is_open(turn):
        after_summary.doubt_settled(turn, says_yes=says_yes)
    else:
        turn.say("no_matter")
        resume_thread.to_the_thread(turn, counting)
