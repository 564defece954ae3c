"""What band to use: the color first, then one reason; what would change it is left to "why"."""

from collections.abc import Mapping
from typing import Final

from rules.vocabulary.decision import Decision
from skill.coach.bands import assign, both_legs, fresh_set, outlook, reasons
from skill.coach.intents import questions
from skill.coach.messages.reply import Line
from skill.coach.state import Leg, Workout
from skill.coach.turn import Turn, logged_of
from skill.coach.workout import pain, preview, settling, start

ANSWER_MS: Final = 6200
"""What the answer takes to be heard, at the most; with the question after it that makes eight seconds."""
WHY_MS: Final = 10_200


def which_band(turn: Turn) -> None:
    """The band of each leg as a workout begun now would have it, and the reason where there is time for it."""
    if turn.is_on_hold:
        pain.say_on_hold(turn)
        return
    then = preview.as_begun(turn)
    legs = reasons.with_bands(then)
    if not legs:
        turn.say("no_band_yet")
        return
    chosen = _chosen(turn, legs)
    if chosen:
        _say_bands(turn, chosen)
        return
    _say_bands(turn, {side: leg.rung for side, leg in legs.items()})
    sides = reasons.sides_told(legs)
    if start.is_under_way(turn) and any(legs[side].is_calibrating for side in sides):
        so_far = assign.first_round(turn).values()
        if so_far:
            _say_why_it_stays(turn, [each.decision for each in so_far])
            return
    _add(turn, reasons.now(then, legs, sides), ANSWER_MS)
    turn.know(why=legs[sides[0]].decided, why_exercise=turn.exercise.id)


def _say_why_it_stays(turn: Turn, so_far: list[Decision]) -> None:
    """While the band is searched for, the first sets of this workout count, and no more what it was begun on."""
    if all(each.advice in assign.STAYS for each in so_far):
        logged = logged_of(so_far[0])
        _add(turn, [reasons.reason(logged, turn.exercise)], ANSWER_MS)
        turn.know(why=logged, why_exercise=turn.exercise.id)


def why(turn: Turn) -> None:
    """The reason for the last decision; of a band also what to expect of it, or what would change it.

    Whoever asks for the band's ("why that band", "why red") is told that one, whatever was decided since; and whoever
    has just been told the reason, what would change it, and then on whose word it rests.
    """
    if _is_of_the_band(turn) and not _look_to_the_band(turn):
        return
    logged = turn.state.why
    if logged is None:
        turn.say("nothing_decided_yet")
        return
    if turn.is_on_hold:
        pain.say_on_hold(turn)
    reason = reasons.why(turn, logged)
    is_known = not turn.is_on_hold and any(lines[: len(reason)] == reason for lines in _told(turn))
    turn.lines.extend([] if is_known else reason)
    then = preview.as_begun(turn)
    legs = both_legs.as_judged(reasons.with_bands(then))
    its_own = [leg for leg in legs.values() if leg.decided == logged]
    if its_own and not turn.is_on_hold:
        _add(turn, _expected(then, its_own[0]) or _foretold(then, tuple(legs.values())), WHY_MS)
    if is_known and _was_told(turn):
        turn.lines.clear()
        questions.says_who(turn)
        if _was_told(turn):
            turn.lines = [Line("that_is_all")]


def _told(turn: Turn) -> list[list[Line]]:
    """What the last answers said; one that gave a reason for "why" begins with it."""
    return [[*each.reply.lines] for each in turn.state.recent_replies]


def _was_told(turn: Turn) -> bool:
    """Whether all that is to be said now was said in the last answers."""
    told = [line for lines in _told(turn) for line in lines]
    return all(line in told for line in turn.lines)


def _is_of_the_band(turn: Turn) -> bool:
    return not turn.is_on_hold and (bool(turn.heard.bands) or turn.heard.aspect == "band")


def _look_to_the_band(turn: Turn) -> bool:
    """Make the band's decision the one to be told of; False where all of it has been said.

    A band that is worn by choice has no other reason. Where the band is searched for, the first sets of this workout
    have theirs.
    """
    legs = reasons.with_bands(preview.as_begun(turn))
    if not legs:
        turn.say("no_band_yet")
        return False
    if turn.workout is not None and _is_another(turn, turn.workout):
        turn.say("own_choice")
        return False
    sides = reasons.sides_told(legs)
    is_searching = start.is_under_way(turn) and any(leg.is_calibrating for leg in legs.values())
    so_far = [each.decision for each in assign.first_round(turn).values()] if is_searching else []
    moved = [each for each in so_far if each.advice not in assign.STAYS]
    if so_far and not (moved and _chosen(turn, legs)):
        turn.know(why=legs[sides[0]].decided or turn.state.why, why_exercise=turn.exercise.id)
        turn.lines.extend(reasons.of_legs(turn, legs, sides))
        _add(
            turn, [reasons.reason(logged_of(each), turn.exercise) for each in so_far[:1] if not moved], WHY_MS
        )
        return False
    decided = logged_of(moved[0]) if moved else legs[sides[0]].decided
    turn.know(why=decided or turn.state.why, why_exercise=turn.exercise.id)
    return True


def _is_another(turn: Turn, workout: Workout) -> bool:
    """Whether another band is worn than the one that the coach chose."""
    worn = settling.worn(turn, workout)
    return any(worn.get(side) != band for side, band in workout.as_offered.items())


def _foretold(turn: Turn, legs: tuple[Leg, ...]) -> list[Line]:
    """What would change the band, where it is the same for every leg: legs that share a band move together."""
    every = [outlook.lines(turn, leg) for leg in legs]
    return every[0] if all(each == every[0] for each in every) else []


def _add(turn: Turn, lines: list[Line], most_ms: int) -> None:
    """Say more, where there is time for it and it has not just been said."""
    more = [line for line in lines if line not in turn.lines]
    if turn.brain.heard_ms([*turn.lines, *more], turn.state.turn) <= most_ms:
        turn.lines.extend(more)


def _chosen(turn: Turn, legs: Mapping[str, Leg]) -> dict[str, str]:
    """What is worn now in a workout under way, where it is not what the legs are judged on; nothing where it is."""
    workout = turn.workout
    if workout is None or not workout.later_bands or not start.is_under_way(turn):
        return {}
    sides = workout.sides or turn.exercise.sides
    worn = {side: band for side, band in settling.worn(turn, workout).items() if side in sides}
    return {} if all(legs[side].rung == band for side, band in worn.items() if side in legs) else worn


def _say_bands(turn: Turn, bands: Mapping[str, str]) -> None:
    colors = {*bands.values()}
    if len(colors) == 1:
        turn.say("use_band", band=colors.pop())
    else:
        turn.say("use_bands", **{f"{side}_band": band for side, band in bands.items()})


def _expected(turn: Turn, leg: Leg) -> list[Line]:
    """How many reps to expect of a tougher band on which the leg has not been yet."""
    if leg.sets_here or leg.decided is None or leg.decided.advice != "tougher_band":
        return []
    reps = fresh_set.facts_by_name(leg).get("tougher_band_reps")
    if isinstance(reps, int):
        return [Line("expect_about", {"reps": reps})]
    return [Line("expect_fewer", {"window_low": turn.exercise.window.low})]
