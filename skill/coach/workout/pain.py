"""Pain outranks everything: what is known of it, what it forbids, and how training on hold opens again.

What the trainee says of it is in `intents/body_reports.py`.
"""

from typing import Any, Final

from msgspec.structs import replace

from rules.vocabulary.body_facts import BODY_PARTS, BodyPart, PainFacts
from skill.coach.bands import assign
from skill.coach.messages.reply import Line, Param
from skill.coach.state import Pain, Stands
from skill.coach.turn import Turn
from skill.coach.workout import calendar

ELSEWHERE: Final = "elsewhere"
"""A place that was said, and that has no name here."""
FEVER: Final = "fever"
INVITES: Final = frozenset(
    {
        *("method.no_band", "method.more_sets", "method.enough_for_today", "method.tired_today"),
        *("method.not_me", "method.exercises", "method.why_not_tougher", "method.may_i", "method.safe"),
        *("method.meal", "method.how_often", "method.before_run", "method.rest"),
        *("health.ran_yesterday", "health.cold", "health.diabetes", "health.varicose_veins"),
    }
)
"""The answers that read as leave to train."""
FOUR_WEEKS_DAYS: Final = 28
KEPT_HOLDS: Final = 4
LAUNCHES: Final = frozenset({"Launch", "StartExerciseIntent"})


def facts(
    turn: Turn, report: str = "nothing", sign: str = "none", *, was_looked_at: bool = False, adds: int = 0
) -> PainFacts:
    """What is known of pain at this turn; `adds` are the reports that this turn brings."""
    known = turn.state.pain
    part = turn.place or (known.body_part if known else "")
    return PainFacts(
        report=report,
        sign=sign,
        body_part=body_part(part).kind,
        is_training=is_training(turn),
        stands=known.stands if known else "nothing",
        reports_this_workout=min(9, (turn.workout.pain_reports if turn.workout else 0) + adds),
        days_on_hold=max(0, min(999, turn.days_since(known.since))) if known else 0,
        holds_in_four_weeks=min(9, holds_lately(turn)),
        was_looked_at=was_looked_at or (known is not None and known.was_looked_at),
    )


def body_part(name: str) -> BodyPart:
    """What a part of the body is to the coach."""
    return BODY_PARTS.get(name, BODY_PARTS[ELSEWHERE])


def is_training(turn: Turn) -> bool:
    """Whether a set of the workout at hand has begun."""
    return turn.workout is not None and turn.workout.has_begun


def holds_lately(turn: Turn) -> int:
    """How often training went on hold in the last four weeks."""
    return sum(1 for at in turn.state.holds if turn.days_since(at) < FOUR_WEEKS_DAYS)


def know(turn: Turn, report: str, sign: str, stands: Stands) -> None:
    """Remember a pain until the trainee has said clearly that it has gone.

    A worse one takes the place of a lesser, and of what keeps training on hold each place is kept.
    """
    before = turn.state.pain
    is_held = stands in ("on_hold", "on_hold_for_doctor")
    if turn.is_on_hold and not is_held:
        hurts_now(turn)
        return
    if before is not None and before.stands == "on_hold_for_doctor":
        stands = before.stands
    pain = Pain(report, sign, before.body_part if before else "", turn.now, stands, turn.exercise.id)
    if turn.is_on_hold and before is not None:
        pain = replace(pain, also=before.also)
    elif is_held:
        turn.know(holds=(turn.now, *turn.state.holds)[:KEPT_HOLDS])
    turn.know(pain=replace(pain, **_places(turn, pain, adds=turn.is_on_hold)))


def _places(turn: Turn, known: Pain, *, adds: bool) -> dict[str, Any]:
    """Where it hurts with what was said just now: another place is put beside the known ones, or takes their place."""
    part = turn.place
    if not part or part == known.body_part:
        return {}
    before = tuple(each for each in known.places if each != part) if adds else ()
    return {"body_part": part, "also": before}


def hurts_now(turn: Turn) -> None:
    """What keeps training on hold hurts today: the rest until the next training day begins anew.

    Where it is another place, the hold is about both from now on.
    """
    known = turn.state.pain
    if known is not None and turn.is_on_hold:
        known = replace(known, is_gone=False, was_looked_at=False, since=turn.now)
        turn.know(pain=replace(known, **_places(turn, known, adds=True)))


def is_fine_there(turn: Turn, place: str) -> bool:
    """One of several places that hurt is fine, by the trainee's own word: the others keep training on hold."""
    known = turn.state.pain
    if known is None or not turn.is_on_hold or place not in known.places:
        return False
    left = tuple(each for each in known.places if each != place)
    if not left:
        return False
    turn.know(pain=replace(known, body_part=left[-1], also=left[:-1]))
    return True


def count_report(turn: Turn) -> None:
    """One report more of the workout at hand, else of the one just ended: what hurts now may have come of it."""
    last = turn.state.finished
    if turn.workout is not None:
        turn.know_of_workout(pain_reports=turn.workout.pain_reports + 1)
    elif last is not None:
        workout = replace(last.workout, pain_reports=last.workout.pain_reports + 1)
        turn.know(finished=replace(last, workout=workout))


def take_back_report(turn: Turn) -> None:
    """What sounded like pain was none: it is not counted as a report of this workout."""
    known, workout = turn.state.pain, turn.workout
    if known is not None and known.stands == "asked" and known.report in ("unclear", "nothing"):
        turn.know(pain=None)
        if workout is not None:
            turn.know_of_workout(pain_reports=max(0, workout.pain_reports - 1))


def forbids(turn: Turn) -> bool:
    """Whether a pain stands against training; then it is asked about, with the session open."""
    known = turn.state.pain
    if known is not None and known.is_gone:
        return not opens(turn, was_looked_at=True)
    advice = turn.decide(facts(turn)).advice
    if advice == "carry_on" and not turn.state.asks_first:
        return False
    if advice == "carry_on":
        ask_clearance(turn)
    elif advice == "ask_if_gone":
        ask_of_hold(turn)
    elif turn.heard.intent in LAUNCHES:
        turn.say("unwell_last_time" if known and known.report == "nothing" else "it_hurt_last_time")
        turn.ask("has_it_gone")
    else:
        turn.ask("how_is_it")
    return True


def ask_of_hold(turn: Turn) -> None:
    """That training is on hold, and whether it has gone; where a doctor must look, first whether one has."""
    say_on_hold(turn)
    turn.ask("doctor_first" if _waits_for_doctor(turn) else "has_it_gone")


def is_for(turn: Turn, healer: str) -> bool:
    """Whether it is for them to say: a physiotherapist's look does not answer where a doctor was named.

    Somebody of whom no more is known ("they said yes") is whoever was asked for.
    """
    return healer in ("", "doctor") or not _waits_for_doctor(turn)


def _waits_for_doctor(turn: Turn) -> bool:
    known = turn.state.pain
    return known is not None and known.stands == "on_hold_for_doctor" and not known.was_looked_at


def ask_clearance(turn: Turn, *, again: bool = False) -> None:
    """What stands against training besides pain: has whoever treats them said yes; of a fever, whether it has gone."""
    asked = "has_the_fever_gone" if turn.state.asks_first == FEVER else "have_they_said_yes"
    if again:
        turn.ask("cleared", f"{asked}_again", asked)
    else:
        turn.ask("cleared", asked)


def opens(turn: Turn, *, was_looked_at: bool) -> bool:
    """The pain has gone, by the trainee's clear word: whether training opens now. What stands against it is said."""
    advice = turn.decide(facts(turn, "gone", was_looked_at=was_looked_at)).advice
    if advice == "open":
        known = turn.state.pain
        is_this = known is not None and known.exercise == turn.exercise.id
        _open(turn)
        turn.say("opens" if turn.state.knows_ladder and is_this else "glad_of_it")
        return True
    if advice in ("ask_doctor", "ask_professional"):
        turn.ask("doctor" if advice == "ask_doctor" else "professional")
    elif advice == "open_later" and turn.state.pain is not None:
        turn.know(pain=replace(turn.state.pain, is_gone=True))
        turn.leave("opens_later", day=next_training_day(turn))
    return False


def next_training_day(turn: Turn) -> int:
    """The first instant (s since 1970) at which the hold has lasted long enough, and which the week has room for."""
    assert turn.state.pain is not None
    rested = calendar.moment_on(turn, turn.brain.day_of(turn.state.pain.since) + turn.exercise.recovery_days)
    return max(rested, calendar.ready_at(turn))


def _open(turn: Turn) -> None:
    """Training opens again, on the exercise that hurt one band lighter."""
    known = turn.state.pain
    assert known is not None
    turn.know(pain=None)
    turn.forget_finished()
    if known.exercise in turn.brain.exercises:
        with turn.on_exercise(known.exercise):
            assign.lighter_after_pain(turn)


def say_new_places(turn: Turn, before: tuple[str, ...]) -> None:
    """Every place that keeps training on hold is said back where one came to it: it may have been meant instead."""
    places = turn.state.pain.places if turn.state.pain else ()
    if before and len(places) > len(before) and ELSEWHERE not in places:
        turn.say("places_on_hold", body_part=places)


def say_on_hold(turn: Turn) -> None:
    """That training is on hold, and why, in few words, once an answer."""
    known = turn.state.pain
    if known is not None and known.stands == "on_hold_for_doctor":
        line = Line("on_hold_for_doctor")
    elif known is not None and known.places and ELSEWHERE not in known.places:
        is_one = len(known.places) == 1
        line = Line("on_hold_for_place" if is_one else "on_hold_for_places", {"body_part": known.places})
    else:
        line = Line("on_hold")
    if line not in turn.lines:
        turn.lines.append(line)


def answer(turn: Turn, key: str, **params: Param) -> None:
    """An answer to a question; instead of leave to train, where nobody may train now, what stands against it."""
    if key in INVITES and turn.state.is_shut:
        say_what_shuts(turn)
    else:
        turn.say(key, **params)


def say_what_shuts(turn: Turn) -> None:
    """Why nobody may train now; what is being asked of a pain says so itself."""
    if turn.is_on_hold:
        say_what_helps(turn)
    elif turn.state.pain is None:
        turn.say("health.fever" if turn.state.asks_first == FEVER else "not_before_they_say_yes")


def say_what_helps(turn: Turn) -> None:
    """What can be done while training is on hold: a doctor's look, or rest."""
    if turn.state.pain is not None and turn.state.pain.stands == "on_hold_for_doctor":
        say_on_hold(turn)
    else:
        turn.say("rest_until_gone")
