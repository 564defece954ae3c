"""Worked cases, one file a topic: facts on which a rule fires, facts just short of it, facts that block it.

They are the rulebook's own tests, readable by whoever wrote the rules. A rule without them is refused by
`glute-coach rules check`. What is asked of each kind:

- `fires`: this rule decides, and advises what the case says; - `just_below`: exactly one of the rule's tests
fails, and a number fails by one only (a rule without tests has none); - `blocked`: all its tests hold and a
rule before it decides (not asked where the proof shows that nothing can).
"""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.files.fault import Fault, nearest
from rules.files.plain import List, Map
from rules.files.rule import Book, Rule
from rules.proof.boxes import common, is_empty
from rules.proof.grid import Grid, shown
from rules.vocabulary.domain import Domain, Facts, Value
from rules.vocabulary.facts import TOPICS

KINDS: Final = ("fires", "just_below", "blocked")
FILE_KEYS: Final = ("topic", "exercise", "normal", "cases")
CASE_KEYS: Final = ("rule", "advises", *KINDS)
DECIDER: Final = "decided_by"


class Case(Struct, frozen=True):
    """Facts, and the rule that decides on them.

    Attributes:
        rule: the rule that the case is about.
        kind: `fires`, `just_below` or `blocked`.
        facts: complete facts.
        decided_by: the rule that decides; the rule itself where it fires.
        advises: the advice and its numbers; only where it fires.
        line: where it stands in its file.
    """

    rule: str
    kind: str
    facts: Facts
    decided_by: str
    advises: dict[str, Any]
    line: int


class CaseFile:
    """The cases of one topic, read; what is wrong gathers in `faults`."""

    def __init__(self, file: str, data: Map, exercise_ids: tuple[str, ...]) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.cases: list[Case] = []
        self.normal: Facts | None = None
        self.exercise = str(data.get("exercise", "glute_raise"))
        for key in data:
            if key not in FILE_KEYS:
                self._refuse(data.line_of(key), "", f"no place for {key!r}; {nearest(key, FILE_KEYS)}")
        if self.exercise not in exercise_ids:
            what = f"no exercise is called {self.exercise!r}; {nearest(self.exercise, exercise_ids)}"
            self._refuse(data.line_of("exercise"), "", what)
        self.topic = str(data.get("topic", ""))
        if self.topic not in TOPICS:
            what = f"no topic is called {self.topic!r}; {nearest(self.topic, TOPICS)}"
            self._refuse(data.line_of("topic"), "", what)
            return
        self.domains = TOPICS[self.topic].domains()
        normal, entries = data.get("normal"), data.get("cases")
        if not isinstance(normal, Map):
            self._refuse(
                data.line, "", "`normal` is missing: a value for every fact, from which cases differ"
            )
            return
        self.normal = self._facts(normal, "", {})
        if not isinstance(entries, List):
            self._refuse(data.line, "", "a list of `cases` is missing (a draft: glute-coach rules draft)")
        elif self.normal is not None:
            for entry, line in zip(entries, entries.lines, strict=True):
                self._entry(entry, line)

    def _entry(self, entry: Any, line: int) -> None:
        if not isinstance(entry, Map) or not isinstance(entry.get("rule"), str):
            self._refuse(line, "", "a case names its rule, what it advises, and the facts of each kind")
            return
        rule = entry["rule"]
        for key in entry:
            if key not in CASE_KEYS:
                self._refuse(entry.line_of(key), rule, f"no place for {key!r}; {nearest(key, CASE_KEYS)}")
        advises = entry.get("advises")
        told = {"advise": advises} if isinstance(advises, str) else dict(advises or {})
        for kind in KINDS:
            given = entry.get(kind, ())
            for each in given if isinstance(given, List | tuple) else (given,):
                self._case(rule, kind, each, told if kind == "fires" else {}, entry.line_of(kind))

    def _case(self, rule: str, kind: str, given: Any, advises: dict[str, Any], line: int) -> None:
        if not isinstance(given, Map):
            self._refuse(line, rule, f"{kind} must be facts that differ from normal, or a list of such")
            return
        decider = given.get(DECIDER, rule if kind == "fires" else "")
        assert self.normal is not None
        facts = self._facts(given, rule, self.normal.as_dict())
        if facts is not None:
            self.cases.append(Case(rule, kind, facts, str(decider), advises, given.line))

    def _facts(self, given: Map, rule: str, normal: dict[str, Value]) -> Facts | None:
        before = len(self.faults)
        for fact in given:
            if fact != DECIDER:
                self._check(fact, given, rule)
        missing = [fact for fact in self.domains if fact not in given and fact not in normal]
        if missing:
            self._refuse(given.line, rule, f"normal has no value for {', '.join(missing)}")
        if len(self.faults) > before:
            return None
        values = {fact: given.get(fact, normal.get(fact)) for fact in self.domains}
        return TOPICS[self.topic](**values)

    def _check(self, fact: str, given: Map, rule: str) -> None:
        line = given.line_of(fact)
        domain: Domain | None = self.domains.get(fact)
        if domain is None:
            what = f"no fact of {self.topic!r} is called {fact!r}; {nearest(fact, self.domains)}"
            self._refuse(line, rule, what)
        elif not domain.holds(given[fact]):
            self._refuse(line, rule, f"{fact} is never {given[fact]!r} ({domain.means})")

    def _refuse(self, line: int, rule: str, what: str) -> None:
        self.faults.append(Fault(self.file, line, rule, what))


def judged(book: Book, cases: CaseFile, exercise: Exercise) -> list[Fault]:
    """What the cases say against the rules: a case that fails, a rule that lacks a kind of case."""
    faults = [*cases.faults]
    known = {rule.id: rule for rule in book.rules}
    for case in cases.cases:
        rule = known.get(case.rule)
        what = _fails(case, rule, book, exercise) if rule else f"no such rule; {nearest(case.rule, known)}"
        if what:
            faults.append(Fault(cases.file, case.line, case.rule, f"{case.kind}: {what}"))
    return [*faults, *_lacking(book, cases, exercise)]


def decider(book: Book, facts: Facts, exercise: Exercise) -> Rule:
    """The first rule that holds, by plain comparison."""
    known = facts.as_dict()
    return next(rule for rule in book.rules if rule.holds(known, exercise))


def _fails(case: Case, rule: Rule, book: Book, exercise: Exercise) -> str:
    first = decider(book, case.facts, exercise)
    if first.id != case.decided_by:
        told = case.decided_by or f"nobody; add {DECIDER}"
        return f"{first.id} decides, the case says {told} (on {shown(case.facts)})"
    lacks = rule.lacks(case.facts, exercise)
    if case.kind == "fires":
        advised = {"advise": rule.advice, **rule.resolved_numbers(exercise)}
        return "" if advised == case.advises else f"the rule advises {advised}, the case says {case.advises}"
    if case.kind == "blocked":
        return f"its own test {lacks[0]} fails; that is no block" if lacks and rule.when else ""
    if len(lacks) != 1:
        return f"{len(lacks)} of its tests fail; change one fact only"
    return "" if is_near(case.facts, rule, exercise) else f"{lacks[0]} fails by more than one"


def is_near(facts: Facts, rule: Rule, exercise: Exercise) -> bool:
    """Whether the rule would hold if the one fact that fails were one off (or, for no number, another)."""
    fact = rule.lacks(facts, exercise)[0].fact
    value = facts.as_dict()[fact]
    if type(value) is not int:
        return True
    domain = facts.domains()[fact]
    near = (replace(facts, **{fact: each}) for each in (value - 1, value + 1) if domain.holds(each))
    return any(not rule.lacks(each, exercise) for each in near)


def _lacking(book: Book, cases: CaseFile, exercise: Exercise) -> Iterator[Fault]:
    have = {(case.rule, case.kind) for case in cases.cases}
    grid = Grid(book, exercise)
    for index, rule in enumerate(book.rules):
        for kind in _asked(grid, index):
            if (rule.id, kind) not in have:
                yield Fault(book.file, rule.line, rule.id, f"has no case {kind!r} in {cases.file}")


def _asked(grid: Grid, index: int) -> Iterator[str]:
    yield "fires"
    if grid.rules[index].when:
        yield "just_below"
    level = grid.rules[index].level
    before = (box for rule, box in zip(grid.rules, grid.boxes, strict=True) if rule.level < level)
    if any(not is_empty(common(grid.boxes[index], each)) for each in before):
        yield "blocked"
