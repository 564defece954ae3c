"""Looks for what must not be committed, in every file of git's: `python -m tools.secrets`, 1 if there is any."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TREE = Path(__file__).parents[1]

PATTERNS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "an AWS secret": r"(?i)aws.{0,20}secret.{0,20}['\"][0-9a-z/+=]{40}['\"]",
    "a GitHub token": r"\bgh[pousr]_[0-9A-Za-z]{36}\b",
    "a Slack token": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "a Google key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a signed web token": r"\beyJ[0-9A-Za-z_-]{20,}\.eyJ[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{20,}",
    "an npm token": r"\bnpm_[0-9A-Za-z]{36}\b",
    "a login in an address": r"\b[a-z][a-z0-9+.-]*://[^/\s:@'\"{}<>]+:(?!password\b|secret\b)[^/\s:@'\"{}<>]{6,}@[a-z0-9.-]+",
    "a password": r"(?i)\b(?:password|passwd|api_?key|secret_?key)\s*[:=]\s*['\"][^'\"\s{}$<>]{12,}['\"]",
    "a real Alexa user": r"\bamzn1\.(?:ask\.account|account|ask\.person)\.[A-Z2-7]{40,}\b",
    "a real Alexa device": r"\bamzn1\.ask\.device\.[A-Z2-7]{40,}\b",
}
COMPILED = {what: re.compile(pattern) for what, pattern in PATTERNS.items()}


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Line and kind of each secret in a text."""
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in COMPILED.items():
            if pattern.search(line):
                yield number, what


def found_in_tree(tree: Path = TREE) -> list[str]:
    """Where git's files hold a secret, as file:line: kind."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=tree, capture_output=True, text=True, check=True
    ).stdout
    found = []
    for name in filter(None, names.split("\0")):
        raw = (tree / name).read_bytes() if (tree / name).is_file() else b""
        found += [f"{name}:{line}: {what}" for line, what in found_in(raw.decode("utf-8", "replace"))]
    return found


if __name__ == "__main__":
    places = found_in_tree()
    print("\n".join(places) or "No secret is committed")
    sys.exit(bool(places))
