"""A picture of the bands policy: what each situation leads to as the fresh set's repetitions run from few to many.

A row is the situation of one rule, as far as it does not follow from the repetitions themselves. What does follow is
worked out for each square: how far off the window they are, whether two workouts agree, what a neighbouring band that
was tried would give. For the last one the picture has to assume a step: `STEP_REPS` repetitions.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from rules.cases.cases import decider
from rules.cases.draft import nearest_to
from rules.files.exercise import Exercise
from rules.files.rule import Book, Rule, Test
from rules.proof.grid import Grid
from rules.vocabulary.domain import Facts
from rules.vocabulary.facts import MOST_GAIN

ACROSS: Final = "fresh_reps"
COLUMNS: Final = 31
STEP_REPS: Final = 6
NEIGHBOURS: Final = {"tougher": -STEP_REPS, "lighter": STEP_REPS}
HALVES: Final = {"half_tougher": -STEP_REPS // 2, "half_lighter": STEP_REPS // 2}
AGREE: Final = frozenset({"steady_off", "sets_here", "ran_out_streak"})
FOLLOWS: Final = frozenset(
    {ACROSS, "off_window", "steady_off", "sets_here", "ran_out_streak", "moment"}
    | {f"{each}_{what}" for each in NEIGHBOURS for what in ("reps", "off", "gain")}
    | {f"{each}_gain" for each in HALVES}
)
"""The facts that follow from the repetitions, or are the same in every row."""


@dataclass(frozen=True)
class MapRow:
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
        agree = any(test.fact in AGREE for test in rule.when)
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
    known, off = facts.as_dict(), _off_window(reps, exercise)
    found: dict[str, Any] = {
        ACROSS: reps,
        "moment": "workout_ends",
        "off_window": off,
        "sets_here": 2 if agree else 1,
        "steady_off": off if agree else 0,
        "ran_out_streak": known["ran_out_streak"] if reps >= exercise.cap else 0,
    }
    for each, more in NEIGHBOURS.items():
        there, tried = max(0, reps + more), bool(known[f"{each}_tried"])
        found[f"{each}_reps"] = there if tried else 0
        found[f"{each}_off"] = _off_window(there, exercise) if tried else 0
        found[f"{each}_gain"] = _gain(reps, there, exercise) if tried else 0
    for each, more in HALVES.items():
        is_open = bool(known[f"{each}_open"])
        found[f"{each}_gain"] = _gain(reps, max(0, reps + more), exercise) if is_open else 0
    return found


def _off_window(reps: int, exercise: Exercise) -> int:
    return max(0, reps - exercise.window.high) + min(0, reps - exercise.window.low)


def _gain(reps: int, there: int, exercise: Exercise) -> int:
    middle = exercise.window.low + exercise.window.high
    return max(-MOST_GAIN, min(MOST_GAIN, abs(2 * reps - middle) - abs(2 * there - middle)))
