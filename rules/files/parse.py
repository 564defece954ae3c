"""From a file's plain data to the rules of a topic, with every fault that one rule alone can have."""

from typing import Any, Final

from rules.files.exercise import NUMBERS
from rules.files.fault import Fault, nearest
from rules.files.plain import List, Map
from rules.files.rule import FOR_UNKNOWN, OPERATORS, PREFIX, Book, Comparand, Rule, Test, fitting
from rules.vocabulary.advice import ADVICE
from rules.vocabulary.domain import UNKNOWN, Domain
from rules.vocabulary.facts import TOPICS

FILE_KEYS: Final = ("topic", "numbers", "rules")
NAMED: Final = "book."
RULE_KEYS: Final = ("id", "title", "source", "safety", "priority", "when", "then")
MOST_RULES: Final = 30  # durable_rules fails where more than 64 conditions are true at once


class Parser:
    """Reads one topic's file; what is wrong gathers in `faults`."""

    def __init__(self, file: str, known_sources: frozenset[str] | None) -> None:
        self.file = file
        self.known_sources = known_sources
        self.faults: list[Fault] = []
        self.topic = ""
        self.rule_id = ""
        self.any_name = False
        self.numbers: dict[str, int] = {}
        self.used: set[str] = set()

    def book(self, data: Map) -> Book | None:
        """The topic's rules, or None where even the topic is not known; only good rules are in it."""
        for key in data:
            if key not in FILE_KEYS:
                self._refuse(data.line_of(key), f"no place for {key!r}; {nearest(key, FILE_KEYS)}")
        topic = data.get("topic")
        if not isinstance(topic, str) or topic not in TOPICS:
            self._refuse(
                data.line_of("topic"), f"no topic is called {topic!r}; {nearest(str(topic), TOPICS)}"
            )
            return None
        if not self.any_name and self.file != f"{topic}.yaml":
            self._refuse(
                data.line_of("topic"), f"the rules of {topic!r} live in {topic}.yaml; rename the file"
            )
        entries = data.get("rules")
        if not isinstance(entries, List) or not 1 <= len(entries) <= MOST_RULES:
            self._refuse(data.line_of("rules"), f"rules must be a list of 1 to {MOST_RULES} rules")
            return None
        self.topic = topic
        self.numbers = self._named_numbers(data)
        rules = [
            self._rule(entry, line, index)
            for index, (entry, line) in enumerate(zip(entries, entries.lines, strict=True))
        ]
        self.rule_id = ""
        for name in self.numbers.keys() - self.used:
            self._refuse(data.line_of("numbers"), f"no rule compares with the number {name!r}; remove it")
        good = sorted((each for each in rules if each is not None), key=lambda each: each.level)
        return Book(topic, tuple(good), self.file)

    def _named_numbers(self, data: Map) -> dict[str, int]:
        """The thresholds that several rules share, by their names (`book.<name>` in a rule)."""
        listed = data.get("numbers") or Map(data.line)
        if isinstance(listed, Map) and all(type(each) is int for each in listed.values()):
            return {f"{NAMED}{name}": each for name, each in listed.items()}
        self._refuse(data.line_of("numbers"), "numbers must be names with whole numbers: {far: 4}")
        return {}

    def _threshold(self, comparand: Any, line: int) -> Any:
        """What a fact is compared with; a number of the topic in place of its name."""
        if not isinstance(comparand, str) or not comparand.startswith(NAMED):
            return comparand
        if comparand not in self.numbers:
            what = f"no number of this topic is called {comparand!r}; {nearest(comparand, self.numbers)}"
            self._refuse(line, what)
        self.used.add(comparand)
        return self.numbers.get(comparand, 0)

    def _rule(self, entry: Any, line: int, index: int) -> Rule | None:
        before = len(self.faults)
        self.rule_id = f"rule {index + 1}"
        if not isinstance(entry, Map):
            self._refuse(line, "must be a mapping with id, title, source, when and then")
            return None
        if isinstance(entry.get("id"), str):
            self.rule_id = entry["id"]
        for key in entry:
            if key not in RULE_KEYS:
                self._refuse(entry.line_of(key), f"has no use for {key!r}; {nearest(key, RULE_KEYS)}")
        rule = Rule(
            id=self._text(entry, "id"),
            title=self._text(entry, "title"),
            source=self._sources(entry),
            safety=self._safety(entry),
            level=self._level(entry, index),
            when=self._tests(entry),
            advice=self._advice(entry),
            numbers=self._numbers(entry),
            line=line,
        )
        return rule if len(self.faults) == before else None

    def _text(self, entry: Map, key: str) -> str:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._refuse(entry.line_of(key), f"{key} is missing; it must be text in quotes")
        return ""

    def _sources(self, entry: Map) -> tuple[str, ...]:
        listed = entry.get("source")
        line = entry.line_of("source")
        if not isinstance(listed, List) or not listed:
            self._refuse(line, 'names no source; no source, no rule: source: ["SRC-nn"]')
            return ()
        for each in listed:
            if self.known_sources is not None and each not in self.known_sources:
                self._refuse(line, f"no source is called {each!r}; {nearest(str(each), self.known_sources)}")
        return tuple(listed)

    def _safety(self, entry: Map) -> bool:
        value = entry.get("safety", False)
        if type(value) is not bool:
            self._refuse(entry.line_of("safety"), f"safety is {value!r}; write true, or leave it out")
        return value is True

    def _level(self, entry: Map, index: int) -> int:
        value = entry.get("priority", index)
        if type(value) is not int:
            self._refuse(
                entry.line_of("priority"), f"priority is {value!r}; it must be a whole number, without quotes"
            )
            return index
        return value

    def _tests(self, entry: Map) -> tuple[Test, ...]:
        when = entry.get("when")
        if not isinstance(when, Map):
            self._refuse(
                entry.line_of("when"),
                "when is missing: facts and what they are compared with; {} means always",
            )
            return ()
        domains = TOPICS[self.topic].domains()
        return tuple(test for fact in when for test in self._tests_of(fact, when, domains))

    def _tests_of(self, fact: str, when: Map, domains: dict[str, Domain]) -> list[Test]:
        line = when.line_of(fact)
        if fact not in domains:
            self._refuse(line, f"no fact of {self.topic!r} is called {fact!r}; {nearest(fact, domains)}")
            return []
        comparisons = when[fact]
        if not isinstance(comparisons, Map) or not comparisons:
            self._refuse(line, f"{fact} must be compared: {{{fitting(domains[fact])[0]}: ...}}")
            return []
        found = []
        for operator in comparisons:
            value = self._threshold(comparisons[operator], comparisons.line_of(operator))
            what = _misfit(fact, operator, value, domains[fact])
            if what:
                self._refuse(comparisons.line_of(operator), what)
            else:
                found.append(Test(fact, operator, tuple(value) if isinstance(value, List) else value))
        return found

    def _advice(self, entry: Map) -> str:
        then = entry.get("then")
        advice = then.get("advise") if isinstance(then, Map) else None
        known = ADVICE[self.topic]
        if isinstance(advice, str) and advice in known:
            return advice
        line = then.line_of("advise") if isinstance(then, Map) else entry.line_of("then")
        self._refuse(line, f"no advice of {self.topic!r} is called {advice!r}; {nearest(str(advice), known)}")
        return ""

    def _numbers(self, entry: Map) -> tuple[tuple[str, int | str], ...]:
        then = entry.get("then")
        advice = then.get("advise") if isinstance(then, Map) else None
        if not isinstance(then, Map) or not isinstance(advice, str) or advice not in ADVICE[self.topic]:
            return ()
        wanted = ADVICE[self.topic][advice].numbers
        for key in then:
            if key != "advise" and key not in wanted:
                self._refuse(
                    then.line_of(key),
                    f"{advice} has no use for {key!r}; it needs {list(wanted) or 'nothing'}",
                )
        for key in wanted:
            what = _bad_number(then.get(key))
            if what:
                self._refuse(then.line_of(key), f"{advice} needs {key!r}: {what}")
        return tuple((key, then[key]) for key in wanted if key in then)

    def _refuse(self, line: int, what: str) -> None:
        self.faults.append(Fault(self.file, line, self.rule_id, what))


def _bad_number(value: object) -> str:
    if isinstance(value, str):
        return (
            ""
            if value in NUMBERS
            else f"no number of an exercise is called {value!r}; {nearest(value, NUMBERS)}"
        )
    if type(value) is int and 0 <= value <= 999:
        return ""
    return "a whole number from 0 to 999 or the name of an exercise's number in quotes"


def _misfit(fact: str, operator: str, comparand: Any, domain: Domain) -> str:
    """Why a fact cannot be compared like this, or nothing."""
    fits = fitting(domain)
    if operator not in OPERATORS:
        return f"{fact}: no operator is called {operator!r}; {nearest(operator, OPERATORS)}"
    if operator in FOR_UNKNOWN and domain.kind == "number" and operator not in fits:
        return f"{fact} is never unknown; {operator.removeprefix('unknown_or_')} fits it"
    if operator not in fits:
        return f"{fact} is a {domain.kind}; {operator} does not fit it, {' or '.join(fits)} does"
    if comparand == UNKNOWN and domain.may_be_unknown:
        return "" if operator in ("is", "is_not") else f"{fact}: compare unknown by is or is_not"
    if operator != "one_of":
        return _bad_comparand(fact, comparand, domain)
    if not isinstance(comparand, List) or not comparand or len(set(map(str, comparand))) != len(comparand):
        return f"{fact}: one_of needs a list of different values"
    return next((what for each in comparand if (what := _bad_comparand(fact, each, domain))), "")


def _bad_comparand(fact: str, comparand: Comparand | List, domain: Domain) -> str:
    if domain.kind == "number" and isinstance(comparand, str):
        if comparand.startswith(PREFIX):
            known = nearest(comparand, NUMBERS)
            return (
                "" if comparand in NUMBERS else f"no number of an exercise is called {comparand!r}; {known}"
            )
        return f"{fact} is compared with {comparand!r}, which is text; write the number without quotes"
    if domain.holds(comparand):
        return ""
    if domain.kind == "name":
        return f"{fact} is never {comparand!r}; {nearest(str(comparand), domain.named)}"
    return f"{fact} is never {comparand!r}; it is {_span(domain)}"


def _span(domain: Domain) -> str:
    if domain.kind == "number":
        return f"a whole number from {domain.low} to {domain.high} {domain.unit}".rstrip()
    return "true or false"
