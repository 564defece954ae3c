"""What was not understood: asked back where it is a little like something, else met with an example of what to say.

A count and its rest stand still meanwhile.
"""

from typing import Final

from skill.coach.intents import asked_back, resume_thread
from skill.coach.state import Counting
from skill.coach.turn import Turn
from skill.coach.workout.position import is_counting, paused, place

LEAVES_AFTER: Final = 3
CHAT: Final = frozenset({"music", "off_topic", "room", "teased"})
"""What is none of the coach's business, and met with a line of its own where no set runs and nothing may hurt."""
BODY: Final = "body"
"""It names a joint, or is a little like what is said of a body: "say ready" would pass over it."""


def not_understood(turn: Turn, counting: Counting | None) -> None:
    """Nothing was understood: a count stands still, an open question is asked again, then with an example."""
    if _is_idle_talk(turn, counting):
        turn.say(f"chat.{turn.heard.meant}")
        resume_thread.to_the_thread(turn, counting)
        return
    turn.know(misunderstood=turn.state.misunderstood + 1)
    where = place(turn, counting) if counting is not None and counting.paused_at_rep < 0 else None
    if counting is not None and where is not None and where.stage != "over":
        turn.know_of_workout(counting=paused(counting, where))
    if where is not None and where.stage == "reps":
        _may_be_a_body(turn)
        return
    nth = turn.state.misunderstood
    if nth >= LEAVES_AFTER and counting is None and not turn.asks.stands_on_hold:
        turn.know(misunderstood=0)
        turn.leave("leave_it_there")
        return
    if asked_back.may_be_asked(turn):
        asked_back.ask(turn)
        return
    if where is not None and where.stage == "rest":
        _may_be_a_body(turn)
        return
    turn.say("not_understood")
    if turn.heard.meant == BODY and not turn.state.is_shut and not turn.asks.stands_on_hold:
        turn.ask("does_it_hurt", "does_anything_hurt_yes_or_no", "does_anything_hurt_again")
        return
    if nth % 2 and turn.state.open_question == "ready":
        # the words may have been about pain, so this is no plain invitation
        turn.ask("ready", "say_ready_or_where", "say_ready", **resume_thread.told(turn))
    elif nth % 2:
        resume_thread.to_the_thread(turn, counting)
    else:
        row = turn.asks
        turn.ask(turn.state.open_question, row.help, row.again, **resume_thread.told(turn))


def _is_idle_talk(turn: Turn, counting: Counting | None) -> bool:
    """Whether it is of music or the weather, say, and no set runs in which the words might tell of a body."""
    waits_for_a_body = turn.state.pain is not None or turn.asks.stands_on_hold
    return turn.heard.meant in CHAT and not waits_for_a_body and not is_counting(turn, counting)


def _may_be_a_body(turn: Turn) -> None:
    """The words may have been about pain: that is asked."""
    turn.say("not_understood")
    turn.ask("does_it_hurt")
