"""A picture of one topic: what each rule's situation leads to as one number runs from low to high."""

from dataclasses import dataclass, replace
from typing import Final

from rules.cases import decider
from rules.draft import nearest_to
from rules.exercise import Exercise
from rules.facts import Facts
from rules.proof import Grid
from rules.rule import Book, Rule

ACROSS: Final = "fresh_reps"
COLUMNS: Final = 31


@dataclass(frozen=True)
class MapRow:
    """One situation: the rule that it belongs to, and the rule that decides at each number."""

    rule: Rule
    along: tuple[Rule, ...]


def policy_map(book: Book, exercise: Exercise) -> list[MapRow]:
    """A row for every rule that something can come under; none where the topic has no such number."""
    grid = Grid(book, exercise)
    if ACROSS not in grid.cells:
        return []
    usual = grid.witness(next(grid.decided(len(book.rules) - 1)))
    rows = []
    for index, rule in enumerate(book.rules):
        piece = next(grid.decided(index), None)
        if piece is not None:
            facts = nearest_to(usual, grid.witness(piece), book, exercise)
            rows.append(MapRow(rule, _along(facts, book, exercise)))
    return rows


def _along(facts: Facts, book: Book, exercise: Exercise) -> tuple[Rule, ...]:
    return tuple(decider(book, replace(facts, **{ACROSS: each}), exercise) for each in range(COLUMNS))
