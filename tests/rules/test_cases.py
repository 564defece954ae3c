"""Every rule has its worked cases, and every worked case holds."""

from pathlib import Path

import pytest

from rules.book import load_rulebook
from rules.cases import CaseFile, judged
from rules.exercise import load_exercises
from rules.facts import TOPICS
from rules.reading import read_file

HERE = Path(__file__).parent


@pytest.mark.parametrize("topic", TOPICS)
def test_every_rule_of_the_topic_has_its_cases_and_they_hold(topic: str) -> None:
    exercises = load_exercises()
    book = load_rulebook(exercises=exercises).books[topic]
    cases = CaseFile(f"{topic}.yaml", read_file(HERE / f"{topic}.yaml"), tuple(exercises))
    assert [str(fault) for fault in judged(book, cases, exercises[cases.exercise])] == []
