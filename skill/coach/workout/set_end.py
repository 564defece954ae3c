"""The end of a set as the trainee tells it: "done", "stop", "I did twelve", or nothing at all."""

from msgspec.structs import replace

from skill.coach.state import Counting, Ended, EndedBy, RepsSource, SetDone
from skill.coach.turn import Turn
from skill.coach.workout import corrections, course, reported_reps, settling
from skill.coach.workout.position import Place, learn, paused, place, stand_still


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
    source = settling.source_of(where)
    advice = turn.decide(reported_reps.facts(turn, source, where.reps, 0, where.unsure_tenths)).advice
    is_last = settling.due_after(turn, counting) is None
    if advice == "take_it" or (advice == "say_it_back" and not is_last):
        settle_and_go_on(turn, "said_failed", where.reps, source)
        return
    turn.know_of_workout(counting=None, ended=_ended(counting, where, where.reps, source))
    turn.ask("confirm_reps", reps=where.reps)


def ran_out(turn: Turn, could_do_more: str) -> None:
    """The answer to "could you have done another?"."""
    counting = turn.counting
    assert counting is not None
    settle_and_go_on(turn, "count_ran_out", counting.count.count_to, "counted", could_do_more)


def number(turn: Turn, counting: Counting | None) -> None:
    """Said "I did twelve": at any time in or after a set, that is the count."""
    if counting is not None and _was_the_other_leg(turn, counting):
        counting = turn.counting
    at_hand = turn.workout
    if at_hand is not None and turn.other is not None and at_hand.ended is None:
        _of_both_legs(turn, counting)
    elif at_hand is not None and at_hand.ended is not None:
        _number_for_ended(turn, at_hand.ended)
    elif counting is not None and (turn.heard.round or _names_another_leg(turn, counting)):
        _correct_last(turn, counting)
    elif counting is not None and not corrections.is_open(turn, at_hand):
        _number_for_count(turn, counting)
    elif at_hand is not None and at_hand.sets:
        _correct_last(turn, counting)


def _was_the_other_leg(turn: Turn, counting: Counting) -> bool:
    """Whether the number is said to be of the leg that is not counted, and that has done no set: so it was that one."""
    at_hand, count, side = settling.at_hand(turn), counting.count, turn.side
    if (
        side not in turn.exercise.sides
        or side == count.side
        or turn.other is not None
        or turn.heard.round
        or any(each.side == side for each in at_hand.sets)
        or place(turn, counting).stage == "rest"
    ):
        return False
    mine = replace(count, side=side, band=at_hand.band_of(side, counting.round))
    turn.know_of_workout(counting=replace(counting, count=mine))
    return True


def hold_back(turn: Turn) -> None:
    """A count that was to begin waits, as a paused one does."""
    if turn.count is not None and turn.counting is not None:
        stand_still(turn)
        turn.count = None


def keep_number(turn: Turn, counting: Counting | None) -> None:
    """A number while it is asked whether anything hurts: the set that stood still is written down, and no more."""
    where = place(turn, counting) if counting is not None else None
    said = turn.number or 0
    if where is not None and where.stage != "rest" and 0 < said <= where.most_reps:
        say_result(turn, settling.settle(turn, "said_failed", said, "heard"))


def _names_another_leg(turn: Turn, counting: Counting) -> bool:
    """Whether the number is said to be one of the leg that is not being counted, and there is a set of it."""
    at_hand, named = settling.at_hand(turn), turn.side
    return named != counting.count.side and any(each.side == named for each in at_hand.sets)


def _of_both_legs(turn: Turn, counting: Counting | None) -> None:
    """A number for each leg: the one that is written down is put right first, the other may be of the set at hand."""
    open_side = counting.count.side if counting is not None and place(turn, counting).stage != "rest" else ""
    if turn.side == open_side:
        said = turn.number
        corrections.turn_to_the_other(turn)
        turn.other = said
    if missed := corrections.misses_its_set(turn):
        turn.say(missed)
    else:
        done = corrections.put_right(turn, turn.number or 0)
        if done is None:
            return
        turn.lines.append(corrections.said_of(done))
    corrections.turn_to_the_other(turn)
    number(turn, counting)


def confirmed(turn: Turn, ended: Ended) -> None:
    """Said "right": the number that was worked out stands."""
    learn(turn, ended.counting, ended.elapsed_ms, ended.reps)
    settle_and_go_on(turn, ended.ended_by, ended.reps, ended.reps_source)


def doubt_settled(turn: Turn, *, says_yes: bool) -> None:
    """An answer without a number to a doubted one: the likelier number it is, or what was noted before stands."""
    at_hand = settling.at_hand(turn)
    meant = corrections.meant(turn)
    if not says_yes:
        turn.lines.append(corrections.left_as_it_is(turn))
    elif meant is None:
        turn.ask("how_many")
        return
    else:
        turn.lines.append(corrections.said_of(corrections.take(turn, meant)))
    _on_after_correction(turn, at_hand.counting)


def settle_and_go_on(
    turn: Turn,
    ended_by: EndedBy,
    reps: int,
    source: RepsSource,
    could_do_more: str = "not_known",
    beyond: int = 0,
) -> None:
    """Write the set down, say how it was, and go on by itself."""
    done = settling.settle(turn, ended_by, reps, source, could_do_more, beyond)
    say_result(turn, done)
    turn.know(was_doubted=False)
    course.go_on(turn)


def stopped(turn: Turn) -> None:
    """The set at hand ends where it stands, by the trainee's choice or at their limit, and it is said how it was."""
    done = settling.settle_open(turn, "said_failed" if turn.heard.answer == "no" else "said_stop")
    if done is not None:
        say_result(turn, done)


def ask_how_many(turn: Turn, counting: Counting) -> None:
    """The set has ended, and how many it were was not told: it is asked, with the rep at hand to fall back on."""
    where = place(turn, counting)
    ended = _ended(counting, where, where.reps, settling.source_of(where))
    turn.know_of_workout(counting=None, ended=ended)
    turn.ask("how_many", "how_many_again", "how_many")


def asks_what_was_done(turn: Turn, counting: Counting | None) -> bool:
    """Whether a count ran out that nobody has answered: how many were good is asked before anything goes on.

    Whatever was said instead tells nothing of the reps. Where the trainee does not know either, they judge nothing.
    """
    if counting is None or place(turn, counting).stage != "over":
        return False
    where = place(turn, counting)
    ended = _ended(counting, where, where.reps, "counted")
    turn.know_of_workout(counting=None, ended=replace(ended, ended_by="count_ran_out"))
    turn.ask("how_many", "how_many_were_good", "how_many_again")
    return True


def asks_if_it_was(turn: Turn) -> bool:
    """Whether a number was put as a question to a count that ran out: it is asked back before it is written down."""
    counting, said = turn.counting, turn.number or 0
    if counting is None or said <= 0 or (where := place(turn, counting)).stage != "over" or said > where.reps:
        return False
    turn.know_of_workout(counting=None, ended=_ended(counting, where, said, "heard"))
    turn.ask("confirm_reps", reps=said)
    return True


def set_taken_up(turn: Turn) -> bool:
    """Whether the set just stopped by choice goes on from its rep: it counts as not done yet."""
    workout = settling.at_hand(turn)
    if workout.stop is None or not workout.sets or workout.sets[-1].ended != "chose_to_stop":
        return False
    count, last = workout.stop.counting.count, workout.sets[-1]
    turn.know_of_workout(sets=workout.sets[:-1], stop=None)
    turn.say("on_from", reps=last.reps + 1)
    course.start_count(turn, last.round, last.side, 0, count.count_to, last.reps + 1)
    return True


def say_result(turn: Turn, done: SetDone) -> None:
    """How the set was: reps, leg, colour, and what it means."""
    turn.say(f"set_{done.ended}", reps=done.reps, side=done.side, band=done.band)


def again(turn: Turn, counting: Counting, where: Place) -> None:
    """The count goes on where it was cut off, after whatever has been said."""
    count = counting.count
    if where.stage == "over" or where.reps >= count.count_to:
        turn.ask("could_do_more", count_to=count.count_to)
        return
    left_s = max(0, count.rest_ms - where.elapsed_ms) // 1000 if where.stage == "rest" else 0
    if where.stage == "reps":
        turn.say("on_from", reps=where.reps + 1)
    elif not turn.lines:
        turn.say("all_right")
    course.start_count(turn, counting.round, count.side, left_s, count.count_to, where.reps + 1)


def is_running(turn: Turn, counting: Counting) -> bool:
    """Whether a set is under way, and not counted to its end yet."""
    return place(turn, counting).stage == "reps"


def miscounted(turn: Turn, counting: Counting, reps: int) -> None:
    """It should be so many by now: the count goes on from there, and one that stands still is put there."""
    reps = min(max(0, reps), counting.count.count_to - 1)
    if counting.paused_at_rep < 0:
        again(turn, counting, replace(place(turn, counting), reps=reps))
        return
    turn.know_of_workout(counting=replace(counting, paused_at_rep=reps))
    turn.say("paused" if reps else "paused_before", reps=reps)
    turn.ask("resume", reps=reps)


def resume(turn: Turn, counting: Counting) -> None:
    """The count goes on from the rep at hand; a rest is cut short."""
    where = place(turn, counting)
    if where.stage == "rest":
        count = counting.count
        course.start_count(turn, counting.round, count.side, 0, count.count_to, count.from_rep)
    else:
        again(turn, counting, where)


def _number_for_ended(turn: Turn, ended: Ended) -> None:
    said = turn.number or 0
    beyond = max(0, said - ended.most_reps)
    was_heard_out = ended.ended_by == "count_ran_out"  # whoever falls silent early hears it to its end, too
    below = 0 if was_heard_out else ended.reps - said
    facts = reported_reps.facts(turn, "heard", said, beyond, 0, below=below)
    if turn.decide(facts).advice == "doubt_it":
        _ask_number_again(turn, said, ended)
        return
    learn(turn, ended.counting, ended.elapsed_ms, said)
    settle_and_go_on(turn, "said_failed" if was_heard_out else ended.ended_by, said, "heard", beyond=beyond)


def _number_for_count(turn: Turn, counting: Counting) -> None:
    where, said = place(turn, counting), turn.number or 0
    at_hand = settling.at_hand(turn)
    if where.stage == "rest" and at_hand.sets:
        _correct_last(turn, counting)
        return
    beyond = max(0, said - where.most_reps)
    is_over = where.stage == "over" and turn.state.open_question == "could_do_more"
    seen = 0 if where.stage == "over" else where.reps  # whoever falls silent early lets a count run out, too
    facts = reported_reps.facts(
        turn, "heard", said, beyond, 0, where.most_reps, below=seen - said, answers_more=is_over
    )
    advice = turn.decide(facts).advice
    if advice == "correct_last_set":
        _correct_last(turn, counting)
        return
    if advice == "doubt_it":
        _ask_number_again(turn, said, _ended(counting, where, where.most_reps, "worked_out"))
        return
    ran_out_ = said >= counting.count.count_to
    if ran_out_ and not beyond:
        turn.ask("could_do_more", count_to=said)
        return
    settle_and_go_on(turn, "said_failed", said, "heard", beyond=beyond)


def _ask_number_again(turn: Turn, said: int, ended: Ended) -> None:
    """The number cannot be right: asked again, with the likelier one where there is one.

    Whoever goes on without another number has done the fewer reps of the two: more would make the next band tougher.
    """
    likelier = reported_reps.likelier(said, ended.most_reps)
    is_short = said < ended.most_reps
    reps = likelier or (said if said and is_short else ended.most_reps)
    ended = replace(ended, ended_by="said_failed", reps=reps, reps_source="worked_out")
    turn.know_of_workout(counting=None, ended=ended)
    reported_reps.ask_again(turn, said, likelier, "confirm_reps", "how_many_again", is_short=is_short)


def _correct_last(turn: Turn, counting: Counting | None) -> None:
    """The number puts the last set right, and on; while a doubted one is asked about, what had begun waits."""
    where = place(turn, counting) if counting is not None else None
    at_hand, said = settling.at_hand(turn), turn.number or 0
    if missed := corrections.misses_its_set(turn):
        turn.say(missed)
    elif at_hand.sets[-1].tried_again:
        turn.say("number_not_taken")
    else:
        done = corrections.put_right(turn, said)
        if done is None:
            waits = paused(counting, where) if counting is not None and where and where.reps else None
            turn.know_of_workout(counting=waits)
            return
        if at_hand.stop is not None and at_hand.stop.counting.count.side == done.side:
            learn(turn, at_hand.stop.counting, at_hand.stop.elapsed_ms, said)
        turn.lines.append(corrections.said_of(done))
    _on_after_correction(turn, counting)


def _on_after_correction(turn: Turn, counting: Counting | None) -> None:
    if counting is None:
        course.go_on(turn)
    else:
        again(turn, counting, place(turn, counting))


def _ended(counting: Counting, where: Place, reps: int, source: RepsSource) -> Ended:
    known = replace(counting, pause_is_exact=where.is_exact or where.stage == "over")
    return Ended("said_failed", reps, source, known, where.elapsed_ms, where.most_reps)
