"""Every rule has its worked cases, and every worked case holds."""

from pathlib import Path

import pytest

from rules.cases.cases import CaseFile, judged
from rules.files.exercise import load_exercises
from rules.files.reading import read_file
from rules.rulebook import load_rulebook
from rules.vocabulary.facts import TOPICS

HERE = Path(__file__).parent


@pytest.mark.parametrize("topic", TOPICS)
def test_every_rule_of_the_topic_has_its_cases_and_they_hold(topic: str) -> None:
    exercises = load_exercises()
    book = load_rulebook(exercises=exercises).books[topic]
    cases = CaseFile(f"{topic}.yaml", read_file(HERE / f"{topic}.yaml"), tuple(exercises))
    assert [str(fault) for fault in judged(book, cases, exercises[cases.exercise])] == []
