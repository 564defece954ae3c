"""The beginning: who is there, is there something to go on with, is today a day, which band."""

from typing import Final

from msgspec.structs import replace

from rules.vocabulary.facts import MOST_DAYS, MOST_MINUTES, ScheduleFacts
from skill.coach.bands import assign
from skill.coach.state import Finished, Workout
from skill.coach.turn import Turn
from skill.coach.workout import calendar, offered, pain, set_end, settling
from skill.coach.workout.position import has_ended, place

BAD_DAYS: Final = frozenset({"say_too_soon", "say_week_is_full"})
"""Advice that rest would be better today; who trains all the same is told today's band."""


def launch(turn: Turn) -> None:
    """The launch: "Alexa, start glute workout", or an exercise by name."""
    settling.drop(turn)
    was_asked = turn.state.open_question == "does_it_hurt"
    turn.know(open_question="")
    if was_asked and turn.counting is not None and not turn.state.is_shut and not is_too_old(turn):
        turn.ask("does_it_hurt")
        return
    if turn.heard.exercise in turn.brain.exercises and turn.heard.exercise != turn.state.exercise:
        if turn.workout is not None:
            settling.close(turn, turn.workout.touched_at)
        turn.know(exercise=turn.heard.exercise)
    if is_too_old(turn):
        close_unfinished(turn)
    begin(turn)


def welcome(turn: Turn) -> None:
    """A new trainee: what this is, the disclaimer (once), and the question for the bands."""
    if not turn.state.knows_disclaimer:
        turn.say(f"cue.{turn.exercise.id}.welcome")
        turn.say("disclaimer")
        turn.know(knows_disclaimer=True)
    elif turn.heard.exercise:
        turn.say("exercise_today", exercise=turn.exercise.id)
    turn.ask("bands")


def begin(turn: Turn, *, offers_a_bad_day: bool = True) -> None:
    """A known trainee: the lock, an unfinished workout, the day, then the offer.

    Whoever has just said that a pain is gone is not offered a day on which the rules advise rest.
    """
    if pain.forbids(turn):
        return
    if not turn.state.knows_ladder:
        welcome(turn)
        return
    decision = turn.decide(_schedule(turn))
    if decision.advice == "offer_to_go_on":
        _offer_to_go_on(turn)
        return
    if decision.advice == "close_unfinished":
        close_unfinished(turn)
        decision = turn.decide(_schedule(turn))
    if decision.advice in BAD_DAYS:
        turn.say(decision.advice, day=calendar.ready_at(turn), workouts=turn.exercise.per_week)
        if not offers_a_bad_day:
            turn.leave()
            return
    offer(turn, decision.advice)


def is_under_way(turn: Turn) -> bool:
    """Whether a workout has begun that a start would go on with, and not close as too long ago."""
    return pain.is_training(turn) and not is_too_old(turn)


def is_too_old(turn: Turn) -> bool:
    """Whether the workout at hand has begun so long ago that the rules close it: nothing goes on with it then."""
    if not pain.is_training(turn):
        return False
    return turn.brain.decide(_schedule(turn), turn.exercise.id).advice == "close_unfinished"


def may_go_on(turn: Turn, last: Finished) -> bool:
    """Whether a workout that has ended so long ago would still be gone on with, had it been left instead."""
    minutes = min(MOST_MINUTES, max(0, turn.now - last.ended_at) // 60)
    left = replace(of_the_week(turn), has_unfinished=True, minutes_unfinished=minutes)
    return turn.brain.decide(left, last.workout.exercise).advice == "offer_to_go_on"


def close_unfinished(turn: Turn, *, it_hurts: bool = False) -> None:
    """The workout at hand is closed with the sets that it has, as of the time when it was last heard of.

    What hurts now may have come of it: it then leads to no tougher band.
    """
    settling.drop(turn)
    workout = turn.workout
    if workout is None:
        return
    if it_hurts:
        turn.know_of_workout(pain_reports=workout.pain_reports + 1)
    settling.close(turn, workout.touched_at)


def offer(turn: Turn, schedule: str = "train") -> None:
    """Today's band with its reason, which leg, say ready."""
    turn.know(
        workout=Workout(
            id=f"{turn.now}.{turn.state.turn}",
            exercise=turn.exercise.id,
            touched_at=turn.now,
            bands={},
            decisions=tuple(turn.decisions_before),
        )
    )
    why_not_today = turn.state.why
    today = assign.bands_for_today(turn)
    turn.know_of_workout(bands=today, later_bands={})
    offered.say_today(turn, today, why_not_today=why_not_today if schedule in BAD_DAYS else None)


def offer_again(turn: Turn) -> None:
    """The bands changed before the first set: today's band once more, in few words."""
    if pain.forbids(turn):
        return
    today = assign.bands_for_today(turn)
    turn.know_of_workout(bands=today, later_bands={})
    offered.say_again(turn, today)


def close_and_end(turn: Turn) -> None:
    """Rather not go on with the workout that was left: its sets are kept, and that is all for now."""
    workout = turn.workout
    sets = len([each for each in workout.sets if not each.tried_again]) if workout is not None else 0
    close_unfinished(turn)
    turn.leave("unfinished_kept" if sets != 1 else "unfinished_kept_one", sets=sets)


def _schedule(turn: Turn) -> ScheduleFacts:
    at_hand = turn.workout
    unfinished = at_hand is not None and pain.is_training(turn)
    away = (turn.now - at_hand.touched_at) // 60 if at_hand is not None else 0
    return replace(
        of_the_week(turn),
        has_unfinished=unfinished,
        minutes_unfinished=min(MOST_MINUTES, max(0, away)) if unfinished else 0,
    )


def of_the_week(turn: Turn) -> ScheduleFacts:
    """What the last workouts say of a day, whatever is left unfinished."""
    times = turn.state.recent_workouts
    return ScheduleFacts(
        has_unfinished=False,
        minutes_unfinished=0,
        has_trained=bool(times),
        clock_ran_back=bool(times) and turn.now < times[0],
        days_since_last=min(MOST_DAYS, calendar.days_from_nearest(turn)),
        workouts_in_7_days=len(calendar.in_the_last_week(turn)),
    )


def _offer_to_go_on(turn: Turn) -> None:
    at_hand = settling.at_hand(turn)
    if at_hand.counting is not None and has_ended(at_hand.counting):
        count = at_hand.counting.count
        turn.say("count_had_ended", side=count.side, reps=count.count_to)
        set_end.again(turn, at_hand.counting, place(turn, at_hand.counting))
        return
    sets = len([each for each in at_hand.sets if not each.tried_again])
    if at_hand.counting is not None and not sets:
        turn.say("unfinished_set", side=at_hand.counting.count.side)
        turn.ask("go_on_workout")
        return
    turn.say("unfinished" if sets != 1 else "unfinished_one", sets=sets)
    turn.ask("go_on_workout")
