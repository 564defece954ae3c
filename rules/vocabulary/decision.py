"""A decision: what was advised, by which rule, on which facts and on whose word."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from rules.vocabulary.domain import Facts


class Decision(Struct, frozen=True):
    """One answer of the rulebook.

    Attributes:
        topic: the question that was asked.
        rule: the id of the rule that decided.
        advice: what it advises, a word of the topic's vocabulary.
        numbers: the numbers that belong to the advice, in the unit of their names.
        facts: what was known.
        sources: the ids of what the rule rests on.
    """

    topic: str
    rule: str
    advice: str
    numbers: Mapping[str, int]
    facts: Facts
    sources: tuple[str, ...]


Decide = Callable[[Facts, str], Decision]
"""Answers the question of a topic's facts for an exercise (by id)."""
