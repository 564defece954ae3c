"""What a sentence was only a little like: asked back ("Did you mean a longer rest?"), and done on a plain yes alone.

To say the whole again in other words is hard on the floor; a yes is not. Nothing that relaxes a safeguard is asked so,
and nothing is asked so where a pain, a doctor or an emergency is what the coach waits to hear of.
"""

from typing import Final

from msgspec.structs import replace

from skill.coach.messages.heard import Heard
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import AskedBack, State
from skill.coach.turn import Turn

NOT_AT: Final = frozenset({"bands", "replace_ladder", "band_on"})
"""Where only bands are an answer."""


def _name(turn: Turn) -> str:
    """What the sentence is a little like, as the locale names it; "" where that is not asked back.

    Whether it may hurt, and soreness, have no name there: who says that may be hurting.
    """
    heard = turn.heard
    wanted = heard.topic if heard.meant == "MethodIntent" else heard.meant
    name = f"{wanted}.{heard.aspect}" if heard.aspect else wanted
    return name if name in turn.brain.asks_back else ""


def may_be_asked(turn: Turn) -> bool:
    """Whether there is something to ask back, and no body waits for an answer."""
    state = turn.state
    waits_for_a_body = state.is_shut or QUESTIONS[state.open_question].stands_on_hold
    return bool(_name(turn)) and not waits_for_a_body and state.open_question not in NOT_AT


def ask(turn: Turn) -> None:
    """Ask whether that was meant."""
    meant = replace(
        turn.heard,
        intent=turn.heard.meant,
        meant="",
        request_id="",
        device="",
        token="",
        at_ms=None,
        ms=0,
        shown=None,
    )
    turn.know(asked_back=AskedBack(meant, turn.state.open_question))
    turn.ask("did_you_mean", meant=_name(turn))


def as_meant(state: State, heard: Heard) -> tuple[State, Heard]:
    """What is known and heard now: after a yes what was meant, after a no nothing that is understood.

    Whatever else is said is heard as if nothing had been asked back. A no while a set or its rest stands still leads to
    whether anything hurts: the words may have been about that.
    """
    asked = state.asked_back
    if asked is None:
        return state, heard
    before = replace(state, asked_back=None, open_question=asked.at)
    if heard.intent in ("AMAZON.YesIntent", "OkayIntent"):
        told = {
            each: getattr(heard, each) for each in ("request_id", "device", "token", "at_ms", "ms", "shown")
        }
        return before, replace(asked.heard, **told)
    if heard.intent not in ("AMAZON.NoIntent", "DontKnowIntent", "MaybeIntent"):
        return before, heard
    is_in_a_count = state.workout is not None and state.workout.counting is not None
    waits = replace(before, open_question="does_it_hurt") if is_in_a_count else before
    return waits, replace(heard, intent="AMAZON.FallbackIntent")
