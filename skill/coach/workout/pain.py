"""Pain outranks everything: what is done when it is reported, and when it is said to be gone."""

from typing import Final

from rules.vocabulary.facts import PainFacts
from skill.coach.bands import assign
from skill.coach.reply import Line
from skill.coach.turn import Turn
from skill.coach.value import changed
from skill.coach.workout import course
from skill.coach.workout.position import place

PLACES: Final = {"": "not_said", "lower_back": "lower_back", "back": "lower_back", "chest": "chest"}


def facts(turn: Turn, *, red_flag: bool = False, gone: bool = False, hurts: bool = False) -> PainFacts:
    """What is known of pain at this turn."""
    at_hand = turn.workout
    begun = at_hand is not None and bool(at_hand.sets or at_hand.counting or at_hand.ended)
    said = turn.heard.body_part
    return PainFacts(
        reports_red_flag=red_flag,
        is_locked=turn.is_locked,
        says_pain_is_gone=gone,
        reports_pain=hurts,
        is_training=begun,
        place=PLACES.get(said, "elsewhere"),
        reports_this_workout=min(9, at_hand.pain_reports if at_hand else 0),
    )


def red_flag(turn: Turn) -> None:
    """Everything ends, urgent care is named, nothing is asked."""
    _end_set(turn)
    _add_report(turn)
    turn.decide(facts(turn, red_flag=True))
    _end_everything(turn)


def reported(turn: Turn) -> None:
    """The first pain in the back during the raises has one correction; any other ends the workout."""
    _end_set(turn)
    _add_report(turn)
    advice = turn.decide(facts(turn, hurts=True)).advice
    if advice == "stop_and_name_urgent_care":
        _end_everything(turn)
        return
    if advice == "correct_with_tilt" and turn.workout is not None:
        turn.know_of_workout(pain_is_open=True)
        for cue in turn.exercise.safety_cues:
            turn.say(f"cue.{turn.exercise.id}.{cue.key}")
        turn.ask("how_is_it", "how_is_it")
        return
    if advice == "stay_locked":
        say_locked(turn)
    else:  # to end and lock is also the answer to any advice that does not belong here
        turn.know_of_exercise(locked_by="pain")
        turn.say("locked_by_pain")
        _close(turn)
    turn.leave()


def gone(turn: Turn, *, a_doctor_looked: bool = False) -> bool:
    """The trainee says that the pain is gone. True where a workout may be offered now.

    After a red flag that is no clear word yet: it takes a yes to "has a doctor looked at it?" besides.
    """
    if _is_locked_by_red_flag(turn) and not a_doctor_looked:
        turn.ask("doctor", "has_a_doctor_looked")
        return False
    decision = turn.decide(facts(turn, gone=True))
    if decision.advice == "unlock":
        _open(turn)
        turn.say("unlocked")
        return True
    if turn.workout is not None and turn.workout.pain_is_open:
        turn.know_of_workout(pain_is_open=False)
        turn.say("gently_then")
        course.go_on(turn, "tilt_helped")
        return False
    turn.say("glad_of_it")
    return turn.workout is None or turn.workout.counting is None


def say_locked(turn: Turn) -> None:
    """Shut, and so the conversation is over: why, and the words that open it."""
    say_shut(turn)
    turn.leave()


def say_shut(turn: Turn) -> None:
    """Why training is shut, and the words that open it, once an answer. After a red flag a doctor comes first."""
    shut = Line("stay_locked_by_red_flag" if _is_locked_by_red_flag(turn) else "stay_locked")
    if shut not in turn.lines:
        turn.lines.append(shut)


def _is_locked_by_red_flag(turn: Turn) -> bool:
    return any(record.locked_by == "red_flag" for record in turn.state.records.values())


def _open(turn: Turn) -> None:
    """Whatever was shut opens, one band lighter."""
    at_hand, records = turn.state.exercise, turn.state.records
    turn.know(records={name: changed(record, locked_by="") for name, record in records.items()})
    for name, record in records.items():
        if record.locked_by and name in turn.brain.exercises:
            turn.know(exercise=name)
            assign.lighter_after_pain(turn)
    turn.know(exercise=at_hand)


def _end_everything(turn: Turn) -> None:
    turn.know_of_exercise(locked_by="red_flag")
    _close(turn)
    turn.lines.insert(0, Line("urgent_care"))
    turn.leave()


def _end_set(turn: Turn) -> None:
    at_hand = turn.workout
    counting = at_hand.counting if at_hand else None
    ended = at_hand.ended if at_hand else None
    if ended is not None:
        course.settle(turn, "said_pain", ended.reps, ended.came_from)
    elif counting is not None:
        where = place(turn, counting)
        course.settle(turn, "said_pain", where.reps, "measured" if where.is_exact else "worked_out")


def _add_report(turn: Turn) -> None:
    if turn.workout is not None:
        turn.know_of_workout(pain_reports=turn.workout.pain_reports + 1)


def _close(turn: Turn) -> None:
    """End the workout at hand without a word about it but that it is kept."""
    if turn.workout is None:
        return
    had_sets = bool(turn.workout.sets)
    kept, why, why_exercise = list(turn.lines), turn.state.why, turn.state.why_exercise
    course.finish(turn)
    turn.lines[:] = kept
    turn.know(why=why, why_exercise=why_exercise)  # what the pain led to, not what became of the bands
    if had_sets:
        turn.say("sets_are_kept")
