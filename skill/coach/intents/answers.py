"""What an answer does, question by question: yes, no, "I don't know", maybe. A row for each row of `open_questions.py`.

A number is taken by `replies.number` whatever is open; a silence ends the session, and `settling.drop` keeps what was
known; what is not understood is asked again by `not_understood.py`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from skill.coach.intents import body_reports, moves, own_bands, pain_acts, pain_gone, resume_thread
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting, Question
from skill.coach.turn import Turn
from skill.coach.workout import after_summary, corrections, pain, set_end, start
from skill.coach.workout.position import place

Answer = Callable[[Turn, Counting | None], None]


class Answers(Struct, frozen=True):
    """What yes, no, "I don't know" and maybe do where this question is open."""

    yes: Answer
    no: Answer
    dont_know: Answer
    maybe: Answer


def whatever_counts(act: Callable[[Turn], None]) -> Answer:
    """An answer for which it makes no difference whether a count runs."""
    return lambda turn, counting: act(turn)


def all_right(turn: Turn, counting: Counting | None) -> None:
    """Heard, and nothing waits for it; while a pain is open nothing is all right."""
    if turn.state.pain is None:
        turn.say("all_right")
    resume_thread.to_the_thread(turn, counting)


def no_matter(turn: Turn, counting: Counting | None) -> None:
    """Nobody needs to know that."""
    resume_thread.aside(turn, counting, "no_matter")


def _leave(turn: Turn, counting: Counting | None) -> None:
    turn.leave("goodbye")


def _more(more: str) -> Answer:
    """An answer to "could you have done another?"; said in mid-set, it says nothing of the set yet."""

    def answer(turn: Turn, counting: Counting | None) -> None:
        if counting is None:
            all_right(turn, counting)
            return
        where = place(turn, counting)
        if where.stage == "over" or where.reps >= counting.count.count_to:
            set_end.ran_out(turn, more)
            return
        if where.stage == "reps" and more == "no":
            moves.pause(turn, counting)  # nobody asked: whoever says no in a set wants something else
            return
        is_about_the_last = where.stage == "rest" and turn.workout is not None and turn.workout.sets
        said = "no_matter" if more == "not_known" else "all_right"
        turn.say("what_was_it_then" if is_about_the_last and more == "no" else said)
        set_end.again(turn, counting, where)

    return answer


def _number(*, is_right: bool) -> Answer:
    """An answer without a number to a number that was worked out, or to one that was doubted."""

    def answer(turn: Turn, counting: Counting | None) -> None:
        workout = turn.workout
        if workout is not None and workout.ended is not None:
            set_end.confirmed(turn, workout.ended)
        elif corrections.is_open(turn, workout):
            set_end.doubt_settled(turn, says_yes=is_right)
        elif after_summary.is_open(turn):
            after_summary.doubt_settled(turn, says_yes=is_right)
        else:
            no_matter(turn, counting)

    return answer


def _number_is_wrong(turn: Turn, counting: Counting | None) -> None:
    if corrections.is_open(turn, turn.workout) or after_summary.is_open(turn):
        turn.ask("how_many", "how_many_again", "how_many")
    else:
        turn.ask("how_many")


def _nothing_hurts(turn: Turn, counting: Counting | None) -> None:
    """A plain no to whether something hurt: on from where the count stood still."""
    pain.take_back_report(turn)
    turn.know(pain=None if turn.state.pain and turn.state.pain.stands == "asked" else turn.state.pain)
    pain_acts.go_on_from_there(turn)


def _something_hurts(turn: Turn, counting: Counting | None) -> None:
    turn.know(open_question="")
    body_reports.hurts(turn)


def _ask_them_first(turn: Turn, counting: Counting | None) -> None:
    turn.leave("health.fever" if turn.state.asks_first == pain.FEVER else "ask_them_first")


def _move_it_once(turn: Turn, counting: Counting | None) -> None:
    turn.say("no_need_to_know")
    resume_thread.ask_again(turn)


def _forget(turn: Turn, counting: Counting | None) -> None:
    turn.forgets = True
    turn.leave("deleted")


def _once_more(turn: Turn, counting: Counting | None) -> None:
    """The answer does not fit: the question in other words, and where that was heard already, with an example."""
    asked = turn.state.open_question
    row = QUESTIONS[asked]
    if turn.state.last_asked == row.again:
        turn.ask(asked, row.help, row.again, **resume_thread.told(turn))
    else:
        resume_thread.ask_again(turn)


def _bands_nodded_at(turn: Turn, counting: Counting | None) -> None:
    """Who only nods at the question for the bands, and at its example, may not know them: it starts without."""
    if turn.state.last_asked == QUESTIONS["bands"].help:
        _bands_not_known(turn, counting)
    else:
        _once_more(turn, counting)


def _is_it_none(turn: Turn, counting: Counting | None) -> None:
    """No place is a no to: whether anything hurts at all is asked, as "no, nothing hurts" is a no, too."""
    turn.ask("does_it_hurt")


def _keep(turn: Turn, counting: Counting | None) -> None:
    turn.say("kept")
    turn.know(open_question="")
    resume_thread.to_the_thread(turn, counting)


def _bands_not_known(turn: Turn, counting: Counting | None) -> None:
    """Nobody loses known bands by a no."""
    if turn.state.ladder:
        own_bands.keep(turn, counting)
    else:
        own_bands.unknown(turn)


def _not_ended(turn: Turn, counting: Counting | None) -> None:
    """Not done for today: a set that was stopped by that word alone is taken up again."""
    if counting is None and set_end.set_taken_up(turn):
        return
    turn.say("all_right")
    moves.ready(turn, counting) if counting is None else set_end.again(turn, counting, place(turn, counting))


_ask_again: Final = whatever_counts(resume_thread.ask_again)
"""The answer does not fit: the question once more, in other words."""
_end_it_there: Final = whatever_counts(start.close_and_end)
_looked_at: Final = whatever_counts(pain_gone.looked_at)
_stays_on_hold: Final = whatever_counts(pain_acts.stay_on_hold)
_still_there: Final = whatever_counts(body_reports.still_there)
_right, _unsure = _number(is_right=True), _number(is_right=False)

ANSWERS: Final[Mapping[Question, Answers]] = {
    "": Answers(all_right, _leave, no_matter, all_right),
    "did_you_mean": Answers(
        _ask_again, _ask_again, _ask_again, _ask_again
    ),  # `asked_back` has read the answer
    "bands": Answers(_bands_nodded_at, _bands_not_known, _bands_not_known, _bands_nodded_at),
    "replace_ladder": Answers(own_bands.replace, own_bands.keep, own_bands.keep, own_bands.keep),
    "band_on": Answers(_once_more, _once_more, moves.go_on, _once_more),
    "ready": Answers(moves.go_on, _leave, no_matter, no_matter),
    "could_do_more": Answers(_more("yes"), _more("no"), _more("not_known"), _more("yes")),
    "confirm_reps": Answers(_right, _number_is_wrong, _unsure, _right),
    "how_many": Answers(_right, _number_is_wrong, _unsure, _unsure),
    "go_on": Answers(moves.go_on, moves.stop_for_good, no_matter, no_matter),
    "go_on_workout": Answers(moves.go_on, _end_it_there, no_matter, no_matter),
    "end_workout": Answers(moves.stop_for_good, _not_ended, _not_ended, _ask_again),
    "resume": Answers(moves.go_on, moves.pause, no_matter, no_matter),
    "does_it_hurt": Answers(_something_hurts, _nothing_hurts, _something_hurts, _something_hurts),
    "what_hurts": Answers(_something_hurts, _nothing_hurts, _something_hurts, _something_hurts),
    "band_or_body": Answers(_once_more, _once_more, _something_hurts, _once_more),
    "where": Answers(_once_more, _is_it_none, _still_there, _still_there),
    "tired_or_weak": Answers(_once_more, _once_more, _still_there, _once_more),
    "how_is_it": Answers(_once_more, _once_more, _move_it_once, _still_there),
    "all_of_it": Answers(pain_gone.gone, _still_there, _still_there, _still_there),
    "has_it_gone": Answers(pain_gone.gone, _still_there, _still_there, _still_there),
    "professional": Answers(_looked_at, _stays_on_hold, _stays_on_hold, _stays_on_hold),
    "doctor": Answers(_looked_at, _stays_on_hold, _stays_on_hold, _stays_on_hold),
    "doctor_first": Answers(_looked_at, _stays_on_hold, _stays_on_hold, _stays_on_hold),
    "cleared": Answers(_looked_at, _ask_them_first, _ask_them_first, _ask_them_first),
    "confirm_delete": Answers(_forget, _keep, _keep, _keep),
}
"""What relaxes a safeguard is a plain yes and nothing else: maybe is no, and "I don't know" is no."""
