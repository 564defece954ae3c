"""The workout that would be under way if it were started now: tried on a copy of the state; nothing of it is kept."""

from typing import Final

from msgspec.structs import replace

from skill.coach.turn import Turn
from skill.coach.workout import settling, start

AN_OFFER_STANDS_S: Final = 3600
"""What was offered within the hour is not worked out again at "ready": that costs a third of a turn."""


def as_begun(turn: Turn) -> Turn:
    """What would be known after "start glute workout", said now; the turn itself stays as it is.

    A workout that is under way stays so. Any other is offered afresh by the same code that offers it in earnest, so
    the band that is answered today is the band that is put on.
    """
    ahead = Turn(turn.state, replace(turn.heard, exercise=""), turn.now, turn.brain)
    if not start.is_under_way(turn):
        settling.drop(ahead)
        if ahead.state.knows_ladder:
            start.begin(ahead)
    return ahead


def still_stands(turn: Turn) -> bool:
    """Whether the workout at hand is what a start would give; one that was offered long ago may no longer be."""
    at_hand = turn.workout
    if at_hand is None or start.is_under_way(turn):
        return at_hand is not None
    if 0 <= turn.now - at_hand.touched_at < AN_OFFER_STANDS_S:
        return True
    begun = as_begun(turn).workout
    is_the_same = begun is not None and (begun.bands, begun.later_bands) == (
        at_hand.bands,
        at_hand.later_bands,
    )
    return is_the_same and not at_hand.sets and turn.days_since(at_hand.touched_at) == 0
