"""The rulebook read a second time, by other hands: no loader, no proof, no engine of ours."""

import itertools
import math
import operator
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from rules.vocabulary.domain import Facts
from rules.vocabulary.facts import TOPICS

ROOT = Path(__file__).parents[2] / "rules"
COMPARE: dict[str, Any] = {
    "is": operator.eq,
    "is_not": operator.ne,
    "at_least": lambda value, bound: value != "unknown" and value >= bound,
    "at_most": lambda value, bound: value != "unknown" and value <= bound,
    "more_than": lambda value, bound: value != "unknown" and value > bound,
    "less_than": lambda value, bound: value != "unknown" and value < bound,
    "unknown_or_at_least": lambda value, bound: value == "unknown" or value >= bound,
    "unknown_or_at_most": lambda value, bound: value == "unknown" or value <= bound,
    "one_of": lambda value, values: value in values,
}


def read(kind: str, name: str) -> dict[str, Any]:
    """A YAML file of the package, as PyYAML understands it."""
    data = yaml.load((ROOT / kind / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    assert isinstance(data, dict)
    return _spelled_out(data, data.get("numbers", {}))


def _spelled_out(data: Any, numbers: dict[str, int]) -> Any:
    """The file with a topic's own numbers in place of their names."""
    if isinstance(data, dict):
        return {key: _spelled_out(each, numbers) for key, each in data.items()}
    if isinstance(data, list):
        return [_spelled_out(each, numbers) for each in data]
    return numbers[data.removeprefix("book.")] if str(data).startswith("book.") else data


def literal(value: Any, exercise: dict[str, Any]) -> Any:
    """A comparand; where it names an exercise's number, that number."""
    if not (isinstance(value, str) and value.startswith("exercise.")):
        return value
    found: Any = exercise
    for step in value.split(".")[1:]:
        found = found[step]
    return found


def answer(rules: list[dict[str, Any]], exercise: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """The first rule of which all comparisons hold."""
    for rule in rules:
        tests = [(fact, op, value) for fact, tests in rule["when"].items() for op, value in tests.items()]
        if all(COMPARE[op](facts[fact], literal(value, exercise)) for fact, op, value in tests):
            return rule
    raise AssertionError(f"nothing answers {facts}")


def near_thresholds(topic: str, exercise: dict[str, Any], most: int) -> Iterator[Facts]:
    """The product of the values at, just below and above a threshold; if it is huge, a seeded sample near each rule."""
    kind, rules = TOPICS[topic], read("book", topic)["rules"]
    values: dict[str, list[Any]] = {}
    for fact, domain in kind.domains().items():
        if domain.kind != "number":
            values[fact] = list(domain.values())
            continue
        edges = {domain.low, domain.high}
        for rule in rules:
            for value in rule["when"].get(fact, {}).values():
                for each in value if isinstance(value, list) else [value]:
                    edges |= {literal(each, exercise) + step for step in (-1, 0, 1)}
        known = sorted(edge for edge in edges if domain.low <= edge <= domain.high)
        values[fact] = ["unknown", *known] if domain.may_be_unknown else known
    if math.prod(map(len, values.values())) <= most:
        yield from (kind(*point) for point in itertools.product(*values.values()))
        return
    chance = random.Random(topic)
    fitting = [_fitting(rule, values, exercise) for rule in rules]
    for nth in range(most):
        near = fitting[nth % len(rules)]
        missed = chance.choice([*near, ""])  # one test of the rule, or none, is left to chance
        yield kind(
            **{
                fact: chance.choice(near[fact] if fact in near and fact != missed else every)
                for fact, every in values.items()
            }
        )


def _fitting(
    rule: dict[str, Any], values: dict[str, list[Any]], exercise: dict[str, Any]
) -> dict[str, list[Any]]:
    """The values with which a rule holds, of each fact that it tests."""
    return {
        fact: [
            each
            for each in values[fact]
            if all(COMPARE[op](each, literal(value, exercise)) for op, value in tests.items())
        ]
        for fact, tests in rule["when"].items()
    }
