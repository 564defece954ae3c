"""What the trainee says of their body: pain, warning signs, soreness, effort, health.

The rules decide (topics pain and health); what they advise of pain is done in `pain_acts.py`.
"""

from typing import Final

from msgspec.structs import replace

from rules.vocabulary.body_facts import CONDITIONS, SIGNS, HealthFacts
from skill.coach.intents import pain_gone, resume_thread, workout_choices
from skill.coach.intents.pain_acts import (
    ACTS,
    ASKS_WHAT_HURTS,
    CLARIFIES,
    ENDS_NO_SET,
    STANDS_STILL,
    go_on_from_there,
    hold,
    stay_on_hold,
)
from skill.coach.state import Counting, EndedBy
from skill.coach.turn import Turn
from skill.coach.workout import pain, set_end, settling
from skill.coach.workout.position import paused, place

REPORTS: Final = {
    "": "pain",
    "hurts": "pain",
    "sharp": "sharp",
    "pop_or_tear": "pop_or_tear",
    "cramp": "cramp",
    "numb": "numb",
    "tight": "tight",
    "locked": "pain",
    "unclear": "unclear",
    "gave_way": "leg_weak",
    "swollen": "swollen",
}
"""What a feeling is to the rules: a report or a sign. One that nobody knows is unclear, and asked about."""
ASKED_ABOUT: Final = ("whose", "snapped")
"""What may be another's body, or the band: that is asked."""
NO_PAIN: Final = {"band_presses": "move_the_band", "too_hot": "let_the_heat_pass"}
"""What is no pain, and how it is seen to before the count goes on."""


def hurts(turn: Turn) -> None:
    """It hurts, in whatever words; or it is the band or the heat alone, or what a painkiller hides."""
    feeling = turn.heard.feeling
    if feeling in NO_PAIN:
        _see_to_it(turn, NO_PAIN[feeling])
        return
    if feeling in ASKED_ABOUT:
        _ask_of_it(turn, feeling)
        return
    if feeling == "better" and _may_be_nothing(turn):
        turn.ask("what_hurts", "does_anything_hurt_yes_or_no", "what_hurts_again")
        return
    if feeling == "masked":
        turn.say("a_painkiller_hides")
        feeling = "still"
    _hurts(turn, feeling)


def _hurts(turn: Turn, feeling: str) -> None:
    """It hurts, in whatever words: the count stands still, and the rules say what is done."""
    if feeling == "almost":
        if _is_of_no_pain(turn) and turn.state.open_question == "could_do_more" and turn.counting is not None:
            set_end.ran_out(turn, "no")  # almost one more is none
            return
        feeling = "better"
    if feeling == "better" and _is_of_no_pain(turn):
        _better(turn)
    elif feeling in ("still", "better"):
        known = turn.state.pain
        if (
            known is not None
            and known.report == "nothing"
            and known.stands == "tried"
            and feeling == "better"
        ):
            turn.ask("has_it_gone")  # better is how it is: no new attack, and not yet gone
        elif _is_how_it_is(turn) and feeling == "better":
            turn.ask("all_of_it")
        elif known is not None and known.report == "nothing":
            _report(turn, "nothing", known.sign)
        else:
            _report(turn, known.report if known and known.report != "unclear" else "pain")
    elif feeling == "locked" and pain.body_part(turn.place).grows_sore:
        _report(turn, "cramp")  # a muscle that locks up is stretched; a joint that does hurts
    else:
        report = REPORTS.get(feeling, "unclear")
        _report(turn, *(("nothing", report) if report in SIGNS else (report,)))


def _ask_of_it(turn: Turn, feeling: str) -> None:
    """Another's body, or the band, perhaps: it is asked, with the count standing still and what was told kept.

    What snapped in a place that is named is no band; nor is the band known to be it while that is not answered.
    """
    if feeling == "snapped" and turn.place:
        _report(turn, "pop_or_tear")
        return
    _report(turn, "unclear")
    if turn.state.open_question == "what_hurts" and feeling == "snapped":
        turn.ask("band_or_body")
    elif turn.state.open_question == "what_hurts":
        turn.ask("what_hurts", "is_it_you", "is_it_you_again")


def _see_to_it(turn: Turn, key: str) -> None:
    """The band or the heat, and no pain: the count stands still until the trainee has seen to it and goes on."""
    known = turn.state.pain
    if known is not None and (known.stands != "asked" or known.sign != "none"):
        resume_thread.ask_again(turn)
        return
    _stand_still(turn)
    turn.know(pain=None)
    turn.say(key)
    counting = turn.counting
    if known is not None:
        turn.ask("does_it_hurt")
    elif counting is not None and counting.paused_at_rep >= 0:
        turn.ask("resume", reps=counting.paused_at_rep)
    else:
        go_on_from_there(turn)


def _is_how_it_is(turn: Turn) -> bool:
    """Whether it answers how a pain is after what was tried: what is no clear word is asked about once."""
    known = turn.state.pain
    return known is not None and known.stands == "tried" and turn.state.open_question == "how_is_it"


def _may_be_nothing(turn: Turn) -> bool:
    """Whether it was asked if something hurts, and neither that nor a place was said: better is no answer to it."""
    known = turn.state.pain
    is_asked = known is not None and known.stands == "asked" and known.report == "unclear"
    return is_asked and turn.state.open_question == "what_hurts" and not turn.place


def _is_of_no_pain(turn: Turn) -> bool:
    """Whether nothing is known to hurt, nothing was taken as gone just now, and no place was named."""
    return turn.state.pain is None and not turn.place and not pain_gone.was_taken_as_gone(turn)


def _better(turn: Turn) -> None:
    """Better, and no pain is known: of a band, perhaps. In a count it is asked whether anything hurts."""
    counting = turn.counting
    if counting is not None and place(turn, counting).stage != "over":
        _stand_still(turn)
        turn.ask("does_it_hurt")
    elif turn.state.open_question == "ready":
        turn.ask("ready", "say_ready_if_nothing_hurts", "say_ready", **resume_thread.told(turn))
    else:
        resume_thread.to_the_thread(turn, counting)


def leg_named(turn: Turn, counting: Counting | None) -> None:
    """The left or the right leg: the one to start with, or where it hurts, if that was asked.

    Asked whether a pain has gone, a leg is a wish ("can I train the right leg"), and adds no pain.
    """
    if turn.state.open_question in ASKS_WHAT_HURTS:
        _leg_hurts(turn)
    elif turn.is_on_hold:
        pain.say_what_helps(turn)
        resume_thread.to_the_thread(turn, counting)
    elif turn.heard.side == "both" and _was_named_normal(turn):
        resume_thread.aside(turn, counting, "all_right")
    else:
        workout_choices.start_side(turn, counting)


def leg_alone(turn: Turn, counting: Counting | None) -> None:
    """One leg and not the other: the one for today, or where it hurts, if that was asked."""
    if turn.state.open_question == "does_it_hurt":
        resume_thread.ask_again(turn)  # a wish for one leg is no word of pain, and opens nothing
    elif turn.state.open_question in CLARIFIES:
        _leg_hurts(turn)
    else:
        workout_choices.only_side(turn, counting)


def _leg_hurts(turn: Turn) -> None:
    turn.place = "leg"
    hurts(turn)


def place_named(turn: Turn) -> None:
    """A place of the body and nothing more: the answer to where it hurts; out of the blue it is asked if it does.

    "Both sides", right after soreness was told, is where the muscles are sore.
    """
    if turn.state.pain is None and turn.heard.side == "both" and _was_named_normal(turn):
        resume_thread.aside(turn, turn.counting, "all_right")
        return
    is_again = turn.workout is not None and turn.workout.pain_reports
    if turn.state.pain is None and not is_again and not _asks_of_pain(turn):
        _report(turn, "unclear")
    else:
        hurts(turn)


def _was_named_normal(turn: Turn) -> bool:
    last = turn.state.recent_replies[:1]
    return any(line.key == "soreness_is_normal" for each in last for line in each.reply.lines)


def _asks_of_pain(turn: Turn) -> bool:
    return turn.asks.stands_on_hold


def warning_sign(turn: Turn) -> None:
    """A sign that may need a doctor was named."""
    sign = turn.heard.sign
    if sign == "foot_numb":
        _report(turn, "numb")
    elif sign == "heart_pounding":
        _heart_pounds(turn)
    elif sign in SIGNS:
        is_asked = turn.state.open_question == "tired_or_weak"
        _report(turn, "nothing", "surely_weak" if is_asked and sign == "leg_weak" else sign)
    else:
        _report(turn, "unclear")


def _heart_pounds(turn: Turn) -> None:
    """A heart that beats hard may be the effort: asked once. Before a set, or again, it is as one that races."""
    if turn.state.pain is None and pain.is_training(turn):
        turn.say("catch_your_breath")
        _report(turn, "unclear")
    else:
        _report(turn, "nothing", "heart_racing")


def emergency(turn: Turn) -> None:
    """Somebody calls for help: the emergency number, at once."""
    _report(turn, "nothing", "bad_fall")


def sore(turn: Turn) -> None:
    """Muscle soreness is told apart from pain: a muscle may be sore, a joint or a back that is hurts.

    "That's sore" in the middle of a set, and nothing of where, may be pain: no count runs on over it.
    """
    is_vague = not turn.place and turn.state.open_question not in CLARIFIES
    if is_vague and turn.state.pain is None and _stands_in_a_set(turn):
        _stand_still(turn)
        turn.say("soreness_is_normal")
        turn.ask("does_it_hurt")
        return
    _report(turn, "soreness" if pain.body_part(turn.place).grows_sore else "pain")


def effort(turn: Turn) -> None:
    """The burn of effort, or a tired leg. Before a set nothing has worked yet: somebody is tired today."""
    workout = turn.workout
    if turn.state.pain is None and (workout is None or not workout.has_begun):
        resume_thread.aside(turn, turn.counting, "method.tired_today")
        return
    _report(turn, "effort")


def _report(turn: Turn, report: str, sign: str = "none") -> None:
    known = turn.state.pain
    is_answer = known is not None and known.stands == "asked"
    is_pain = report not in ("soreness", "effort")
    if is_answer and not is_pain and turn.state.open_question not in CLARIFIES:
        # What was asked of a pain still waits: soreness answers that question and no other.
        if turn.state.open_question == "band_or_body":
            resume_thread.ask_again(turn)
        else:
            turn.ask("what_hurts")
        return
    if report == "effort" and turn.state.open_question == "where" and not turn.place:
        turn.ask("what_hurts")  # "this is hard" names no muscle: it may be the very pain that was told
        return
    if _is_how_it_is(turn) and not is_pain:
        turn.ask("all_of_it")  # a muscle that works or is sore tells nothing yet of what hurt
        return
    if known is not None and turn.state.open_question == "all_of_it" and not is_pain:
        resume_thread.ask_again(turn)
        return
    adds = 1 if is_pain and not is_answer else 0
    advice = turn.decide(pain.facts(turn, report, sign, adds=adds)).advice
    why, exercise = turn.state.why, turn.state.why_exercise
    if advice in STANDS_STILL:
        _stand_still(turn)
    else:
        settling.settle_open(turn, _ended_by(turn, advice))
    if adds:
        pain.count_report(turn)
    ACTS.get(advice, hold)(turn, report, sign)
    # "Why" asks for what the pain led to, not for what became of the set.
    turn.know(why=why, why_exercise=exercise)


def _ended_by(turn: Turn, advice: str) -> EndedBy:
    """What ended the set. A cramp or a numb foot that is told along with its end, or with its number, came after it."""
    is_over = turn.heard.is_done or turn.number is not None
    return "said_failed" if is_over and advice in ENDS_NO_SET else "said_pain"


def _stand_still(turn: Turn) -> None:
    """The count is paused where it is, and goes on from there should nothing be wrong.

    A number said along with it ("nine, but ouch") is where it is, if the count had time for so many.
    """
    counting = turn.counting
    if counting is not None and counting.paused_at_rep < 0:
        where, told = place(turn, counting), turn.number or 0
        if 0 < told <= where.most_reps:
            where = replace(where, reps=told)
        turn.know_of_workout(counting=paused(counting, where))


def still_there(turn: Turn) -> None:
    """It has not gone: what was tried has not helped, or training stays on hold."""
    known = turn.state.pain
    if known is not None and known.stands in ("asked", "tried"):
        report = known.report if known.report != "unclear" else "pain"
        _report(turn, report, known.sign if known.report == "nothing" else "none")
        return
    pain.hurts_now(turn)
    stay_on_hold(turn)


def _stands_in_a_set(turn: Turn) -> bool:
    counting = turn.counting
    return counting is not None and place(turn, counting).stage == "reps"


def health(turn: Turn) -> None:
    """Pregnancy, an operation, a fever, a question about a condition: a short true answer, and who decides first."""
    condition = turn.heard.condition if turn.heard.condition in CONDITIONS else "unclear"
    is_asked = turn.heard.is_asked
    facts = HealthFacts(condition=condition, is_asked=is_asked, is_in_set=_stands_in_a_set(turn))
    advice = turn.decide(facts).advice
    was_paused = turn.counting is not None and turn.counting.paused_at_rep >= 0
    if advice == "carry_on":
        resume_thread.aside(turn, turn.counting, f"health.{condition}")
    elif advice in ("ask_first", "ask_if_it_hurts") and not is_asked and _asks_where(turn):
        if advice == "ask_first":
            turn.know(asks_first=condition)
        _hurts_there(turn)
    elif advice in ("ask_first", "not_today"):
        _wait_for_their_word(turn, condition)
    else:
        _stand_still(turn)
        pain.answer(turn, "not_understood" if advice == "ask_again" else f"health.{condition}")
        if turn.asks.stands_on_hold or turn.state.pain is not None:
            resume_thread.ask_again(turn)
        elif advice == "ask_if_it_hurts":
            turn.ask("does_it_hurt", "does_it_hurt_now", "does_anything_hurt_again")
        elif was_paused:
            resume_thread.to_the_thread(turn, turn.counting)  # who paused the count says when it goes on
        else:
            go_on_from_there(turn)


def _asks_where(turn: Turn) -> bool:
    return turn.state.open_question in ("what_hurts", "where", "does_it_hurt")


def _hurts_there(turn: Turn) -> None:
    """A condition named as the answer to where it hurts is where it hurts; to whether anything does, it is asked."""
    is_sure = turn.state.open_question != "does_it_hurt"
    turn.place = pain.ELSEWHERE
    _report(turn, "pain" if is_sure else "unclear")


def _wait_for_their_word(turn: Turn, condition: str) -> None:
    """No workout before whoever treats them has said yes, or before a fever has gone."""
    _stand_still(turn)
    turn.say("health.told_sciatica" if condition == "sciatica" else f"health.{condition}")
    if condition != pain.FEVER or not turn.state.asks_first:
        turn.know(asks_first=condition)
    if turn.workout is not None:
        settling.close(turn)
    turn.leave()
