"""What is done on the trainee's clear word that the pain has gone, or that somebody has looked at it."""

from typing import Final

from msgspec.structs import replace

from skill.coach.intents import not_understood, resume_thread
from skill.coach.intents.pain_acts import go_on_from_there
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout import course, pain, set_end, settling, start
from skill.coach.workout.position import place

TAKEN_AS_GONE: Final = frozenset({"opens", "opens_later", "gently_then", "gone_but_not_today"})
"""What is said to whoever says that the pain has gone."""
OF_A_LEG: Final = frozenset({"surgery", "hip_replacement"})
"""Where a yes may be for one leg alone, and a wish for that leg was told along with it."""


def gone(turn: Turn, counting: Counting | None = None, *, was_looked_at: bool = False) -> None:
    """The pain has gone, by the trainee's own clear word. What is said of another place tells nothing of this one."""
    if turn.state.open_question == "band_or_body":
        resume_thread.ask_again(turn)  # a band that broke goes on no more than a muscle does
        return
    known = turn.state.pain
    named = turn.place
    if pain.is_fine_there(turn, named):
        pain.ask_of_hold(turn)
        return
    if known is not None and known.places and named not in ("", *known.places):
        resume_thread.ask_again(turn)
        return
    is_none = known is not None and known.stands == "asked" and known.report == "unclear"
    if is_none or (known is None and turn.state.open_question == "does_it_hurt"):
        pain.take_back_report(turn)
        go_on_from_there(turn)
    elif known is None:
        resume_thread.aside(turn, counting, "glad_of_it")
    elif known.stands in ("asked", "tried"):
        sign = known.sign if known.stands == "tried" else "none"
        advice = turn.decide(pain.facts(turn, "gone", sign)).advice
        if advice == "go_on_gently":
            turn.know(pain=None)
            _again_gently(turn)
        else:
            turn.leave("gone_but_not_today")
    elif pain.opens(turn, was_looked_at=was_looked_at):
        start.begin(turn, offers_a_bad_day=False)


def fine(turn: Turn, counting: Counting | None = None) -> None:
    """The trainee is fine: of what keeps training on hold that says too little, and it is asked whether it has gone."""
    if turn.asks.stands_on_hold and turn.is_on_hold:
        resume_thread.ask_again(turn)
    elif turn.is_on_hold or turn.state.open_question in ("has_it_gone", "all_of_it"):
        turn.ask("has_it_gone")
    else:
        gone(turn, counting)


def _again_gently(turn: Turn) -> None:
    """What was tried has helped: the set that it ended is done again; without one, on with whatever comes next."""
    is_now = turn.state.open_question != "has_it_gone"
    if turn.state.open_question == "where":
        # It did hurt, and nobody has said where: the set ends there, as with what is tried.
        settling.settle_open(turn, "said_pain")
    workout = turn.workout
    if is_now and workout is not None and workout.sets and workout.sets[-1].tried_again:
        turn.say("gently_then")
        course.go_on(turn, "tilt_helped")
    elif is_now and workout is not None and workout.counting is not None:
        set_end.again(turn, workout.counting, place(turn, workout.counting))
    elif is_now and workout is not None and workout.sets:
        turn.say("gently_then")
        course.go_on(turn)
    else:
        before, turn.lines = turn.lines, []
        start.begin(turn, offers_a_bad_day=False)
        begun, turn.lines = turn.lines, before
        turn.say("glad_of_it" if turn.ends else "gently_then")
        turn.lines.extend(begun)


def was_taken_as_gone(turn: Turn) -> bool:
    """Whether the last answer took the pain as gone, so that "no, not really" takes that back.

    A no after the count that followed answers whether there was one more. The last answer is kept anyway; a field of
    its own would have to be cleared by every other answer.
    """
    counting = turn.counting
    if counting is not None and place(turn, counting).stage == "over":
        return False
    last = turn.state.recent_replies[:1]
    return any(line.key in TAKEN_AS_GONE for each in last for line in each.reply.lines)


def looked_at(turn: Turn) -> None:
    """A professional or a doctor has looked: the yes to that question, or to whether those who treat them agree.

    Who else may have said so opens nothing.
    """
    if turn.heard.unresolved:
        not_understood.not_understood(turn, turn.counting)
    elif not pain.is_for(turn, turn.heard.healer):
        turn.leave("a_doctor_too")
    elif turn.state.open_question in ("doctor", "professional"):
        gone(turn, was_looked_at=True)
    elif turn.state.asks_first and turn.state.open_question != "doctor_first":
        is_of_a_leg = turn.state.asks_first in OF_A_LEG and len(turn.exercise.sides) > 1
        turn.know(asks_first="")
        turn.say("glad_for_one_leg" if is_of_a_leg and turn.state.knows_ladder else "glad_of_it")
        start.begin(turn, offers_a_bad_day=False)
    elif turn.is_on_hold and turn.state.pain is not None:
        turn.know(pain=replace(turn.state.pain, was_looked_at=True))
        turn.ask("has_it_gone")
    else:
        turn.say("all_right")
        counting = turn.counting
        resume_thread.to_the_thread(turn, counting)
