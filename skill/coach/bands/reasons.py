"""Why this band: the reason of a kept decision, with the numbers and the colour that it was made on."""

from collections.abc import Mapping, Sequence
from typing import Final

from rules.files.exercise import Exercise
from skill.coach.bands import both_legs, outlook
from skill.coach.messages.reply import Line, Param
from skill.coach.state import Leg, Logged
from skill.coach.turn import Turn

BAND_BEFORE: Final = "band_before"
"""Stands for the colour from which a leg came where that is no longer known."""


def reason(logged: Logged, exercise: Exercise, legs: Sequence[Leg] = ()) -> Line:
    """The reason of a kept decision about these legs, with the facts that counted filled in."""
    filled: dict[str, Param] = {
        name: value
        for name, value in logged.facts.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    filled |= {"window_low": exercise.window.low, "window_high": exercise.window.high}
    if logged.topic == "bands":
        filled["from_band"] = next((leg.previous_rung for leg in legs if leg.previous_rung), BAND_BEFORE)
    return Line(f"because.{logged.rule}", filled)


def sides_told(legs: Mapping[str, Leg]) -> tuple[str, ...]:
    """The sides, of legs with a band, whose reason is told: all where one reason, with its numbers, is that of all.

    Else it is the one leg whose band moved last.
    """
    kinds = {(leg.rung, leg.decided) for leg in legs.values()}
    if len(kinds) <= 1:
        return tuple(legs)
    moved_now = (side for side, leg in legs.items() if leg.decided and leg.decided.advice != "same_band")
    moved_before = (side for side, leg in legs.items() if leg.previous_rung)
    return (next(iter((*moved_now, *moved_before, *legs))),)


def of_legs(turn: Turn, legs: Mapping[str, Leg], sides: Sequence[str]) -> list[Line]:
    """Why these legs' band is what it is; which leg is meant is named where it is not all of them."""
    told = [legs[side] for side in sides]
    decided = told[0].decided if told else None
    if decided is None:
        return []
    named = [] if len(sides) == len(legs) else [Line("of_leg", {"side": sides[0]})]
    return [*named, reason(decided, turn.exercise, told)]


def now(turn: Turn, legs: Mapping[str, Leg], sides: Sequence[str]) -> list[Line]:
    """Why these legs' band is what it is today, in one sentence.

    Where one of two workouts is done, it is what the next like it would bring, if that is the same for every leg: legs
    that share a band move together, and of one alone nothing is foretold.
    """
    judged = both_legs.as_judged(legs)
    once_more = [outlook.once_more(turn, leg) for leg in judged.values()]
    if once_more and once_more[0] and all(each == once_more[0] for each in once_more):
        return once_more[0]
    return of_legs(turn, legs, sides)


def with_bands(turn: Turn) -> dict[str, Leg]:
    """The legs that have a band, by side."""
    return {side: turn.leg(side) for side in turn.exercise.sides if turn.leg(side).rung}


def why(turn: Turn, logged: Logged) -> list[Line]:
    """The reason of the last decision; a leg's own is told with the leg's name, unless it is that of all."""
    legs = with_bands(turn)
    its_own = [side for side, leg in legs.items() if leg.decided == logged]
    if not its_own:
        return [reason(logged, turn.exercise)]
    sides = sides_told(legs)
    return of_legs(turn, legs, sides if its_own[0] in sides else its_own[:1])
