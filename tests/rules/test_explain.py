"""Every decision can be taken apart: what fired, what it outranked, what was nearly true."""

import pytest

from rules.views.explain import OtherVocabulary, counted, explain, facts_again
from rules.vocabulary.facts import FailureFacts
from tests.shipped import RAISE, RULEBOOK


def failed_at(reps: int, **more: object) -> FailureFacts:
    values = {"ended_by": "said_failed", "could_do_more": "no", "reps": reps, "reps_beyond_count": 0, **more}
    return FailureFacts(**values)  # type: ignore[arg-type]


def test_the_rule_that_fired_is_named_with_the_facts_that_counted() -> None:
    explanation = explain(failed_at(11), RULEBOOK, RAISE)
    assert explanation.fired.advice == "failed_short"
    assert counted(explanation) == {"reps": 11}


def test_a_rule_that_lacked_one_thing_is_named_with_what_it_lacked() -> None:
    explanation = explain(failed_at(13), RULEBOOK, RAISE)
    lacked = {rule.advice: str(test) for rule, test in explanation.nearly}
    assert lacked["failed_short"] == "reps less_than exercise.window.low"
    assert lacked["failed_past_window"] == "reps more_than exercise.window.high"
    assert counted(explanation)["reps"] == 13, "a rule without tests counts what others lacked"


def test_what_held_too_is_named_as_outranked() -> None:
    explanation = explain(failed_at(11, ended_by="said_pain"), RULEBOOK, RAISE)
    assert explanation.fired.advice == "ended_by_pain"
    assert "failed_short" in [rule.advice for rule in explanation.outranked]


def test_facts_that_were_kept_are_the_same_facts_again() -> None:
    facts = failed_at(14)
    assert facts_again("failure", tuple(facts.as_dict().values())) == facts


@pytest.mark.parametrize(
    ("topic", "values", "says"),
    [
        ("moon", (1,), "no topic 'moon'"),
        ("failure", ("said_failed", "no", 3), "4 facts now, 3 were kept"),
        ("failure", ("was_eaten", "no", 3, 0), "ended_by is 'was_eaten'"),
    ],
)
def test_facts_of_another_version_are_not_guessed_at(
    topic: str, values: tuple[object, ...], says: str
) -> None:
    with pytest.raises(OtherVocabulary, match=says):
        facts_again(topic, values)  # type: ignore[arg-type]
