"""How the body is to lie or stand, told with the band or without one."""

from rules.exercise import Exercise
from skill.coach.rungs import NO_BAND
from skill.coach.turn import Turn


def begin(turn: Turn, side: str, band: str) -> None:
    """The position in few words, before the first set of all."""
    turn.say(_key(turn.exercise, "begin", is_banded=band != NO_BAND), side=side)


def how_to(turn: Turn) -> None:
    """The position, then the movement; only the position speaks of the band."""
    position, *others = turn.exercise.cues
    turn.say(_key(turn.exercise, position.key, is_banded=_has_band(turn)))
    for cue in others:
        turn.say(_key(turn.exercise, cue.key, is_banded=True))


def _has_band(turn: Turn) -> bool:
    """Whether a leg trains with a band today, or did last; a trainee of whom that is not known is taken to."""
    today = turn.workout.bands if turn.workout is not None else {}
    rungs = {today.get(side) or turn.leg(side).band for side in turn.exercise.sides}
    return rungs != {NO_BAND}


def _key(exercise: Exercise, cue: str, *, is_banded: bool) -> str:
    return f"cue.{exercise.id}.{cue}" if is_banded else f"cue.{exercise.id}.{cue}_no_band"
