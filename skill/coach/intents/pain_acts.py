"""What each advice about a pain does: the end, a hold, one thing tried, a question, or a word that it is normal.

The rules advise (topic pain); what the trainee said is taken in `body_reports.py`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from skill.coach.intents import resume_thread
from skill.coach.state import Question, Stands
from skill.coach.turn import Turn
from skill.coach.workout import course, pain, position_cues, set_end, settling, start
from skill.coach.workout.position import place

CLARIFIES: Final = frozenset({"what_hurts", "where", "tired_or_weak", "does_it_hurt"})
"""The questions that soreness or effort may answer: what was it, after all?"""
ASKS_WHAT_HURTS: Final = CLARIFIES | {"band_or_body", "how_is_it", "all_of_it"}
Act = Callable[[Turn, str, str], None]
"""What is done on a report and the sign that came with it."""


def _urgent(turn: Turn, report: str, sign: str) -> None:
    turn.say("urgent_care")
    _end(turn, report, sign, "on_hold_for_doctor")


def _doctor_soon(turn: Turn, report: str, sign: str) -> None:
    turn.say("see_doctor_today" if sign == "eye" else "see_doctor_soon")
    _end(turn, report, sign, "on_hold_for_doctor")


def hold(turn: Turn, report: str, sign: str) -> None:
    """The workout ends, and training is on hold until it has gone."""
    turn.say("held_after_injury" if report in ("sharp", "pop_or_tear") else "held")
    _end(turn, report, sign, "on_hold")


def _end_for_today(turn: Turn, report: str, sign: str) -> None:
    turn.say("cramp_ends_today" if report == "cramp" else "sit_down")
    _end(turn, report, sign, "tried")


def _end(turn: Turn, report: str, sign: str, stands: Stands) -> None:
    """The workout at hand ends with the sets that it has, and nothing more is asked."""
    pain.know(turn, report, sign, stands)
    if turn.workout is not None and settling.close(turn).sets:
        turn.say("sets_are_kept")
    turn.leave()


def _tilt(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "tried")
    position_cues.tilt(turn)
    turn.ask("how_is_it")


def _loosen(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "tried")
    turn.say("loosen_the_band" if pain.body_part(turn.place).is_banded else "take_the_weight_off")
    turn.ask("how_is_it")


def _ease(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "tried")
    turn.say("ease_the_cramp")
    turn.ask("how_is_it")


def _ask(question: Question) -> Act:
    def act(turn: Turn, report: str, sign: str) -> None:
        pain.know(turn, report, sign, "asked")
        turn.ask(question)

    return act


def _still_on_hold(turn: Turn, report: str, sign: str) -> None:
    """It hurts again, or still: that it had gone is no longer true, and the hold begins anew.

    Said in answer to whether it has gone, or a doctor has looked, or before that is asked, it is a no.
    """
    is_pain = report not in ("soreness", "effort")
    if is_pain:
        before = turn.state.pain.places if turn.state.pain else ()
        pain.hurts_now(turn)
        pain.say_new_places(turn, before)
    is_told = report != "unclear" and not turn.state.open_question
    if is_pain and (is_told or turn.state.open_question in ("has_it_gone", "doctor_first")):
        stay_on_hold(turn)
        return
    pain.ask_of_hold(turn)


def _normal(key: str) -> Act:
    def act(turn: Turn, report: str, sign: str) -> None:
        was_tired = turn.state.open_question == "tired_or_weak"
        pain.take_back_report(turn)
        turn.know(pain=None)
        turn.say(key)
        counting = turn.counting
        if was_tired and counting is not None and place(turn, counting).stage == "reps":
            # a leg that would not lift may be all that there was of this set
            turn.ask("resume", "go_on_or_done", "say_resume_again", reps=place(turn, counting).reps)
        else:
            go_on_from_there(turn)

    return act


def go_on_from_there(turn: Turn) -> None:
    """Nothing is wrong after all: on with the count that stood still, or with whatever was open."""
    counting = turn.counting
    was_asked = turn.state.open_question in CLARIFIES
    if was_asked:
        turn.know(open_question="")
    if counting is not None:
        set_end.again(turn, counting, place(turn, counting))
    elif was_asked and settling.is_all_done(turn):
        course.finish(turn)
    elif was_asked and turn.state.knows_ladder and turn.workout is not None:
        resume_thread.on_from_here(turn, counting)
    elif not turn.state.knows_ladder:
        start.begin(turn)
    else:
        resume_thread.ask_again(turn)


def stay_on_hold(turn: Turn) -> None:
    """Training stays on hold: said, with who should look if it stays, and the end."""
    known = turn.state.pain
    doctor = known is not None and known.stands == "on_hold_for_doctor"
    turn.leave("stays_on_hold_for_doctor" if doctor else "stays_on_hold")


ACTS: Final[Mapping[str, Act]] = {
    "stop_and_name_urgent_care": _urgent,
    "see_doctor_soon": _doctor_soon,
    "end_and_hold": hold,
    "end_for_today": _end_for_today,
    "loosen_and_see": _loosen,
    "ease_and_see": _ease,
    "correct_with_tilt": _tilt,
    "ask_what_hurts": _ask("what_hurts"),
    "ask_where": _ask("where"),
    "ask_tired_or_weak": _ask("tired_or_weak"),
    "ask_if_gone": _still_on_hold,
    "name_soreness": _normal("soreness_is_normal"),
    "name_effort": _normal("effort_is_right"),
}
"""What each advice on a report does; whatever else a rulebook may say of it, the workout ends and training waits."""
STANDS_STILL: Final = frozenset(
    {"ask_what_hurts", "ask_where", "ask_tired_or_weak", "name_soreness", "name_effort"}
)
"""Advice with which the count only stands still: it can go on from its rep."""
ENDS_NO_SET: Final = frozenset({"ease_and_see", "loosen_and_see"})
"""Advice on what is no injury: a set that was over before it counts as one."""
