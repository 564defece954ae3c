"""The engine answers as the rulebook says, for whoever asks, and survives its own faults."""

import pytest

from rules.book import load_rulebook
from rules.engine import Engine
from rules.exercise import load_exercises
from rules.facts import PainFacts, SetsFacts


@pytest.fixture(scope="module")
def engine() -> Engine:
    exercises = load_exercises()
    return Engine(load_rulebook(exercises=exercises), exercises, memo=0)


def test_the_first_rule_that_holds_decides(engine: Engine) -> None:
    facts = PainFacts(True, True, True, True, "lower_back", 2)
    assert engine.decide(facts, "glute_raise").rule == "PAIN-01"
    assert engine.matching(facts, "glute_raise")[0] == "PAIN-01"


def test_a_decision_carries_the_numbers_of_the_exercise(engine: Engine) -> None:
    decision = engine.decide(SetsFacts("set_settled", 1, 2, True), "glute_raise")
    assert decision.numbers == {"rest_s": 10, "count_to": 25}
    assert decision.sources
