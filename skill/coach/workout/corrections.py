"""A number for a set that is written down already: taken, or asked about where the clock had no time for it.

Theory of operation. Until a doubted number is answered the set stays as it was written down. The question stands open
as `how_many` while no set is being settled; the number that was doubted is the last report in the workout's log.
"""

from itertools import count

from msgspec.structs import replace

from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import MOST_REPS
from rules.vocabulary.facts import FailureFacts, ReportFacts
from skill.coach.messages.reply import Line
from skill.coach.state import SetDone, Workout
from skill.coach.turn import Turn
from skill.coach.workout import reported_reps, settling
from skill.coach.workout.position import most_reps, place


def is_open(turn: Turn, corrected: Workout | None) -> bool:
    """Whether a number for the last set of this workout was doubted, and waits for its answer."""
    return (
        turn.state.open_question == "how_many"
        and turn.state.was_doubted
        and corrected is not None
        and corrected.ended is None
        and _doubted(corrected) is not None
    )


def put_right(turn: Turn, said: int) -> SetDone | None:
    """The last set with the trainee's own number, where that is believed; None where it was asked about.

    Raises ValueError: no number belongs to the last set, for pain cut it off.
    """
    last = _last(turn)
    if last.tried_again:
        raise ValueError("a set that is tried again has no number of its own")
    most = _had_time_for(turn)
    if turn.decide(reported_reps.facts(turn, "heard", said, said - most, 0)).advice == "doubt_it":
        meant = reported_reps.likelier(said, most)
        reported_reps.ask_again(turn, said, meant, "how_many", "noted_for_now_again", noted=last.reps)
        return None
    return take(turn, said)


def take(turn: Turn, said: int) -> SetDone:
    """The last set with this number, judged again: off tempo where the clock had no time for it."""
    last = _last(turn)
    decision = turn.decide(facts_with(last, said, said - _had_time_for(turn)))
    done = with_number(last, said, decision)
    _put_in_its_place(turn, last, done)
    turn.know(was_doubted=False)
    return done


def facts_with(done: SetDone, said: int, beyond: int = 0) -> FailureFacts:
    """What the failure rules are asked of a set whose number is another one; `beyond` is what no count had time for."""
    ended_by = {"chose_to_stop": "said_stop", "interrupted": "session_dropped", "skipped": "said_failed"}
    return FailureFacts(
        ended_by=ended_by.get(done.ended, "said_failed"),
        could_do_more="yes" if done.ended == "could_do_more" and said >= done.reps else "no",
        reps=min(MOST_REPS, said),
        reps_beyond_count=min(MOST_REPS, max(0, beyond)),
    )


def with_number(done: SetDone, said: int, decision: Decision) -> SetDone:
    """The set with the trainee's own number, ended as the failure rules decided."""
    return replace(done, reps=said, ended=decision.advice, reps_source="corrected", rule=decision.rule)


def with_band(turn: Turn, band: str) -> SetDone:
    """The last set, or the last one of the leg that is named, as done on this band."""
    last = _last(turn)
    done = replace(last, band=band)
    _put_in_its_place(turn, last, done)
    return done


def was_the_others(turn: Turn) -> SetDone:
    """The last set as the other leg's. One of that leg's in the same round stays: then it is one more of it."""
    workout = settling.at_hand(turn)
    last = workout.sets[-1]
    side = next(each for each in turn.exercise.sides if each != last.side)
    others = {each.round for each in workout.sets[:-1] if each.side == side and not each.tried_again}
    round_ = next(nth for nth in count(last.round) if nth not in others)
    done = replace(last, side=side, round=round_, band=workout.band_of(side, round_))
    turn.know_of_workout(sets=(*workout.sets[:-1], done))
    return done


def turn_to_the_other(turn: Turn) -> None:
    """From here on the number at hand is that of the other leg, which was told along with the one just taken."""
    turn.side = next(each for each in turn.exercise.sides if each != turn.side)
    turn.number, turn.other = turn.other, None


def could_do_more(turn: Turn) -> None:
    """Said in the rest, "that was too easy": it belongs to the set just done, whose number stays."""
    last = _last(turn)
    if last.tried_again or last.ended == "off_tempo":
        return
    decision = turn.decide(
        FailureFacts(
            ended_by="count_ran_out", could_do_more="yes", reps=min(MOST_REPS, last.reps), reps_beyond_count=0
        )
    )
    _put_in_its_place(turn, last, replace(last, ended=decision.advice, rule=decision.rule))


def meant(turn: Turn) -> int | None:
    """The likelier number that was asked about, if there was one."""
    said = _doubted(turn.workout) if turn.workout else None
    return reported_reps.likelier(said, _had_time_for(turn)) if said is not None else None


def said_of(done: SetDone) -> Line:
    """What is said of a set that was put right."""
    if done.ended == "off_tempo":
        return Line("set_off_tempo", {"reps": done.reps, "side": done.side})
    return Line("corrected", {"reps": done.reps, "side": done.side})


def left_as_it_is(turn: Turn) -> Line:
    """What is said where a doubted number was not settled: the one that was noted before."""
    return Line("stays_noted", {"reps": _last(turn).reps, "side": _last(turn).side})


def _had_time_for(turn: Turn) -> int:
    """What the last set's count had time for at the very most; anything, where nothing is known of its end."""
    last, stop = _last(turn), turn.workout.stop if turn.workout else None
    if stop is not None and (stop.counting.round, stop.counting.count.side) == (last.round, last.side):
        return most_reps(turn, stop.counting, stop.elapsed_ms)
    return last.reps if last.reps_source in ("measured", "counted") else MOST_REPS


def _last(turn: Turn) -> SetDone:
    """The set that is put right: the last one, or the last one of the leg (or the very round) that is named."""
    named = named_sets(turn)
    return named[-1] if named else settling.at_hand(turn).sets[-1]


def named_sets(turn: Turn) -> tuple[SetDone, ...]:
    """The sets that a number may be of, by the leg and the round with which it was said; nothing where it named none.

    The one before is the one before the last, and the last one while another is being counted.
    """
    nth, side, sets = turn.heard.round, turn.side, settling.at_hand(turn).sets
    if not nth and side not in turn.exercise.sides:
        return ()
    found = [
        each
        for each in sets
        if side in ("", "both", each.side) and nth in (0, -1, each.round) and not each.tried_again
    ]
    is_counted = turn.counting is not None and place(turn, turn.counting).stage != "rest"
    if nth == -1 and not is_counted:
        found = found[:-1]
    return tuple(found)


def misses_its_set(turn: Turn) -> str:
    """Why a number is taken for no set that it names: there is none, or its leg was not said; "" otherwise."""
    nth = turn.heard.round
    if not nth and turn.side not in turn.exercise.sides:
        return ""
    named = named_sets(turn)
    if not named:
        return "no_set_for_that_number"
    return "number_of_which_leg" if nth > 0 and len({each.side for each in named}) > 1 else ""


def _put_in_its_place(turn: Turn, last: SetDone, done: SetDone) -> None:
    sets = settling.at_hand(turn).sets
    turn.know_of_workout(sets=tuple(done if each is last else each for each in sets))


def _doubted(corrected: Workout) -> int | None:
    """The number in the last report of the log, where that one was doubted."""
    reports = (each for each in reversed(corrected.decisions) if each.topic == ReportFacts.topic)
    last = next(reports, None)
    if last is None or last.advice != "doubt_it":
        return None
    return int(last.facts["reps"])
