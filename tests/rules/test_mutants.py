"""The cases notice every change of a rule that anybody could notice."""

from pathlib import Path

import pytest

from rules.cases.cases import CaseFile
from rules.cases.mutants import Survey, survey
from rules.files.exercise import load_exercises
from rules.files.reading import read_file
from rules.rulebook import load_rulebook
from rules.vocabulary.facts import TOPICS

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
