"""The end of a set as the trainee tells it: "done", "stop", "I did twelve", or nothing at all."""

from typing import Final

from rules.facts import MOST_REPS, ReportFacts
from skill.coach import workout
from skill.coach.place import Place, learn, place
from skill.coach.state import Counting, Ended, SetDone, Stop
from skill.coach.turn import Turn

TEENS: Final = {40: 14, 30: 13, 50: 15, 60: 16, 70: 17, 80: 18, 90: 19}
"""What speech recognition makes of the teens, the other way round."""


def failed(turn: Turn, counting: Counting) -> None:
    """Said "I can't do any more": the rep is worked out, said back or asked."""
    where = place(turn, counting)
    if where.stage == "over":
        settle_and_go_on(turn, "said_failed", where.reps, "counted", "no")
        return
    if where.stage == "rest":
        turn.say("not_begun")
        again(turn, counting, where)
        return
    came_from = "measured" if where.is_exact else "worked_out"
    advice = turn.decide(_report(turn, came_from, where.reps, 0, where.unsure_tenths)).advice
    is_last = workout.due_after(turn, counting) is None
    if advice == "take_it" or (advice == "say_it_back" and not is_last):
        if not where.is_exact:
            turn.know_of_workout(stop=Stop(counting, where.elapsed_ms))
        settle_and_go_on(turn, "said_failed", where.reps, came_from)
        return
    _keep_ended(turn, counting, where, where.reps)
    turn.ask("confirm_reps", "i_make_that", reps=where.reps)


def ran_out(turn: Turn, could_do_more: str) -> None:
    """The answer to "could you have done another?"."""
    counting = _counting(turn)
    settle_and_go_on(turn, "count_ran_out", counting.count.count_to, "counted", could_do_more)


def number(turn: Turn, counting: Counting | None) -> None:
    """Said "I did twelve": at any time in or after a set, that is the count."""
    at_hand = turn.workout
    if at_hand is not None and at_hand.ended is not None:
        _number_for_ended(turn, at_hand.ended)
    elif counting is not None:
        _number_for_count(turn, counting)
    elif at_hand is not None and at_hand.sets:
        _correct_last(turn)
        workout.go_on(turn)


def confirmed(turn: Turn, ended: Ended) -> None:
    """Said "right": the number that was worked out stands."""
    learn(turn, ended.counting, ended.elapsed_ms, ended.reps)
    settle_and_go_on(turn, ended.ended_by, ended.reps, ended.came_from)


def settle_and_go_on(
    turn: Turn, ended_by: str, reps: int, came_from: str, could_do_more: str = "not_known", beyond: int = 0
) -> None:
    """Write the set down, say how it was, and go on by itself."""
    done = workout.settle(turn, ended_by, reps, came_from, could_do_more, beyond)
    say_result(turn, done)
    turn.know(was_doubted=False)
    workout.go_on(turn)


def say_result(turn: Turn, done: SetDone) -> None:
    """How the set was: reps, leg, colour, and what it means."""
    turn.say(f"set_{done.ended}", reps=done.reps, side=done.side, band=done.band)


def again(turn: Turn, counting: Counting, where: Place) -> None:
    """The count goes on where it was cut off, after whatever has been said."""
    count = counting.count
    if where.stage == "over" or where.reps >= count.count_to:
        turn.ask("could_do_more", "could_you_do_another", "noted_the_count", count_to=count.count_to)
        return
    left_s = max(0, count.rest_ms - where.elapsed_ms) // 1000 if where.stage == "rest" else 0
    if where.stage == "reps":
        turn.say("on_from", reps=where.reps + 1)
    workout.start_count(turn, counting.round, count.side, left_s, count.count_to, where.reps + 1)


def _number_for_ended(turn: Turn, ended: Ended) -> None:
    said = turn.heard.number or 0
    beyond = max(0, said - ended.most_reps)
    if turn.decide(_report(turn, "heard", said, beyond, 0)).advice == "doubt_it":
        _ask_number_again(turn, said, ended.most_reps, ended.counting, ended.elapsed_ms)
        return
    learn(turn, ended.counting, ended.elapsed_ms, said)
    settle_and_go_on(turn, ended.ended_by, said, "heard", beyond=beyond)


def _number_for_count(turn: Turn, counting: Counting) -> None:
    where, said = place(turn, counting), turn.heard.number or 0
    at_hand = turn.workout
    assert at_hand is not None
    if where.stage == "rest" and at_hand.sets:
        _correct_last(turn)
        again(turn, counting, where)
        return
    beyond = max(0, said - where.most_reps)
    advice = turn.decide(_report(turn, "heard", said, beyond, 0, where.most_reps)).advice
    if advice == "correct_last_set":
        _correct_last(turn)
        again(turn, counting, where)
        return
    if advice == "doubt_it":
        _ask_number_again(turn, said, where.most_reps, counting, where.elapsed_ms)
        return
    ran_out_ = said >= counting.count.count_to
    if ran_out_ and not beyond:
        turn.ask("could_do_more", "could_you_do_another", "noted_the_count", count_to=said)
        return
    settle_and_go_on(turn, "said_failed", said, "heard", beyond=beyond)


def _ask_number_again(turn: Turn, said: int, most_reps: int, counting: Counting, elapsed_ms: int) -> None:
    """The number cannot be right: asked again, with the likelier one where there is one."""
    likelier = TEENS.get(said, -1)
    reps = likelier if 0 <= likelier <= most_reps + 1 else most_reps
    ended = Ended("said_failed", reps, "worked_out", counting, elapsed_ms, most_reps)
    turn.know_of_workout(counting=None, ended=ended)
    turn.know(was_doubted=True)
    if likelier == reps:
        minutes = said * turn.exercise.rep_s // 60
        turn.ask(
            "confirm_reps", "doubt_teens", "how_many_again", reps=said, minutes=minutes, likelier=likelier
        )
    else:
        turn.ask("how_many", "doubt_number", "how_many_again")


def _correct_last(turn: Turn) -> None:
    said = turn.heard.number or 0
    facts = _report(turn, "heard", said, 0, 0)
    corrected = None if turn.decide(facts).advice == "doubt_it" else workout.correct(turn, said)
    if corrected is None:
        turn.say("number_not_taken")
    else:
        stop = turn.workout.stop if turn.workout else None
        if stop is not None and stop.counting.count.side == corrected.side:
            learn(turn, stop.counting, stop.elapsed_ms, said)
        turn.say("corrected", reps=said, side=corrected.side)


def _keep_ended(turn: Turn, counting: Counting, where: Place, reps: int) -> None:
    ended = Ended(
        "said_failed",
        reps,
        "measured" if where.is_exact else "worked_out",
        counting,
        where.elapsed_ms,
        where.most_reps,
    )
    turn.know_of_workout(counting=None, ended=ended)


def _report(
    turn: Turn, came_from: str, reps: int, beyond: int, unsure: int, reps_counted: int = MOST_REPS
) -> ReportFacts:
    return ReportFacts(
        came_from=came_from,
        reps=max(0, min(999, reps)),
        reps_beyond_count=min(999, beyond),
        reps_counted=min(MOST_REPS, reps_counted),
        follows_a_set=turn.workout is not None and bool(turn.workout.sets),
        was_doubted=turn.state.was_doubted,
        unsure_by_tenths=min(999, unsure),
    )


def _counting(turn: Turn) -> Counting:
    assert turn.workout is not None
    assert turn.workout.counting is not None
    return turn.workout.counting
