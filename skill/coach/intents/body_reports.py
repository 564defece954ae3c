"""What the trainee says of their body: pain, warning signs, soreness, effort, health; and that it has gone.

The rules decide (topics pain and health); what they advise is done here, and a running count stands still meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Final

from rules.vocabulary.body_facts import CONDITIONS, SIGNS, HealthFacts
from skill.coach.intents import own_choices, resume_thread
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Counting, Stands
from skill.coach.turn import Turn
from skill.coach.value import changed
from skill.coach.workout import course, pain, set_end, settling, start
from skill.coach.workout.position import paused, place

MUSCLES: Final = frozenset({"", "buttock", "leg", "hamstring", "muscle"})
"""Where soreness after training is muscle soreness: in no place that was named, or in a muscle."""
REPORTS: Final = {
    "": "pain",
    "hurts": "pain",
    "sharp": "sharp",
    "pop_or_tear": "pop_or_tear",
    "cramp": "cramp",
    "numb": "numb",
    "tight": "tight",
    "unclear": "unclear",
}
"""What a feeling is to the rules. One that nobody knows is unclear, and asked about."""


CLARIFIES: Final = frozenset({"what_hurts", "where", "tired_or_weak", "does_it_hurt"})
"""The questions that soreness or effort may answer: what was it, after all?"""


def hurts(turn: Turn) -> None:
    """It hurts, in whatever words: the count stands still, and the rules say what is done."""
    feeling = turn.heard.feeling
    if feeling == "gave_way":
        _report(turn, "nothing", "leg_weak")
    elif feeling == "still":
        known = turn.state.pain
        if known is not None and known.report == "nothing":
            _report(turn, "nothing", known.sign)
        else:
            _report(turn, known.report if known and known.report != "unclear" else "pain")
    else:
        _report(turn, REPORTS.get(feeling, "unclear"))


def leg_named(turn: Turn, counting: Counting | None) -> None:
    """The left or the right leg: the one to start with, or where it hurts, if that was asked."""
    if _asks_of_pain(turn):
        turn.heard = changed(turn.heard, body_part="leg")
        hurts(turn)
    else:
        own_choices.start_side(turn, counting)


def place_named(turn: Turn) -> None:
    """A place of the body and nothing more: the answer to where it hurts; out of the blue it is asked if it does."""
    is_again = turn.workout is not None and turn.workout.pain_reports
    if turn.state.pain is None and not is_again and not _asks_of_pain(turn):
        _report(turn, "unclear")
    else:
        hurts(turn)


def _asks_of_pain(turn: Turn) -> bool:
    return QUESTIONS[turn.state.open_question].stands_on_hold


def warning_sign(turn: Turn) -> None:
    """A sign that may need a doctor was named."""
    sign = turn.heard.sign
    if sign == "foot_numb":
        _report(turn, "numb")
    elif sign in SIGNS:
        is_asked = turn.state.open_question == "tired_or_weak"
        _report(turn, "nothing", "surely_weak" if is_asked and sign == "leg_weak" else sign)
    else:
        _report(turn, "unclear")


def emergency(turn: Turn) -> None:
    """Somebody calls for help: the emergency number, at once."""
    _report(turn, "nothing", "bad_fall")


def sore(turn: Turn) -> None:
    """Muscle soreness is told apart from pain: a muscle may be sore, a joint or a back that is hurts."""
    _report(turn, "soreness" if turn.heard.body_part in MUSCLES else "pain")


def effort(turn: Turn) -> None:
    """The burn of effort, or a tired leg."""
    _report(turn, "effort")


def _report(turn: Turn, report: str, sign: str = "none") -> None:
    known = turn.state.pain
    is_answer = known is not None and known.stands == "asked"
    is_pain = report not in ("soreness", "effort")
    if is_answer and not is_pain and turn.state.open_question not in CLARIFIES:
        turn.ask(
            "what_hurts"
        )  # what was asked of a pain still waits: soreness answers that question and no other
        return
    adds = 1 if is_pain and not is_answer else 0
    advice = turn.decide(pain.facts(turn, report, sign, adds=adds)).advice
    why, exercise = turn.state.why, turn.state.why_exercise
    if advice in STANDS_STILL:
        _stand_still(turn)
    else:
        settling.settle_open(turn, "said_pain")
    if adds and turn.workout is not None:
        turn.know_of_workout(pain_reports=turn.workout.pain_reports + 1)
    ACTS.get(advice, _hold)(turn, report, sign)
    turn.know(
        why=why, why_exercise=exercise
    )  # "why" asks for what the pain led to, not for what became of the set


def _stand_still(turn: Turn) -> None:
    """The count is paused where it is, and goes on from there should nothing be wrong."""
    counting = turn.workout.counting if turn.workout else None
    if counting is not None and counting.paused_at_rep < 0:
        turn.know_of_workout(counting=paused(counting, place(turn, counting)))


def _urgent(turn: Turn, report: str, sign: str) -> None:
    turn.say("urgent_care")
    _end(turn, report, sign, "on_hold_for_doctor")


def _doctor_soon(turn: Turn, report: str, sign: str) -> None:
    turn.say("see_doctor_soon")
    _end(turn, report, sign, "on_hold_for_doctor")


def _hold(turn: Turn, report: str, sign: str) -> None:
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
    for cue in turn.exercise.safety_cues:
        turn.say(f"cue.{turn.exercise.id}.{cue.key}")
    turn.ask("how_is_it")


def _loosen(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "tried")
    turn.say("loosen_the_band")
    turn.ask("how_is_it")


def _ease(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "tried")
    turn.say("ease_the_cramp")
    turn.ask("how_is_it")


def _ask_what(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "asked")
    turn.ask("what_hurts")


def _ask_where(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "asked")
    turn.ask("where")


def _ask_weak(turn: Turn, report: str, sign: str) -> None:
    pain.know(turn, report, sign, "asked")
    turn.ask("tired_or_weak")


def _still_on_hold(turn: Turn, report: str, sign: str) -> None:
    """It hurts again, or still: that it had gone is no longer true, and the hold begins anew.

    Said in answer to whether it has gone, it is a no.
    """
    is_pain = report not in ("soreness", "effort")
    if is_pain:
        pain.hurts_now(turn)
    if is_pain and turn.state.open_question == "has_it_gone":
        stay_on_hold(turn)
        return
    pain.say_on_hold(turn)
    turn.ask("has_it_gone")


def _normal(key: str) -> Callable[[Turn, str, str], None]:
    def act(turn: Turn, report: str, sign: str) -> None:
        pain.take_back_report(turn)
        turn.know(pain=None)
        turn.say(key)
        go_on_from_there(turn)

    return act


def go_on_from_there(turn: Turn) -> None:
    """Nothing is wrong after all: on with the count that stood still, or with whatever was open."""
    counting = turn.workout.counting if turn.workout else None
    if turn.state.open_question in ("what_hurts", "where", "tired_or_weak", "does_it_hurt"):
        turn.know(open_question="")
    if counting is not None:
        set_end.again(turn, counting, place(turn, counting))
    elif not turn.state.knows_ladder:
        start.begin(turn)
    else:
        resume_thread.ask_again(turn)


def gone(turn: Turn, counting: Counting | None = None, *, was_looked_at: bool = False) -> None:
    """The pain has gone, by the trainee's own clear word."""
    known = turn.state.pain
    is_none = known is not None and known.stands == "asked" and known.report == "unclear"
    if is_none or (known is None and turn.state.open_question == "does_it_hurt"):
        pain.take_back_report(turn)
        go_on_from_there(turn)
    elif known is None:
        turn.say("glad_of_it")
        resume_thread.to_the_thread(turn, counting)
    elif known.stands in ("asked", "tried"):
        sign = known.sign if known.stands == "tried" else "none"
        advice = turn.decide(pain.facts(turn, "gone", sign)).advice
        if advice == "go_on_gently":
            turn.know(pain=None)
            _again_gently(turn)
        else:
            turn.say("gone_but_not_today")
            turn.leave()
    elif pain.opens(turn, was_looked_at=was_looked_at):
        start.begin(turn, offers_a_bad_day=False)


def _again_gently(turn: Turn) -> None:
    """What was tried has helped: the set that it ended is done again; without one, on with whatever comes next."""
    workout = turn.workout
    is_now = turn.state.open_question != "has_it_gone"
    if is_now and workout is not None and workout.sets and workout.sets[-1].tried_again:
        turn.say("gently_then")
        course.go_on(turn, "tilt_helped")
    elif is_now and workout is not None and workout.counting is not None:
        set_end.again(turn, workout.counting, place(turn, workout.counting))
    elif is_now and workout is not None and workout.sets:
        turn.say("gently_then")
        course.go_on(turn)
    else:
        turn.say("glad_of_it")
        start.begin(turn, offers_a_bad_day=False)


def still_there(turn: Turn) -> None:
    """It has not gone: what was tried has not helped, or training stays on hold."""
    known = turn.state.pain
    if known is not None and known.stands in ("asked", "tried"):
        report = known.report if known.report != "unclear" else "pain"
        _report(turn, report, known.sign if known.report == "nothing" else "none")
        return
    pain.hurts_now(turn)
    stay_on_hold(turn)


def stay_on_hold(turn: Turn) -> None:
    """Training stays on hold: said, with who should look if it stays, and the end."""
    known = turn.state.pain
    doctor = known is not None and known.stands == "on_hold_for_doctor"
    turn.say("stays_on_hold_for_doctor" if doctor else "stays_on_hold")
    turn.leave()


def looked_at(turn: Turn) -> None:
    """A professional or a doctor has looked: the yes to that question, or to whether those who treat them agree."""
    if turn.state.open_question in ("doctor", "professional"):
        gone(turn, was_looked_at=True)
    elif turn.state.asks_first:
        turn.know(asks_first="")
        turn.say("glad_of_it")
        start.begin(turn, offers_a_bad_day=False)
    elif turn.is_on_hold:
        turn.ask("has_it_gone")
    else:
        turn.say("all_right")
        counting = turn.workout.counting if turn.workout else None
        resume_thread.to_the_thread(turn, counting)


def health(turn: Turn) -> None:
    """Pregnancy, an operation, a fever, a question about a condition: a short true answer, and who decides first."""
    condition = turn.heard.condition if turn.heard.condition in CONDITIONS else "unclear"
    _stand_still(turn)
    advice = turn.decide(HealthFacts(condition=condition)).advice
    if advice == "ask_again":
        turn.say("not_understood")
        go_on_from_there(turn)
        return
    turn.say(f"health.{condition}")
    if advice == "answer":
        go_on_from_there(turn)
        return
    if condition != pain.FEVER or not turn.state.asks_first:
        turn.know(asks_first=condition)
    if turn.workout is not None:
        settling.close(turn)
    turn.leave()


Act = Callable[[Turn, str, str], None]
ACTS: Final[Mapping[str, Act]] = {
    "stop_and_name_urgent_care": _urgent,
    "see_doctor_soon": _doctor_soon,
    "end_and_hold": _hold,
    "end_for_today": _end_for_today,
    "loosen_and_see": _loosen,
    "ease_and_see": _ease,
    "correct_with_tilt": _tilt,
    "ask_what_hurts": _ask_what,
    "ask_where": _ask_where,
    "ask_tired_or_weak": _ask_weak,
    "ask_if_gone": _still_on_hold,
    "name_soreness": _normal("soreness_is_normal"),
    "name_effort": _normal("effort_is_right"),
}
"""What each advice on a report does; whatever else a rulebook may say of it, the workout ends and training waits."""
STANDS_STILL: Final = frozenset(
    {"ask_what_hurts", "ask_where", "ask_tired_or_weak", "name_soreness", "name_effort"}
)
"""Advice with which the count only stands still: it can go on from its rep."""
