"""The beginning: who is there, is there something to go on with, is today a day, which band."""

from rules.vocabulary.facts import MOST_HOURS, MOST_MINUTES, ScheduleFacts
from skill.coach.bands import assign
from skill.coach.counting.timeline import LONGEST_MS
from skill.coach.state import Workout
from skill.coach.turn import Turn
from skill.coach.value import changed
from skill.coach.workout import calendar, course, offered, pain, set_end
from skill.coach.workout.position import has_ended, paused, place


def launch(turn: Turn) -> None:
    """The launch: "Alexa, start glute workout", or an exercise by name."""
    drop_count(turn)
    if turn.heard.exercise in turn.brain.exercises and turn.heard.exercise != turn.state.exercise:
        if turn.workout is not None:
            _close_unfinished(turn)
        turn.know(exercise=turn.heard.exercise)
        if turn.state.knows_ladder and not turn.record.summaries and not turn.is_locked:
            turn.say(f"cue.{turn.exercise.id}.welcome")
    if turn.state.knows_ladder:
        begin(turn)
    elif not pain_forbids(turn):
        welcome(turn)


def welcome(turn: Turn) -> None:
    """A new trainee: what this is, the disclaimer (once), and the question for the bands."""
    if not turn.state.knows_disclaimer:
        turn.say(f"cue.{turn.exercise.id}.welcome")
        turn.say("disclaimer")
        turn.know(knows_disclaimer=True)
    turn.ask("bands", "which_bands_do_you_have")


def begin(turn: Turn, *, offers_a_bad_day: bool = True) -> None:
    """A known trainee: the lock, an unfinished workout, the day, then the offer.

    Whoever has just said that a pain is gone is not offered a day on which the rules advise rest.
    """
    if pain_forbids(turn):
        return
    decision = turn.decide(_schedule(turn))
    if decision.advice == "offer_to_go_on":
        _offer_to_go_on(turn)
        return
    if decision.advice == "close_unfinished":
        _close_unfinished(turn)
        decision = turn.decide(_schedule(turn))
    if decision.advice.startswith("say_too") or decision.advice.startswith("say_week"):
        turn.say(decision.advice, day=calendar.ready_at(turn), workouts=turn.exercise.per_week)
        if not offers_a_bad_day:
            turn.leave()
            return
    offer(turn, decision.advice)


def is_under_way(turn: Turn) -> bool:
    """Whether a workout has begun that a start would go on with, and not close as too long ago."""
    at_hand = turn.workout
    has_begun = at_hand is not None and bool(at_hand.sets or at_hand.counting or at_hand.ended)
    return has_begun and turn.brain.decide(_schedule(turn), turn.exercise.id).advice != "close_unfinished"


def pain_forbids(turn: Turn) -> bool:
    """Whether the exercise is shut; then it is said, with the words that open it."""
    if turn.decide(pain.facts(turn)).advice == "carry_on":
        return False
    pain.say_locked(turn)
    return True


def offer(turn: Turn, schedule: str = "train") -> None:
    """Today's band with its reason, which leg, say ready."""
    turn.know(
        workout=Workout(
            id=f"{turn.now}.{turn.state.turn}",
            exercise=turn.exercise.id,
            touched_at=turn.now,
            bands={},
            decisions=tuple(turn.led_here),
        )
    )
    finished, why_not_today = turn.state.finished, turn.state.why
    today = assign.bands_for_today(turn)
    turn.know(finished=finished)  # an offer alone does not begin the next workout
    turn.know_of_workout(bands=today, later_bands=assign.later_bands(turn))
    is_bad_day = schedule in ("say_too_soon", "say_week_is_full")
    offered.say_today(turn, today, why_not_today=why_not_today if is_bad_day else None)


def offer_again(turn: Turn) -> None:
    """The bands changed before the first set: today's band once more, in few words."""
    today = assign.bands_for_today(turn)
    turn.know_of_workout(bands=today, later_bands=assign.later_bands(turn))
    offered.say_again(turn, today)


def close_and_begin(turn: Turn) -> None:
    """Rather not go on with the old workout: it is closed with the sets that it has, and a new one is offered."""
    _close_unfinished(turn)
    begin(turn)


def drop_count(turn: Turn) -> None:
    """A count that nobody ended: what is known of it is kept (the conversation may have been cut off in mid-set).

    The workout was last heard of when that count was over at the latest, however much later this is found out.
    """
    at_hand = turn.workout
    if at_hand is None:
        return
    ends_at = at_hand.counting.sent_at + LONGEST_MS // 1000 if at_hand.counting else 0
    last = min(turn.now, max(at_hand.touched_at, ends_at))
    _settle_dropped(turn, at_hand)
    if turn.workout is not None:
        dropped = (changed(each, at=last) for each in turn.workout.sets[len(at_hand.sets) :])
        turn.know(workout=changed(turn.workout, touched_at=last, sets=(*at_hand.sets, *dropped)))


def _settle_dropped(turn: Turn, at_hand: Workout) -> None:
    if at_hand.ended is not None:
        ended = at_hand.ended
        course.settle(turn, ended.ended_by, ended.reps, ended.came_from)
    elif at_hand.counting is not None and at_hand.counting.paused_at_rep < 0:
        where = place(turn, at_hand.counting)
        if where.stage == "over" and where.is_exact:
            turn.know_of_workout(counting=paused(at_hand.counting, where))
        elif where.stage == "over":
            course.settle(turn, "count_ran_out", where.reps, "counted")
        elif where.stage == "reps":
            course.settle(turn, "session_dropped", where.reps, "measured" if where.is_exact else "worked_out")
        else:
            turn.know_of_workout(counting=None)


def _schedule(turn: Turn) -> ScheduleFacts:
    at_hand, times = turn.workout, turn.state.recent_workouts
    nearest = min((abs(turn.now - each) for each in times), default=0)
    unfinished = at_hand is not None and bool(at_hand.sets or at_hand.counting)
    away = (turn.now - at_hand.touched_at) // 60 if at_hand is not None else 0
    return ScheduleFacts(
        has_unfinished=unfinished,
        minutes_unfinished=min(MOST_MINUTES, max(0, away)) if unfinished else 0,
        has_trained=bool(times),
        clock_ran_back=bool(times) and turn.now < times[0],
        hours_since_last=min(MOST_HOURS, nearest // 3600),
        workouts_in_7_days=calendar.in_the_last_week(turn),
    )


def _offer_to_go_on(turn: Turn) -> None:
    at_hand = turn.workout
    assert at_hand is not None
    if at_hand.counting is not None and has_ended(at_hand.counting):
        count = at_hand.counting.count
        turn.say("count_had_ended", side=count.side, reps=count.count_to)
        set_end.again(turn, at_hand.counting, place(turn, at_hand.counting))
        return
    sets = len([each for each in at_hand.sets if not each.tried_again])
    turn.say("unfinished" if sets != 1 else "unfinished_one", sets=sets)
    turn.ask("go_on_workout", "go_on_with_it")


def _close_unfinished(turn: Turn) -> None:
    kept = list(turn.lines)
    course.finish(turn, turn.workout.touched_at if turn.workout else turn.now)
    turn.lines[:] = kept
    turn.ends = False
