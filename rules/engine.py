"""The engine that decides in the product: durable_rules as a stateless matcher; no other module imports it.

durable_rules keeps a state for every sid, and its own threads and timers corrupt it. So: one host that starts
no threads, one ruleset for each topic and exercise, and for every evaluation a fresh sid, one checked flat
fact, a rule that always matches (deleting the state of a sid for which nothing matched crashes), actions that
only note their rule's id, and the state deleted again. After an error all rulesets are dropped and made anew.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from durable import engine as durable  # type: ignore[import-untyped]

from rules.files.exercise import Exercise
from rules.files.rule import Book, Comparand, Rule, Test
from rules.rulebook import Rulebook
from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import UNKNOWN, Facts, Value

LOG: Final = logging.getLogger(__name__)
MARKER: Final = "asked"  # the fact that a question carries and that the engine's own state lacks
MEMO: Final = 4096
BELOW_ALL: Final = -1_000_000  # what the engine is told for an unknown number
SYMBOLS: Final = {
    "at_least": "$gte",
    "at_most": "$lte",
    "more_than": "$gt",
    "less_than": "$lt",
    "is_not": "$neq",
}

# The engine asks for the time at each action by a call that Python 3.12 warns of; it is only a stopwatch.
durable._unix_now = time.monotonic


class EngineFault(RuntimeError):
    """The engine failed to answer; it has been rebuilt, and the next question is asked of a new one."""


class _QuietHost(durable.Host):  # type: ignore[misc]
    """A host without the polling threads, which race with whoever asks."""

    def _run(self) -> None:
        """Start nothing."""


class Engine:
    """Answers questions by a proved rulebook; any number of threads may ask.

    So many answers as `memo` says are remembered: decisions are pure, so nothing can go stale. `rebuilds` is how
    often the engine has failed and was made anew; an operator is woken when it is not 0.
    """

    def __init__(self, rulebook: Rulebook, exercises: Mapping[str, Exercise], memo: int = MEMO) -> None:
        self._rulebook = rulebook
        self._exercises = exercises
        self._lock = threading.Lock()
        self._sids = count()
        self._memo: dict[tuple[Facts, str], Decision] = {}
        self._memo_size = memo
        self.rebuilds = 0
        self._build()

    def decide(self, facts: Facts, exercise_id: str) -> Decision:
        """The decision of the first rule that holds.

        Raises ValueError: a fact lies outside its domain. KeyError: no such exercise. EngineFault: the engine failed;
        it has been rebuilt.
        """
        known = self._memo.get((facts, exercise_id))
        if known is not None:
            return known
        facts.check()
        exercise = self._exercises[exercise_id]
        fired = self._ask(facts, exercise_id)
        decision = self._decision(facts, exercise, fired)
        if self._memo_size:
            if len(self._memo) >= self._memo_size:
                self._memo.clear()
            self._memo[facts, exercise_id] = decision
        return decision

    def _decision(self, facts: Facts, exercise: Exercise, rule_id: str) -> Decision:
        rule = self._rulebook.books[facts.topic].rule(rule_id)
        return Decision(
            facts.topic, rule.id, rule.advice, rule.resolved_numbers(exercise), facts, rule.source
        )

    def _ask(self, facts: Facts, exercise_id: str) -> str:
        """The id of the rule that decides."""
        name = f"{facts.topic}/{exercise_id}"
        with self._lock:
            sid = str(next(self._sids))
            try:
                if name not in self._registered:
                    self._register(name, facts.topic, exercise_id)
                state = self._host.post(name, {"sid": sid, MARKER: 1, **_sent(facts)})
                fired = state.get("fired")
                if not fired or "exception" in state:
                    raise EngineFault(f"{name}: no rule answered: {state.get('exception')}")
                self._host.delete_state(name, sid)
            except Exception as cause:
                LOG.error("The rules engine failed on %s and is rebuilt: %s", name, cause)
                self.rebuilds += 1
                self._build()
                raise EngineFault(f"{name}: {cause}") from cause
            return str(fired[0])

    def _build(self) -> None:
        """Begin anew; the old rulesets go with their host, and each is made again when it is asked."""
        self._host = _QuietHost()
        self._registered: set[str] = set()

    def _register(self, name: str, topic: str, exercise_id: str) -> None:
        """Make a ruleset: a cold start answers from three of two dozen."""
        ruleset = _ruleset(self._rulebook.books[topic], self._exercises[exercise_id])
        self._host.register_rulesets({name: ruleset})
        self._registered.add(name)


def _ruleset(book: Book, exercise: Exercise) -> dict[str, Any]:
    return {
        rule.id: {"all": [{"m": _condition(rule, exercise)}], "pri": rank, "run": _note(rule.id)}
        for rank, rule in enumerate(book.rules, start=1)
    }


def _condition(rule: Rule, exercise: Exercise) -> dict[str, Any]:
    tests = [{MARKER: 1}, *(each for test in rule.when for each in _expressions(test, exercise))]
    return {"$and": tests} if len(tests) > 1 else tests[0]


def _expressions(test: Test, exercise: Exercise) -> list[dict[str, Any]]:
    """A test as the engine takes it: an unknown number is one below all others there, so it is excepted by name."""
    comparand = test.value(exercise)
    unknown = {test.fact: BELOW_ALL}
    if comparand == UNKNOWN:
        return [unknown if test.operator == "is" else {"$neq": unknown}]
    if test.operator == "unknown_or_at_least":
        return [{"$or": [unknown, {"$gte": {test.fact: comparand}}]}]
    if test.operator == "unknown_or_at_most":
        return [{"$lte": {test.fact: comparand}}]
    if test.operator in ("at_most", "less_than"):
        return [{"$gt": unknown}, _expression(test, comparand)]
    return [_expression(test, comparand)]


def _sent(facts: Facts) -> dict[str, Value]:
    return {fact: BELOW_ALL if value == UNKNOWN else value for fact, value in facts.as_dict().items()}


def _expression(test: Test, comparand: Comparand) -> dict[str, Any]:
    if isinstance(comparand, tuple):
        choices = [{test.fact: each} for each in comparand]
        return {"$or": choices} if len(choices) > 1 else choices[0]
    plain: dict[str, Value] = {test.fact: comparand}
    return plain if test.operator == "is" else {SYMBOLS[test.operator]: plain}


def _note(rule_id: str) -> Callable[[Any], None]:
    def note(closure: Any) -> None:
        state = closure.s
        state["fired"] = [*(state["fired"] or ()), rule_id]

    return note
