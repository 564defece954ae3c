"""What is said before a workout: which exercise and band, which leg first, why, and "say ready"."""

from collections.abc import Mapping
from typing import Final

from skill.coach.bands import reasons
from skill.coach.messages.reply import Line, Param
from skill.coach.state import Logged
from skill.coach.turn import Turn
from skill.coach.workout import position_cues, recall

KNOWN_MS: Final = 8000
"""What a known trainee listens to before the first set, at the most; a reason that is longer is told on "why"."""


def say_today(turn: Turn, today: Mapping[str, str], *, why_not_today: Logged | None) -> None:
    """Today's bands; the reason is left to "why" where two bands, or a search explained, fill the answer already.

    `why_not_today` is the decision against a day that the rules call a bad one; then it is what "why" tells.
    """
    side, is_first = turn.exercise.sides[0], not turn.record.summaries
    ready = Line(_ready_key(turn, is_bad_day=why_not_today is not None), {"side": side})
    if is_first:
        _say_search(turn, today[side], side, ready)
    else:
        _say_bands(turn, today, ready)
    if why_not_today is not None:
        turn.know(why=why_not_today)
    else:
        _say_reason(turn, ready, is_silent=is_first or len(set(today.values())) > 1)
    turn.ask("ready", ready.key, "say_ready_again", side=side)


def say_again(turn: Turn, today: Mapping[str, str]) -> None:
    """The bands changed before the first set: today's once more, in few words."""
    side = turn.exercise.sides[0]
    turn.lines.extend(_ways(turn, today)[0])
    turn.ask("ready", "say_ready", "say_ready_again", side=side)


def _ready_key(turn: Turn, *, is_bad_day: bool) -> str:
    """How "ready" is asked for; whoever has never trained with the coach is offered a warm-up, and nobody else."""
    if is_bad_day:
        return "say_ready_anyway"
    return "say_ready" if turn.state.recent_workouts else "say_ready_or_warm_up"


def _say_search(turn: Turn, band: str, side: str, ready: Line) -> None:
    """A first workout: the band to start with and how to lie; how a set goes, too, to whoever has never trained."""
    position = position_cues.beginning(turn, side, band)
    if not turn.state.recent_workouts:
        if turn.heard.exercise:
            turn.say("exercise_today", exercise=turn.exercise.id)
        turn.say("first_band_of_all", band=band)
        turn.lines.append(position)
        return
    key = "first_band_of_exercise" if recall.is_named(turn) else "first_band"
    turn.say(key, exercise=turn.exercise.id, band=band)
    _add_in_time(turn, [position], ready)


def _say_reason(turn: Turn, ready: Line, *, is_silent: bool) -> None:
    """Why this band, or what one more workout like the last would bring; `is_silent` leaves it to "why"."""
    legs = reasons.with_bands(turn)
    sides = reasons.sides_told(legs)
    if sides:
        turn.know(why=legs[sides[0]].decided, why_exercise=turn.exercise.id)
    if is_silent:
        return
    _add_in_time(turn, reasons.now(turn, legs, sides), ready)


def _add_in_time(turn: Turn, more: list[Line], ready: Line) -> None:
    """Say more, where a known trainee still hears "say ready" in time; else it is there for the asking."""
    if turn.brain.heard_ms([*turn.lines, *more, ready], turn.state.turn) <= KNOWN_MS:
        turn.lines.extend(more)


def _say_bands(turn: Turn, today: Mapping[str, str], ready: Line) -> None:
    """The bands, after the exercise's name where it is said; what takes too long is told as each leg begins."""
    ways = _ways(turn, today)
    heard_ms, nth = turn.brain.heard_ms, turn.state.turn
    in_time = (way for way in ways if heard_ms([*turn.lines, *way, ready], nth) <= KNOWN_MS)
    turn.lines.extend(next(in_time, ways[-1]))


def _ways(turn: Turn, today: Mapping[str, str]) -> list[list[Line]]:
    """How today's bands can be said, from the fullest to the shortest."""
    side = turn.exercise.sides[0]
    named = [Line("exercise_today", {"exercise": turn.exercise.id})] if recall.is_named(turn) else []
    if len(set(today.values())) == 1:
        band = Line("band_today", {"band": today[side], "side": side})
        return [[*named, band], [band], [Line("use_band", {"band": today[side]})]]
    bands: dict[str, Param] = {f"{each}_band": band for each, band in today.items()}
    both = Line("bands_today", {"side": side, **bands})
    alone = Line("bands_alone", bands)
    return [[*named, both], [*named, alone], [alone], [Line("that_leg_first", {"side": side})]]
