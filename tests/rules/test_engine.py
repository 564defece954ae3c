"""The engine answers as the rulebook says, for whoever asks, and survives its own faults."""

import logging
import subprocess
import sys
import threading
from typing import Any

import pytest

from bench.turns.rules import growth_kb, wrong_of_threads
from rules.engine import Engine, EngineFault
from rules.vocabulary.body_facts import PainFacts
from rules.vocabulary.facts import SetsFacts
from tests.shipped import EXERCISES, RULEBOOK

RED_FLAG = PainFacts(
    report="gone",
    sign="chest",
    body_part="lower_back",
    is_training=True,
    stands="on_hold",
    reports_this_workout=2,
    days_on_hold=3,
    holds_in_four_weeks=1,
    was_looked_at=True,
)
SETTLED = SetsFacts(moment="set_settled", sides_left=1, rounds_left=2, next_is_fresh=True, band_changes=False)


@pytest.fixture
def engine() -> Engine:
    return Engine(RULEBOOK, EXERCISES, memo=0)


def broken(engine: Engine, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    """Make the engine inside fail on its next question, as durable_rules has been seen to."""

    def post(name: str, fact: dict[str, Any]) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(engine._host, "post", post)


def test_the_first_rule_that_holds_decides(engine: Engine) -> None:
    assert engine.decide(RED_FLAG, "glute_raise").rule == "PAIN-01"


def test_a_decision_carries_its_facts_its_sources_and_the_numbers_of_the_exercise(engine: Engine) -> None:
    decision = engine.decide(SETTLED, "glute_raise")
    assert decision.numbers == {"rest_s": 10, "count_to": 25}
    assert decision.facts is SETTLED
    assert decision.sources == RULEBOOK.rule(decision.rule).source


def test_facts_outside_their_domain_never_reach_the_engine(engine: Engine) -> None:
    with pytest.raises(ValueError, match="sides_left is 7, outside its domain"):
        engine.decide(SetsFacts("set_settled", 7, 2, True, False), "glute_raise")
    with pytest.raises(ValueError, match="next_is_fresh is 1, outside its domain"):
        engine.decide(SetsFacts("set_settled", 1, 2, 1, False), "glute_raise")  # type: ignore[arg-type]


def test_an_unknown_exercise_is_a_mistake_of_the_caller(engine: Engine) -> None:
    with pytest.raises(KeyError, match="clamshel"):
        engine.decide(SETTLED, "clamshel")


@pytest.mark.parametrize("answer", [MemoryError("sids"), KeyError("x"), {"fired": []}, {"exception": "boom"}])
def test_a_fault_is_raised_and_logged_once_and_the_engine_is_new(
    engine: Engine, answer: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = engine._host
    broken(engine, monkeypatch, answer)
    with caplog.at_level(logging.ERROR), pytest.raises(EngineFault, match="sets/glute_raise"):
        engine.decide(SETTLED, "glute_raise")
    assert len(caplog.records) == 1
    assert engine._host is not before
    assert engine.decide(SETTLED, "glute_raise").rule == "SETS-03"
    assert len(caplog.records) == 1


def test_what_was_decided_before_is_remembered_and_memory_of_it_is_bounded() -> None:
    engine = Engine(RULEBOOK, EXERCISES, memo=3)
    first = engine.decide(SETTLED, "glute_raise")
    assert engine.decide(SETTLED, "glute_raise") is first
    for rounds in range(10):
        engine.decide(SetsFacts("set_settled", 0, rounds, False, False), "glute_raise")
    assert len(engine._memo) <= 3


def test_the_engine_starts_no_threads(engine: Engine) -> None:
    before = threading.active_count()
    engine.decide(SETTLED, "glute_raise")
    Engine(RULEBOOK, EXERCISES)
    assert threading.active_count() == before


def test_eight_threads_get_the_right_answers(engine: Engine) -> None:
    assert wrong_of_threads(engine, RULEBOOK, EXERCISES["glute_raise"], decisions=4_000, threads=8) == 0


def test_memory_stays_flat(engine: Engine) -> None:
    assert growth_kb(engine, decisions=10_000) < 2_000


IN_A_PROCESS = """
from bench.turns.rules import growth_kb
from rules.rulebook import load_rulebook
from rules.engine import Engine
from rules.files.exercise import load_exercises

exercises = load_exercises()
print(growth_kb(Engine(load_rulebook(exercises=exercises), exercises, memo=0), decisions=100_000))
"""


@pytest.mark.timeout(900)
@pytest.mark.long
def test_memory_stays_flat_over_a_hundred_thousand_decisions() -> None:
    """In a process of its own: the heap of a long run of tests grows and shrinks for other reasons."""
    told = subprocess.run([sys.executable, "-c", IN_A_PROCESS], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 1_000
