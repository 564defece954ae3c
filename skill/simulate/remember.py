"""Asking the engine once for all facts that no rule tells apart, which makes a crowd ten times quicker to coach."""

from bisect import bisect_right
from collections.abc import Callable, Hashable
from typing import Any, Final

from rules.files.exercise import Exercise
from rules.files.rule import Book
from rules.proof.grid import Grid
from rules.vocabulary.decision import Decide, Decision
from rules.vocabulary.domain import UNKNOWN, Facts

Key = Callable[[Facts], Hashable]


class Remembering:
    """Decides as `decide` does; facts that lie between the same thresholds of all rules are one question.

    The advice, its numbers and the rule are those of the facts asked; the facts in the decision are the first that lay
    there, so this is for who looks at the advice alone.
    """

    def __init__(self, decide: Decide, books: dict[str, Book], exercise: Exercise) -> None:
        self._decide = decide
        self._keys: Final[dict[str, Key]] = {topic: _key(book, exercise) for topic, book in books.items()}
        self._known: dict[Hashable, Decision] = {}

    def __call__(self, facts: Facts, exercise_id: str) -> Decision:
        """The decision of the engine for these facts."""
        key = (facts.topic, self._keys[facts.topic](facts))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decide(facts, exercise_id)
        return known


def _key(book: Book, exercise: Exercise) -> Key:
    """Where facts lie among the cells that the rules of a topic can tell apart."""
    tested = {test.fact for rule in book.rules for test in rule.when}
    cells = Grid(book, exercise).cells
    numbers: list[tuple[str, list[Any]]] = []
    others: list[str] = []
    for fact, starts in cells.items():
        known = [each for each in starts if type(each) is int]
        if fact in tested and known:
            numbers.append((fact, known))
        elif fact in tested:
            others.append(fact)

    def key(facts: Facts) -> Hashable:
        values = facts.__dict__
        places = [
            -1 if values[fact] == UNKNOWN else bisect_right(starts, values[fact]) for fact, starts in numbers
        ]
        return (*places, *[values[fact] for fact in others])

    return key
