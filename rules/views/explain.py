"""Why a decision fell as it did: the rule that fired, what it outranked, and what others lacked."""

from collections.abc import Mapping

from msgspec import Struct

from rules.cases.cases import decider
from rules.files.exercise import Exercise
from rules.files.rule import PREFIX, Rule, Test
from rules.rulebook import Rulebook
from rules.vocabulary.domain import Facts, Value
from rules.vocabulary.facts import TOPICS


class OtherVocabulary(ValueError):
    """Facts were kept by a version that knew other facts of this topic: they decide nothing any more."""


class Explanation(Struct, frozen=True):
    """One decision, taken apart.

    Attributes:
        facts: what was known.
        fired: the rule that decided.
        outranked: the rules that held too and stand after it.
        nearly: the rules before it that lacked one thing while others held, or missed a number; each with that test.
    """

    facts: Facts
    fired: Rule
    outranked: tuple[Rule, ...]
    nearly: tuple[tuple[Rule, Test], ...]


def explain(facts: Facts, rulebook: Rulebook, exercise: Exercise) -> Explanation:
    """Take the decision on these facts apart."""
    book = rulebook.books[facts.topic]
    fired = decider(book, facts, exercise)
    place = book.rules.index(fired)
    lacking = {rule.id: rule.lacks(facts, exercise) for rule in book.rules}
    return Explanation(
        facts,
        fired,
        tuple(rule for rule in book.rules[place + 1 :] if not lacking[rule.id]),
        tuple((rule, lacking[rule.id][0]) for rule in book.rules[:place] if _is_near(rule, lacking[rule.id])),
    )


def _is_near(rule: Rule, lacking: tuple[Test, ...]) -> bool:
    """Whether one thing was missing that is worth telling: "it was no first workout" is not."""
    return len(lacking) == 1 and (
        len(rule.when) > 1 or type(lacking[0].comparand) is int or _is_number(lacking[0])
    )


def _is_number(test: Test) -> bool:
    return isinstance(test.comparand, str) and test.comparand.startswith(PREFIX)


def counted(explanation: Explanation) -> Mapping[str, Value]:
    """The facts that the rule which fired looked at; for one that looks at none, those that others lacked."""
    tests = explanation.fired.when or tuple(test for _, test in explanation.nearly)
    known = explanation.facts.as_dict()
    return {test.fact: known[test.fact] for test in tests}


def facts_again(topic: str, values: tuple[Value, ...]) -> Facts:
    """Kept facts, from their values in the order of the topic's fields.

    Raises OtherVocabulary: the topic, its fields or their domains have changed since.
    """
    kind = TOPICS.get(topic)
    if kind is None:
        raise OtherVocabulary(f"there is no topic {topic!r} any more")
    names = list(kind.domains())
    if len(names) != len(values):
        raise OtherVocabulary(f"{topic} has {len(names)} facts now, {len(values)} were kept")
    facts = kind(**dict(zip(names, values, strict=True)))
    try:
        facts.check()
    except ValueError as outside:
        raise OtherVocabulary(str(outside)) from None
    return facts
