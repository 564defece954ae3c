"""What band to use: colour, why, and what would change it, in one breath."""

from collections.abc import Mapping

from skill.coach.bands import assign, fresh_set, outlook, reasons
from skill.coach.reply import Line
from skill.coach.state import Leg
from skill.coach.turn import Turn
from skill.coach.workout import pain, preview


def which_band(turn: Turn) -> None:
    """The band of each leg as a workout begun now would have it, the reason, and what would change it."""
    if turn.is_on_hold:
        pain.say_on_hold(turn)
        return
    then = preview.as_begun(turn)
    legs = reasons.with_bands(then)
    if not legs:
        turn.say("no_band_yet")
        return
    _say_bands(turn, legs)
    turn.lines.extend(assign.later_lines(then))
    outlooks = {side: outlook.lines(then, leg) for side, leg in legs.items()}
    sides = reasons.told_of(legs)
    if any(outlooks[side] != outlooks[sides[0]] for side in sides):
        sides = sides[:1]
    turn.lines.extend(reasons.of_legs(then, legs, sides))
    told = legs[sides[0]]
    expected = _expected(then, told)
    turn.lines.extend(expected)
    is_full = bool(expected) or len(sides) < len(legs)
    turn.lines.extend(outlook.lines(then, told, upwards_only=True) if is_full else outlooks[sides[0]])
    turn.know(why=legs[sides[0]].decided, why_exercise=turn.exercise.id)


def _say_bands(turn: Turn, legs: Mapping[str, Leg]) -> None:
    colours = {leg.band for leg in legs.values()}
    if len(colours) == 1:
        turn.say("use_band", band=colours.pop())
    else:
        turn.say("use_bands", **{f"{side}_band": leg.band for side, leg in legs.items()})


def _expected(turn: Turn, leg: Leg) -> list[Line]:
    """How many reps to expect of a tougher band on which the leg has not been yet."""
    if leg.sets_here or leg.decided is None or leg.decided.advice != "tougher_band":
        return []
    reps = int(fresh_set.facts_by_name(leg)["tougher_reps"])
    if reps:
        return [Line("expect_about", {"reps": reps})]
    return [Line("expect_fewer", {"window_low": turn.exercise.window.low})]
