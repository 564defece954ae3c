"""Comparing two verifiers' verdicts with the differences that are explained in data."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from tests.alexa.verify.table import LET_IN

EXPLAINED = yaml.load((Path(__file__).parent / "differences.yaml").read_text(), yaml.CSafeLoader)

Verdicts = dict[str, str]


def unexplained(other: str, ours: Verdicts, theirs: Verdicts) -> dict[str, tuple[str, str]]:
    """The cases on which they part without a reason in data: name, our verdict, theirs."""
    return {
        name: (ours[name], verdict)
        for name, verdict in theirs.items()
        if _parts(ours[name], verdict) and not any(_fits(one, name, verdict) for one, _ in _patterns(other))
    }


def stale(other: str, ours: Verdicts, theirs: Verdicts) -> list[str]:
    """The patterns in data that explain no difference, or do so without a reason."""
    return [
        pattern
        for entry, pattern in _patterns(other)
        if not entry["why"]
        or not any(
            _parts(ours[name], said) and fnmatchcase(name, pattern) and said == entry["theirs"]
            for name, said in theirs.items()
        )
    ]


def _parts(ours: str, theirs: str) -> bool:
    return (ours if ours == LET_IN else "refused") != theirs


def _patterns(other: str) -> Iterator[tuple[dict[str, Any], str]]:
    for entry in EXPLAINED[other]:
        for pattern in entry["cases"]:
            yield entry, pattern


def _fits(entry: dict[str, Any], name: str, theirs: str) -> bool:
    return entry["theirs"] == theirs and any(fnmatchcase(name, pattern) for pattern in entry["cases"])
