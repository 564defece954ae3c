"""A picture of the bands policy: what each situation leads to as the fresh set's repetitions run from few to many.

A row is the situation of one rule, as far as it does not follow from the repetitions themselves. What does follow is
worked out for each square: how far off the window they are, whether two workouts agree, what a neighbouring band that
was tried would give. For the last one the picture has to assume a step: `STEP_REPS` repetitions.
"""

from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from rules.cases.cases import decider
from rules.cases.draft import nearest_to
from rules.files.exercise import Exercise
from rules.files.rule import Book, Rule, Test
from rules.proof.grid import Grid
from rules.vocabulary.band_facts import MOST_NEARER
from rules.vocabulary.domain import UNKNOWN, Facts

ACROSS: Final = "first_set_reps"
COLUMNS: Final = 31
STEP_REPS: Final = 6
NEIGHBOURS: Final = {"tougher_band": -STEP_REPS, "lighter_band": STEP_REPS}
HALVES: Final = {"half_step_up": -STEP_REPS // 2, "half_step_down": STEP_REPS // 2}
TWICE: Final = frozenset({"reps_past_target_twice", "reps_short_of_target_twice", "count_ended_first_times"})
FOLLOWS: Final = TWICE | {
    ACROSS,
    "moment",
    "reps_past_target",
    "reps_short_of_target",
    "first_sets_here",
    "tougher_band_reps",
    "tougher_band_short_by",
    "tougher_band_nearer_by",
    "lighter_band_reps",
    "lighter_band_past_by",
    "lighter_band_nearer_by",
    "half_step_up_nearer_by",
    "half_step_down_nearer_by",
}
"""The facts that follow from the repetitions, or are the same in every row."""


class MapRow(Struct, frozen=True):
    """One situation: the rule that it belongs to, whether two workouts agree, and what decides at each number."""

    rule: Rule
    two_agree: bool
    along: tuple[Rule, ...]

    @property
    def situation(self) -> list[Test]:
        """The rule's tests that do not follow from the repetitions."""
        return [test for test in self.rule.when if test.fact not in FOLLOWS]


def policy_map(book: Book, exercise: Exercise) -> list[MapRow]:
    """A row for every situation at the end of a workout; none where the topic knows no repetitions."""
    grid = Grid(book, exercise)
    if ACROSS not in grid.cells or "moment" not in grid.cells:
        return []
    usual = grid.witness(next(grid.decided(len(book.rules) - 1)))
    rows: dict[tuple[str, ...], MapRow] = {}
    for index, rule in enumerate(book.rules):
        piece = next(grid.decided(index), None)
        if piece is None or not _is_asked_at_the_end(rule):
            continue
        facts = nearest_to(usual, grid.witness(piece), book, exercise)
        agree = any(test.fact in TWICE for test in rule.when)
        row = MapRow(rule, agree, _along(facts, agree, book, exercise))
        rows.setdefault(tuple(each.id for each in row.along), row)
    return list(rows.values())


def _is_asked_at_the_end(rule: Rule) -> bool:
    moments = [test for test in rule.when if test.fact == "moment"]
    return all(test.comparand == "workout_ends" for test in moments)


def _along(facts: Facts, agree: bool, book: Book, exercise: Exercise) -> tuple[Rule, ...]:
    situations = (replace(facts, **_following(reps, facts, agree, exercise)) for reps in range(COLUMNS))
    return tuple(decider(book, each, exercise) for each in situations)


def _following(reps: int, facts: Facts, agree: bool, exercise: Exercise) -> dict[str, Any]:
    """Everything that so many repetitions say."""
    known, twice = facts.as_dict(), reps if agree else exercise.window.low
    found: dict[str, Any] = {
        ACROSS: reps,
        "moment": "workout_ends",
        "reps_past_target": _past(reps, exercise),
        "reps_short_of_target": _short(reps, exercise),
        "first_sets_here": 2 if agree else 1,
        "reps_past_target_twice": _past(twice, exercise),
        "reps_short_of_target_twice": _short(twice, exercise),
        "count_ended_first_times": known["count_ended_first_times"] if reps >= exercise.cap else 0,
    }
    for each, more in NEIGHBOURS.items():
        if known[f"{each}_reps"] != UNKNOWN:
            there = max(0, reps + more)
            found[f"{each}_reps"] = there
            found[f"{each}_nearer_by"] = _nearer_by(reps, there, exercise)
    if known["tougher_band_reps"] != UNKNOWN:
        found["tougher_band_short_by"] = _short(found["tougher_band_reps"], exercise)
    if known["lighter_band_reps"] != UNKNOWN:
        found["lighter_band_past_by"] = _past(found["lighter_band_reps"], exercise)
    for each, more in HALVES.items():
        if known[f"{each}_nearer_by"] != UNKNOWN:
            found[f"{each}_nearer_by"] = _nearer_by(reps, max(0, reps + more), exercise)
    return found


def _past(reps: int, exercise: Exercise) -> int:
    return max(0, reps - exercise.window.high)


def _short(reps: int, exercise: Exercise) -> int:
    return max(0, exercise.window.low - reps)


def _nearer_by(reps: int, there: int, exercise: Exercise) -> int:
    middle = exercise.window.low + exercise.window.high
    better = (abs(2 * reps - middle) - abs(2 * there - middle)) // 2
    return max(-MOST_NEARER, min(MOST_NEARER, better))
