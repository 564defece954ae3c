"""durable_rules and the oracle give one answer, on and around every threshold."""

import pytest

from rules.engine import Engine
from rules.vocabulary.facts import TOPICS
from tests.rules.oracle import answer, literal, near_thresholds, read
from tests.shipped import EXERCISES, RULEBOOK

ENGINE = Engine(RULEBOOK, EXERCISES, memo=0)


def disagreements(topic: str, exercise_id: str, most: int) -> tuple[int, list[str]]:
    rules, exercise = read("book", topic)["rules"], read("exercises", exercise_id)
    asked, wrong = 0, []
    for facts in near_thresholds(topic, exercise, most):
        told = answer(rules, exercise, facts.as_dict())
        decision = ENGINE.decide(facts, exercise_id)
        numbers = {key: literal(value, exercise) for key, value in told["then"].items() if key != "advise"}
        if (decision.rule, decision.advice, decision.numbers) != (
            told["id"],
            told["then"]["advise"],
            numbers,
        ):
            wrong.append(f"{facts}: {decision.rule}, the oracle says {told['id']}")
        asked += 1
    return asked, wrong


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_both_engines_give_one_answer_near_every_threshold(topic: str, exercise_id: str) -> None:
    asked, wrong = disagreements(topic, exercise_id, most=5_000 if exercise_id == "glute_raise" else 1_000)
    assert wrong == []
    assert asked >= len(read("book", topic)["rules"])


@pytest.mark.timeout(900)
@pytest.mark.long
@pytest.mark.parametrize("topic", TOPICS)
def test_both_engines_give_one_answer_on_five_times_as_many(topic: str) -> None:
    _, wrong = disagreements(topic, "glute_raise", most=25_000)
    assert wrong == []
