"""The rests that the trainee chose: never shorter than the exercise's own, never longer than what is counted.

A rest shorter than the exercise file's would change what the later sets show; whoever wants one says "skip the rest".
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from skill.coach.state import State

LONGEST_COUNTED_S: Final = 120
"""A longer rest is not counted: the trainee says ready."""
CHOSEN_BY: Final = {"change_side": "between_sides", "rest_then_round": "between_rounds"}
"""Which rest is meant, by the advice about what comes next."""
NAMES: Final = tuple(CHOSEN_BY.values())


class OutOfBounds(ValueError):
    """A rest that cannot be chosen: it is `least` to `most` seconds."""

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__(f"{name}: {least} to {most} s")
        self.least, self.most = least, most


class NoSuchRest(LookupError):
    """No rest has this name."""


def bounds(exercise: Exercise) -> dict[str, tuple[int, int]]:
    """The shortest and the longest rest (s) that can be chosen, by name."""
    own = {name: int(getattr(exercise.rest, name)) for name in NAMES}
    return {name: (shortest, max(shortest, LONGEST_COUNTED_S)) for name, shortest in own.items()}


def chosen(state: State, exercise: Exercise, wanted: Mapping[str, int]) -> State:
    """The state with these rests chosen; the exercise's own is no choice, and follows its file.

    Raises OutOfBounds: one is shorter or longer than can be chosen; NoSuchRest: there is none of this name.
    """
    kept = dict(state.rests_s)
    for name, rest_s in wanted.items():
        if name not in NAMES:
            raise NoSuchRest(name)
        shortest, longest = bounds(exercise)[name]
        if not shortest <= rest_s <= longest:
            raise OutOfBounds(name, shortest, longest)
        kept[name] = rest_s
        if rest_s == shortest:
            del kept[name]
    return replace(state, rests_s=kept)


def rest_s(state: State, advice: str, decided_s: int) -> int:
    """How long the rest is: what the rules say, or longer where the trainee chose so."""
    return max(decided_s, min(LONGEST_COUNTED_S, state.rests_s.get(CHOSEN_BY.get(advice, ""), 0)))
