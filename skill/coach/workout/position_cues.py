"""How the body is to lie or stand, told with the band where it is worn now or without one."""

from rules.files.exercise import Exercise
from skill.coach.bands import rungs
from skill.coach.bands.rungs import NO_BAND
from skill.coach.messages.reply import Line
from skill.coach.turn import Turn
from skill.coach.workout import settling


def beginning(turn: Turn, side: str, band: str) -> Line:
    """The position in few words, before the first set of all."""
    return Line(_key(turn.exercise, "begin", is_banded=band != NO_BAND), {"side": side})


def how_to(turn: Turn) -> None:
    """The position, then the movement; only the position speaks of the band.

    The exercise names the band's usual place. Where it is worn elsewhere, half a step tougher or lighter, that place
    is told instead; where only one leg wears it there, besides, with the leg's name.
    """
    if tilts(turn):
        tilt(turn)
        return
    position, *others = turn.exercise.cues
    worn = {side: _rung(turn, side) for side in turn.exercise.sides}
    places = {side: place for side, rung in worn.items() if (place := rungs.place_of(rung))}
    is_usual = set(worn.values()) != {NO_BAND} and len(places) < len(worn)
    turn.say(_key(turn.exercise, position.key, is_banded=is_usual), side=_side(turn))
    if len(places) == len(worn) and len(set(places.values())) == 1:
        turn.say(f"worn.{next(iter(places.values()))}")
    else:
        turn.lines.extend(Line(f"worn_for.{place}", {"side": side}) for side, place in places.items())
    for cue in others:
        turn.say(_key(turn.exercise, cue.key, is_banded=True))


def tilt(turn: Turn) -> None:
    """What is tried where the lower back hurts."""
    for cue in turn.exercise.safety_cues:
        turn.say(f"cue.{turn.exercise.id}.{cue.key}")


def tilts(turn: Turn) -> bool:
    """Whether that is being tried now: what is asked of the movement then is asked of it."""
    known = turn.state.pain
    return (
        known is not None
        and turn.state.open_question == "how_is_it"
        and (known.stands, known.report) == ("tried", "pain")
    )


def _side(turn: Turn) -> str:
    """The leg that is on top now, or in the next set."""
    at_hand = turn.workout
    if at_hand is None:
        return turn.exercise.sides[0]
    if at_hand.counting is not None:
        return at_hand.counting.count.side
    next_ = settling.due(at_hand, turn.exercise)
    return next_[1] if next_ is not None else turn.exercise.sides[0]


def _rung(turn: Turn, side: str) -> str:
    """What a leg wears now, or did last; nothing where that is not known."""
    at_hand = turn.workout
    round_ = at_hand.counting.round if at_hand is not None and at_hand.counting is not None else 1
    return (at_hand.band_of(side, round_) if at_hand is not None else "") or turn.leg(side).rung


def _key(exercise: Exercise, cue: str, *, is_banded: bool) -> str:
    return f"cue.{exercise.id}.{cue}" if is_banded else f"cue.{exercise.id}.{cue}_no_band"
