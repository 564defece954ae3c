"""What a rule is: the facts that it tests, and what it advises when all tests hold."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct

from rules.files.exercise import Exercise
from rules.vocabulary.domain import UNKNOWN, Domain, Facts, Value

Comparand = Value | tuple[Value, ...]
"""A literal, the dotted name of an exercise's number, or the words of `one_of`."""

PREFIX: Final = "exercise."


def _one_of(value: Value, words: Any) -> bool:
    return value in words


def _known(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison that no unknown number passes."""
    return lambda value, bound: value != UNKNOWN and compare(value, bound)


OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "is": operator.eq,
    "is_not": operator.ne,
    "at_least": _known(operator.ge),
    "at_most": _known(operator.le),
    "more_than": _known(operator.gt),
    "less_than": _known(operator.lt),
    "unknown_or_at_least": lambda value, bound: value == UNKNOWN or value >= bound,
    "unknown_or_at_most": lambda value, bound: value == UNKNOWN or value <= bound,
    "one_of": _one_of,
}

FITTING: Final[Mapping[str, tuple[str, ...]]] = {
    "flag": ("is",),
    "name": ("is", "is_not", "one_of"),
    "number": ("is", "is_not", "at_least", "at_most", "more_than", "less_than", "one_of"),
}
"""The operators that make sense for each kind of fact."""
FOR_UNKNOWN: Final = ("unknown_or_at_least", "unknown_or_at_most")
"""The operators that make sense besides for a number that may be unknown."""


def fitting(domain: Domain) -> tuple[str, ...]:
    """The operators that make sense for a fact."""
    return FITTING[domain.kind] + (FOR_UNKNOWN if domain.may_be_unknown else ())


class Test(Struct, frozen=True):
    """One comparison: a fact, an operator and what it is compared with."""

    fact: str
    operator: str
    comparand: Comparand

    def value(self, exercise: Exercise) -> Comparand:
        """The comparand with the exercise's number in place of its name."""
        return resolved(self.comparand, exercise)

    def holds(self, value: Value, exercise: Exercise) -> bool:
        """Whether a fact with this value passes."""
        return OPERATORS[self.operator](value, self.value(exercise))

    def __str__(self) -> str:
        shown = self.comparand
        if isinstance(shown, tuple):
            shown = ", ".join(str(each) for each in shown)
        elif isinstance(shown, bool):
            shown = "true" if shown else "false"
        return f"{self.fact} {self.operator} {shown}"


class Rule(Struct, frozen=True):
    """One line of coaching that a physiotherapist can read.

    Attributes:
        id: permanent, never used again for anything else.
        title: the rule in a sentence.
        source: the ids of what it rests on.
        safety: nothing stands before it but other safety rules.
        level: its rank; a smaller one decides first, equal ones may not disagree.
        when: all of these must hold; none means always.
        advice: what is to be done, a word of the topic's vocabulary.
        numbers: the numbers that the advice needs, literal or the name of an exercise's number.
        line: where it stands in its file.
    """

    id: str
    title: str
    source: tuple[str, ...]
    safety: bool
    level: int
    when: tuple[Test, ...]
    advice: str
    numbers: tuple[tuple[str, int | str], ...]
    line: int = 0

    def holds(self, known: Mapping[str, Value], exercise: Exercise) -> bool:
        """Whether all tests pass on facts by name."""
        return all(test.holds(known[test.fact], exercise) for test in self.when)

    def lacks(self, facts: Facts, exercise: Exercise) -> tuple[Test, ...]:
        """The tests that these facts fail; none means that the rule holds."""
        known = facts.as_dict()
        return tuple(test for test in self.when if not test.holds(known[test.fact], exercise))

    def resolved_numbers(self, exercise: Exercise) -> dict[str, int]:
        """The numbers of the advice, for this exercise."""
        return {
            name: exercise.number(value) if isinstance(value, str) else value for name, value in self.numbers
        }


def resolved(comparand: Comparand, exercise: Exercise) -> Comparand:
    """A comparand with the exercise's number in place of its name."""
    if isinstance(comparand, str) and comparand.startswith(PREFIX):
        return exercise.number(comparand)
    return comparand


class Book(Struct, frozen=True):
    """The rules of one topic, in the order in which they decide."""

    topic: str
    rules: tuple[Rule, ...]
    file: str

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises KeyError: there is none."""
        for each in self.rules:
            if each.id == rule_id:
                return each
        raise KeyError(rule_id)
