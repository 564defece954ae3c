"""The cases notice every change of a rule that anybody could notice."""

from pathlib import Path

import pytest

from rules.book import load_rulebook
from rules.cases import CaseFile
from rules.exercise import load_exercises
from rules.facts import TOPICS
from rules.mutants import Survey, survey
from rules.reading import read_file

HERE = Path(__file__).parent


def surveyed(topic: str) -> Survey:
    exercises = load_exercises()
    cases = CaseFile(f"{topic}.yaml", read_file(HERE / f"{topic}.yaml"), tuple(exercises))
    return survey(load_rulebook(exercises=exercises).books[topic], cases.cases, exercises[cases.exercise])


@pytest.mark.parametrize("topic", TOPICS)
def test_no_change_of_a_rule_escapes_the_cases(topic: str) -> None:
    result = surveyed(topic)
    assert result.survived == ()
    assert result.killed == result.made > 0
