"""What the core is given from outside: the rulebook's decisions, the exercises, the length of words, the calendar."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from rules.files.exercise import Exercise
from rules.vocabulary.decision import Decide
from skill.coach.counting.timeline import Timeline
from skill.coach.messages.reply import Count, Line

DAY_S: Final = 24 * 3600
WEEK_DAYS: Final = 7


def utc_day(at: int) -> int:
    """The calendar day of an instant (seconds since 1970), counted from 1970, in UTC."""
    return at // DAY_S


def unmeasured(lines: Sequence[Line], turn: int) -> int:
    """No time at all: without words nobody listens."""
    return 0


DEFAULT_EXERCISE: Final = "glute_raise"
"""What is trained, and shown, until another exercise is named."""


class Brain(Struct, frozen=True):
    """Pure functions only: the same question always has the same answer.

    `speech_ms` estimates how long lines take to be said, so that the rest that holds them
    is never too short. `sources_of` names what a rule rests on, by its id. `plan` lays a count's seconds out.
    `heard_ms` is how long somebody listens to lines as they are said at a turn: what is too long to be heard is
    measured by it, and where nothing measures it nothing is too long.
    `asks_back` names what there are words for to ask "did you mean ...?": an intent, its aspect, a topic of the method.
    `day_of` gives the calendar day of an instant in the trainee's zone: days are told as people count them.
    """

    decide: Decide
    exercises: Mapping[str, Exercise]
    speech_ms: Callable[[Sequence[Line]], int]
    sources_of: Callable[[str], tuple[str, ...]]
    plan: Callable[[Count], Timeline]
    default_exercise: str = DEFAULT_EXERCISE
    day_of: Callable[[int], int] = utc_day
    heard_ms: Callable[[Sequence[Line], int], int] = unmeasured
    asks_back: frozenset[str] = frozenset()
