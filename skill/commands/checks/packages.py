"""What is installed of each extra, by the coach's own list of what it needs."""

import argparse
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from typing import Final

from skill.commands.checks import Finding, State
from skill.commands.version import DISTRIBUTION

WHAT_FOR: Final = {
    "voice": "speaking on this machine",
    "hearing": "understanding a microphone",
    "microphone": "glute-coach talk --voice",
    "wyoming": "Home Assistant's satellites",
    "report": "a report as a picture",
    "exports": "FIT activities and calendars",
    "simulate": "glute-coach simulate",
    "postgres": "records in PostgreSQL",
    "dynamodb": "records in DynamoDB",
}
ENGINE: Final = ("durable-rules", "durable_rules_engine")
"""What a wheel of tools/build_wheels.py brings itself, by its name and by its module."""
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA: Final = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")


def findings(_: argparse.Namespace) -> Iterator[Finding]:
    """The coach's own packages, then each extra: whole, or what of it is missing."""
    try:
        requirements = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Finding(
            "missing", "packages", "the coach runs from its source and is not installed", "make setup"
        )
        return
    needed: dict[str, list[str]] = defaultdict(list)
    for each in requirements:
        marked, named = _EXTRA.search(each), _NAME.match(each)
        if named is not None:
            needed[marked[1] if marked else ""].append(named[0])
    yield _of("the coach itself", needed[""], "Install it anew: docs/install.md.", "fault")
    for extra, purpose in WHAT_FOR.items():
        cure = f"For {purpose}: pip install '{DISTRIBUTION}[{extra}]'"
        yield _of(extra, needed[extra], cure, "missing")


def _of(about: str, names: list[str], cure: str, otherwise: State) -> Finding:
    missing = [each for each in names if _version(each) is None]
    if missing:
        return Finding(otherwise, about, f"{', '.join(missing)} not installed", cure)
    return Finding("ok", about, ", ".join(f"{each} {_version(each)}" for each in names) or "needs nothing")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        is_ours = name == ENGINE[0] and importlib.util.find_spec(ENGINE[1]) is not None
        return "in the coach's own wheel" if is_ours else None
