"""The counts that workouts will ask for, worked out from the rules, so that they can be rendered beforehand."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.decision import Decide
from rules.vocabulary.facts import SetsFacts
from skill.coach.counting.form_cues import groups
from skill.coach.counting.timeline import reps_that_fit
from skill.coach.messages.reply import Count

BOTH: Final = (False, True)
MOMENTS: Final = SetsFacts.domains()["moment"].named
_CAN_BE_FRESH: Final = {
    ("workout_starts", 0): (True,),
    ("workout_starts", 1): (True,),
    ("set_settled", 0): (False,),
    ("set_settled", 1): BOTH,
    ("tilt_helped", 0): BOTH,
    ("tilt_helped", 1): BOTH,
}
"""Which sets can come next by what has just happened and whether the other side is still due in this round."""


def foreseen(exercise: Exercise, decide: Decide, question_ms: int, resumed: bool = False) -> Iterator[Count]:
    """Each different set of an exercise, once: from its first rep, and if `resumed` from each other, as after a pause.

    The `sets` rules say how far a set is counted; `question_ms` is how long the question after a count takes.
    """
    seen: set[tuple[bool, int]] = set()
    for moment, sides_left, rounds_left, is_fresh in product(MOMENTS, (0, 1), range(exercise.sets), BOTH):
        numbers = decide(SetsFacts(moment, sides_left, rounds_left, is_fresh, False), exercise.id).numbers
        if "count_to" not in numbers or is_fresh not in _CAN_BE_FRESH[moment, sides_left]:
            continue
        rest_ms = numbers["rest_s"] * 1000
        count = Count(exercise.id, "", is_fresh, rest_ms, 0, question_ms, 1, numbers["count_to"], "")
        count = replace(count, count_to=reps_that_fit(exercise, count))
        if (is_fresh, count.count_to) not in seen:
            seen.add((is_fresh, count.count_to))
            yield from (
                replace(count, from_rep=rep) for rep in range(1, count.count_to + 1 if resumed else 2)
            )
            yield from (replace(count, form=form) for form in groups(exercise) if is_fresh)
