"""Whether a number of reps is believed, and what is asked where it is not."""

from typing import Final

from rules.vocabulary.domain import MOST_REPS
from rules.vocabulary.facts import ReportFacts
from skill.coach.messages.reply import Param
from skill.coach.state import Question
from skill.coach.turn import Turn

TEENS: Final = {40: 14, 30: 13, 50: 15, 60: 16, 70: 17, 80: 18, 90: 19}
"""What speech recognition makes of the teens, the other way round."""


def facts(
    turn: Turn,
    reps_source: str,
    reps: int,
    beyond: int,
    unsure: int,
    reps_counted: int = MOST_REPS,
    *,
    below: int = 0,
    answers_more: bool = False,
) -> ReportFacts:
    """A number as the rulebook wants to know it."""
    return ReportFacts(
        reps_source=reps_source,
        reps=max(0, min(999, reps)),
        reps_beyond_count=max(0, min(999, beyond)),
        reps_counted=min(MOST_REPS, reps_counted),
        reps_below_count=max(0, min(MOST_REPS, below)),
        answers_more=answers_more,
        follows_a_set=turn.workout is not None and bool(turn.workout.sets),
        was_doubted=turn.state.was_doubted,
        unsure_by_tenths=min(999, unsure),
    )


def likelier(said: int, most_reps: int) -> int | None:
    """The number that was meant, where another one sounds like it and the count had time for that one."""
    meant = TEENS.get(said)
    return meant if meant is not None and meant <= most_reps + 1 else None


def ask_again(
    turn: Turn,
    said: int,
    meant: int | None,
    asked: Question,
    again: str,
    *,
    is_short: bool = False,
    **more: Param,
) -> None:
    """The number cannot be right: the one that was meant is offered, else the number is asked for once more."""
    turn.know(was_doubted=True)
    if meant is not None:
        minutes = said * turn.exercise.rep_s // 60
        turn.ask(asked, "doubt_teens", again, reps=said, minutes=minutes, likelier=meant, **more)
    elif said and is_short:
        turn.ask("how_many", "doubt_short", again, reps=said, **more)
    elif said:
        turn.ask("how_many", "doubt_beyond", again, reps=said, **more)
    else:
        turn.ask("how_many", "doubt_number", again, **more)
