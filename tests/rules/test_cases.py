"""Every rule has its worked cases, they hold, and they notice every change of a rule that anybody could notice."""

import re
from pathlib import Path

from rules.cases.check import check
from tests.shipped import RULEBOOK

ROOT = Path(__file__).parents[2]


def test_every_rule_has_its_cases_and_they_hold_and_notice_as_many_changes_as_is_published() -> None:
    verdict = check([ROOT / "rules" / "book"])
    assert [str(fault) for fault in verdict.faults] == []
    assert len(verdict.proved) == len(RULEBOOK.books)
    proved = "\n".join(verdict.proved)
    figures = re.findall(r": (\d+) rules?, \d+ cases?, (\d+) of (\d+) changes noticed$", proved, re.M)
    rules, noticed, made = (sum(map(int, column)) for column in zip(*figures, strict=True))
    assert noticed == made
    assert f"notice {noticed:,} of {made:,} changes made to the rules" in published("README.md")
    assert f"| {noticed:,} of {made:,}, of {rules} rules" in published("docs/benchmarks.md")


def published(page: str) -> str:
    """A page as one line, for figures that may be broken over two."""
    return " ".join((ROOT / page).read_text("utf-8").split())
