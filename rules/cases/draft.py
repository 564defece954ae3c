"""A first draft of a topic's worked cases, found by search, for its author to read and correct.

A draft says what the rules do, not what they should do: each line is a question to its reader.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec.structs import replace

from rules.cases.cases import DECIDER, KINDS, Case, decider, is_near
from rules.cases.mutants import Escaped, mutants, noticed
from rules.files.exercise import Exercise
from rules.files.rule import Book, Rule, Test
from rules.proof.boxes import common, is_empty
from rules.proof.grid import Grid, difference
from rules.vocabulary.domain import Facts, Value

Keeps = Callable[[Facts], bool]
HEADING: Final = "# Drafted by search from the rules: read every line and ask whether it is what you want.\n"


def drafted(book: Book, normal: Facts, exercise: Exercise) -> list[Case]:
    """Cases of every kind for every rule, enough to notice any change of one, as near to `normal` as they can be."""
    search = _Search(book, normal, exercise)
    cases = [case for index in range(len(book.rules)) for case in search.cases(index)]
    for _, mutant in mutants(book, exercise):
        if any(noticed(case, mutant, exercise) for case in cases):
            continue
        facts = difference(book, mutant, exercise)
        if facts is not None:
            cases.append(search.telling(facts, mutant))
    return cases


def telling(book: Book, escaped: Escaped, normal: Facts, exercise: Exercise) -> str:
    """The case that would notice a change which no case notices, as a line of the case file."""
    case = _Search(book, normal, exercise).telling(escaped.facts, escaped.mutant)
    return f"{case.rule} fires: {_told(case, normal)}"


def nearest_to(usual: Facts, facts: Facts, book: Book, exercise: Exercise) -> Facts:
    """Facts on which the same rule decides, as near to the usual ones as they can be."""
    rule = decider(book, facts, exercise).id
    search = _Search(book, usual, exercise)
    return search.nearest(facts, lambda near: decider(book, near, exercise).id == rule)


class _Search:
    """Finds facts near to normal on which something holds."""

    def __init__(self, book: Book, normal: Facts, exercise: Exercise) -> None:
        self.book, self.normal, self.exercise = book, normal, exercise
        self.grid = Grid(book, exercise)

    def cases(self, index: int) -> Iterator[Case]:
        rule = self.book.rules[index]
        first = next(self.grid.decided(index), None)
        if first is None:
            return
        fires = self.nearest(self.grid.witness(first), lambda facts: self._decider(facts) == rule.id)
        yield self._case(rule, "fires", fires)
        for test in rule.when:
            below = self._just_below(fires, rule, test)
            if below is not None:
                yield self._case(rule, "just_below", below)
        blocked = self._blocked(index, rule)
        if blocked is not None:
            yield self._case(rule, "blocked", blocked)

    def telling(self, facts: Facts, mutant: Book) -> Case:
        """Where a changed rulebook decides otherwise: a case of the rule that decides there."""

        def tells(near: Facts) -> bool:
            return noticed(self._firing(near), mutant, self.exercise)

        return self._firing(self.nearest(facts, tells))

    def _firing(self, facts: Facts) -> Case:
        return self._case(decider(self.book, facts, self.exercise), "fires", facts)

    def _just_below(self, fires: Facts, rule: Rule, test: Test) -> Facts | None:
        values = self._values(test.fact)
        ascending = sorted(values, key=lambda each: each if type(each) is int else -1_000_000)
        near = [replace(fires, **{test.fact: value}) for value in ascending]
        short = [
            facts
            for facts in near
            if rule.lacks(facts, self.exercise) == (test,) and is_near(facts, rule, self.exercise)
        ]
        telling = [facts for facts in short if self._advice(facts) != rule.advice]
        return next(iter(telling or short), None)

    def _blocked(self, index: int, rule: Rule) -> Facts | None:
        for before in range(index - 1, -1, -1):
            if self.book.rules[before].level < rule.level:
                for piece in self.grid.decided(before):
                    both = common(piece, self.grid.boxes[index])
                    if not is_empty(both):
                        return self.nearest(
                            self.grid.witness(both), lambda facts: self._is_blocked(facts, rule)
                        )
        return None

    def _is_blocked(self, facts: Facts, rule: Rule) -> bool:
        return not rule.lacks(facts, self.exercise) and self._decider(facts) != rule.id

    def nearest(self, facts: Facts, keeps: Keeps) -> Facts:
        """Facts as near to normal as one change after another can bring them."""
        for fact in facts.domains():
            usual = self.normal.as_dict()[fact]
            for value in sorted(self._values(fact), key=lambda each: _distance(each, usual)):
                nearer = replace(facts, **{fact: value})
                if keeps(nearer):
                    facts = nearer
                    break
        return facts

    def _values(self, fact: str) -> list[Value]:
        """The usual value and the first and last of each run that the rules tell apart."""
        domain = self.grid.kind.domains()[fact]
        cells = self.grid.cells[fact]
        edges = {each - 1 for each in cells if type(each) is int} | {domain.high}
        found = [self.normal.as_dict()[fact], *cells, *sorted(each for each in edges if domain.holds(each))]
        return list(dict.fromkeys(found))

    def _decider(self, facts: Facts) -> str:
        return decider(self.book, facts, self.exercise).id

    def _advice(self, facts: Facts) -> str:
        return decider(self.book, facts, self.exercise).advice

    def _case(self, rule: Rule, kind: str, facts: Facts) -> Case:
        advises: dict[str, Any] = {"advise": rule.advice, **rule.resolved_numbers(self.exercise)}
        return Case(rule.id, kind, facts, self._decider(facts), advises if kind == "fires" else {}, 0)


def _distance(value: Value, usual: Value) -> int:
    if type(value) is int and type(usual) is int:
        return abs(value - usual)
    return int(value != usual)


def written(book: Book, cases: list[Case], normal: Facts, exercise: Exercise) -> str:
    """Cases as the text of their file."""
    lines = [
        HEADING + f'topic: "{book.topic}"',
        f'exercise: "{exercise.id}"',
        f"normal: {_flow(normal.as_dict())}",
        "cases:",
    ]
    for rule in book.rules:
        own = [case for case in cases if case.rule == rule.id]
        advises = next((case.advises for case in own if case.advises), {})
        told = _literal(rule.advice) if len(advises) < 2 else _flow(advises)
        lines += [f'  - rule: "{rule.id}"', f"    advises: {told}"]
        for kind in KINDS:
            lines += _kind(kind, [_told(case, normal) for case in own if case.kind == kind])
    return "\n".join(lines) + "\n"


def _told(case: Case, normal: Facts) -> str:
    usual = normal.as_dict()
    given = {fact: value for fact, value in case.facts.as_dict().items() if value != usual[fact]}
    return _flow(given if case.kind == "fires" else {**given, DECIDER: case.decided_by})


def _kind(kind: str, told: list[str]) -> list[str]:
    if len(told) < 2:
        return [f"    {kind}: {each}" for each in told]
    return [f"    {kind}:", *(f"      - {each}" for each in told)]


def _flow(values: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_literal(value)}" for key, value in values.items()) + "}"


def _literal(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
