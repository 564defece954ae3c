"""What a player reports by itself, outside the conversation: where it stopped, and that it could not play at all.

Nothing may be said in answer. "Alexa, stop" reaches the skill as a PauseIntent, as this report, as both in any order,
or not at all; the report names the audio and the exact place, so it is the truth, and its twin changes nothing more.
"""

from dataclasses import replace
from typing import Final

from skill.coach.place import know_device, paused, place
from skill.coach.state import Counting
from skill.coach.turn import Turn

SURE_TO_PLAY: Final = "ssml"
"""What every device plays: the count as plain speech."""


def stopped(turn: Turn) -> None:
    """The audio of the count was stopped: the count is paused there, and can be gone on with from that rep."""
    turn.ends = True
    counting = _of_this_audio(turn)
    if counting is None or turn.heard.at_ms is None:
        return
    where = place(turn, replace(counting, paused_at_rep=-1))
    if where.stage != "over":
        turn.know_of_workout(counting=paused(counting, where))
        turn.know(asked="resume")


def not_played(turn: Turn) -> None:
    """The device could not play the count: it has not begun, and this device gets plain speech from now on."""
    turn.ends = True
    if turn.heard.device:
        know_device(turn, plays=SURE_TO_PLAY)
    counting = _of_this_audio(turn)
    if counting is not None:
        unbegun = replace(counting, paused_at_rep=counting.count.from_rep - 1, pause_is_exact=True)
        turn.know_of_workout(counting=unbegun)
        turn.know(asked="resume")


def _of_this_audio(turn: Turn) -> Counting | None:
    """The count at hand, if it is the one that the report is about."""
    counting = turn.workout.counting if turn.workout else None
    return counting if counting is not None and counting.count.token == turn.heard.token else None
