"""What a device reports of the count by itself, outside the conversation: where it stopped, or that it did not play.

Nothing may be said in answer. "Alexa, stop" reaches the skill as a PauseIntent, as this report, as both in any order,
or not at all. The report names the audio and the exact place, so it is believed, and a PauseIntent for the same stop
changes nothing more.
"""

from typing import Final

from msgspec.structs import replace

from skill.coach.messages.reply import Reply
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout.position import device_of, know_device, may_have_ended, paused, place

SURE_TO_PLAY: Final = "ssml"
"""What every device plays: the count as plain speech."""
WITHOUT_FILES: Final = "apla"
"""Alexa's own voice on the grid, for which no file has to be fetched."""
FILE_NOT_FETCHED: Final = "AUDIO_SOURCE_ERROR"
SECOND_TRY: Final = ".again"


def stopped(turn: Turn) -> None:
    """The audio of the count was stopped: the count is paused there, and can be gone on with from that rep."""
    turn.ends = True
    counting = _of_this_audio(turn)
    if counting is None or turn.heard.at_ms is None:
        return
    where = place(turn, replace(counting, paused_at_rep=-1))
    turn.know_of_workout(counting=paused(counting, where))
    if where.stage != "over":
        turn.know(open_question="resume")


def finished(turn: Turn) -> None:
    """The audio of the count was heard to its end: the question stands open until the trainee is there again."""
    turn.ends = True
    counting = _of_this_audio(turn)
    if counting is not None and counting.paused_at_rep < 0:
        at_end = replace(counting, paused_at_rep=counting.count.count_to, pause_is_exact=True)
        turn.know_of_workout(counting=at_end)


def shown_to_its_end(turn: Turn) -> None:
    """The screen showed the last repetition of the count: it has ended, unless the clock says that it cannot have."""
    turn.ends = True
    counting = _of_this_audio(turn)
    if counting is not None and may_have_ended(turn, counting):
        finished(turn)


def failed(turn: Turn) -> None:
    """The device could not fetch the count's file, or lost it: it is sent once more, to go on where it broke off."""
    counting = _of_this_audio(turn)
    sent = _sent(turn, counting) if counting is not None else None
    if counting is None or sent is None or counting.count.token.endswith(SECOND_TRY):
        not_played(turn)
        return
    count = replace(counting.count, token=counting.count.token + SECOND_TRY)
    turn.lines, turn.question, turn.count, turn.ends = list(sent.lines), sent.question, count, True
    sent_at = turn.now - (turn.heard.at_ms or 0) // 1000
    turn.know_of_workout(counting=replace(counting, count=count, sent_at=sent_at, sent_ms=turn.heard.ms))


def not_played(turn: Turn) -> None:
    """The device could not play the count: it has not begun, or has ended where the device says that it broke off.

    The device gets a plainer count from now on.
    """
    turn.ends = True
    if turn.heard.device:
        knows_of_no_fault = not device_of(turn).plays
        only_the_file = turn.heard.reason == FILE_NOT_FETCHED and knows_of_no_fault
        know_device(turn, plays=WITHOUT_FILES if only_the_file else SURE_TO_PLAY)
    counting = _of_this_audio(turn)
    if counting is not None:
        stands = replace(counting, paused_at_rep=counting.count.from_rep - 1, pause_is_exact=True)
        if turn.heard.at_ms is not None:
            stands = paused(counting, place(turn, replace(counting, paused_at_rep=-1)))
        turn.know_of_workout(counting=stands)
        turn.know(open_question="resume")


def screen_failed(turn: Turn) -> None:
    """The device could not draw its screen: from now on it gets none, and the workout does not notice."""
    turn.ends = True
    if turn.heard.device:
        know_device(turn, no_screen=True)


def _of_this_audio(turn: Turn) -> Counting | None:
    """The count at hand, if it is the one that the report is about."""
    counting = turn.counting
    return counting if counting is not None and counting.count.token == turn.heard.token else None


def _sent(turn: Turn, counting: Counting) -> Reply | None:
    """The answer that brought this count, where it is still kept."""
    kept = (each.reply for each in turn.state.recent_replies if each.reply.count is not None)
    return next((each for each in kept if each.count == counting.count), None)
