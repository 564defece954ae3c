"""Are the cases good enough? Change one thing in one rule; at least one case must notice.

A change that no facts can tell from the original (the proof shows it) is no change and is not counted.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from rules.cases.cases import Case, decider
from rules.files.exercise import Exercise
from rules.files.rule import Book, Comparand, Rule, Test, fitting, resolved
from rules.proof.grid import difference
from rules.vocabulary.advice import ADVICE
from rules.vocabulary.domain import Domain, Facts, Value
from rules.vocabulary.facts import TOPICS


class Survey(Struct, frozen=True):
    """How many changes the cases noticed, and those that they did not."""

    made: int
    killed: int
    survived: tuple["Escaped", ...]


class Escaped(Struct, frozen=True):
    """A change that no case noticed: what it is, the changed rules, and facts on which they decide otherwise."""

    change: str
    mutant: Book
    facts: Facts


def survey(book: Book, cases: list[Case], exercise: Exercise) -> Survey:
    """Make every change of a topic and let its cases judge it."""
    killed, survived = 0, []
    for change, mutant in mutants(book, exercise):
        if any(noticed(case, mutant, exercise) for case in _nearest_first(cases, change)):
            killed += 1
        elif (facts := difference(book, mutant, exercise)) is not None:
            survived.append(Escaped(change, mutant, facts))
    return Survey(killed + len(survived), killed, tuple(survived))


def _nearest_first(cases: list[Case], change: str) -> list[Case]:
    """The cases of the rule that was changed come first: one of them mostly notices."""
    rule = change.partition(":")[0]
    return sorted(cases, key=lambda case: case.rule != rule)


def noticed(case: Case, mutant: Book, exercise: Exercise) -> bool:
    """Whether a case fails on a changed book."""
    rule = decider(mutant, case.facts, exercise)
    if rule.id != case.decided_by:
        return True
    told = {"advise": rule.advice, **rule.resolved_numbers(exercise)}
    return case.kind == "fires" and told != case.advises


def mutants(book: Book, exercise: Exercise) -> Iterator[tuple[str, Book]]:
    """Every small change of a topic's rules: what it is, and the rules with it."""
    for index, rule in enumerate(book.rules):
        for change, changed in _changed(rule, book.topic, exercise):
            rules = (*book.rules[:index], changed, *book.rules[index + 1 :])
            yield f"{rule.id}: {change}", replace(book, rules=rules)
        if rule.when:
            yield f"{rule.id}: removed", replace(book, rules=book.rules[:index] + book.rules[index + 1 :])
    for index in range(len(book.rules) - 2):
        first, second = book.rules[index : index + 2]
        swapped = (replace(second, level=first.level), replace(first, level=second.level))
        rules = (*book.rules[:index], *swapped, *book.rules[index + 2 :])
        yield f"{first.id}: exchanged with {second.id}", replace(book, rules=rules)


def _changed(rule: Rule, topic: str, exercise: Exercise) -> Iterator[tuple[str, Rule]]:
    for index, test in enumerate(rule.when):
        others = rule.when[:index] + rule.when[index + 1 :]
        yield f"{test} dropped", replace(rule, when=others)
        for changed in _changed_tests(test, topic, exercise):
            when = (*rule.when[:index], changed, *rule.when[index + 1 :])
            yield f"{test} made {changed}", replace(rule, when=when)
    for advice, meaning in ADVICE[topic].items():
        if advice != rule.advice:
            zeros = tuple((name, 0) for name in meaning.numbers)
            yield f"{rule.advice} made {advice}", replace(rule, advice=advice, numbers=zeros)
    for index, (name, value) in enumerate(rule.numbers):
        more = (exercise.number(value) if isinstance(value, str) else value) + 1
        numbers = (*rule.numbers[:index], (name, more), *rule.numbers[index + 1 :])
        yield f"{name} {value} made {more}", replace(rule, numbers=numbers)


def _changed_tests(test: Test, topic: str, exercise: Exercise) -> Iterator[Test]:
    domain = TOPICS[topic].domains()[test.fact]
    if isinstance(test.comparand, tuple):
        for word in test.comparand:
            rest = tuple(each for each in test.comparand if each != word)
            yield replace(test, comparand=rest)
        return
    for operator in fitting(domain):
        if operator not in (test.operator, "one_of"):
            yield replace(test, operator=operator)
    for value in _other_values(resolved(test.comparand, exercise), domain):
        yield replace(test, comparand=value)


def _other_values(value: Comparand, domain: Domain) -> Iterator[Value]:
    if domain.kind != "number":
        yield from (each for each in domain.values() if each != value)
    elif isinstance(value, int):
        yield from (each for each in (value - 1, value + 1) if each in domain.numbers())
