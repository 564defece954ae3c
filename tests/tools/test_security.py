"""A reader of SECURITY.md finds the test behind each line."""

import ast
import re
from datetime import UTC, datetime

from tests.alexa.verify.whole import whole_table
from tools.secrets import TREE

TEXT = (TREE / "SECURITY.md").read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| who")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_threat_names_a_test() -> None:
    assert len(ROWS) >= 20
    assert [row for row in ROWS if not NAMED.search(row)] == []


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(TEXT)
    gone = [f"{file}::{name}" for file, name in named if name not in _tests_in(file)]
    assert gone == []


def test_as_many_cases_as_it_says_are_judged() -> None:
    said = re.search(r"the same (\d+) cases", TEXT)
    assert said is not None
    assert len(whole_table(datetime.now(UTC)).cases) == int(said[1])


def _tests_in(file: str) -> set[str]:
    if not (TREE / file).is_file():
        return set()
    return {
        each.name for each in ast.parse((TREE / file).read_text()).body if isinstance(each, ast.FunctionDef)
    }
