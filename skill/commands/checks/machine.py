"""Python, the coach's own version, its rules, the clock, the memory, the port."""

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from skill.commands.checks import Finding
from skill.commands.ports import PortTaken, check_free
from skill.commands.version import version

NEWEST_TRIED: Final = (3, 14)
EARLIEST_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
HEARING_MB: Final = 400


def findings(chosen: argparse.Namespace) -> Iterator[Finding]:
    """What this machine is like."""
    yield Finding("ok", "coach", version())
    yield _python(sys.version_info[:2])
    yield _rules()
    yield _clock(time.time())
    yield _memory()
    yield _port(chosen.host, chosen.port)


def _python(running: tuple[int, int]) -> Finding:
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if running > NEWEST_TRIED:
        newest = ".".join(map(str, NEWEST_TRIED))
        return Finding("missing", "Python", f"{said}: newer than what is tried", f"Take Python {newest}.")
    return Finding("ok", "Python", said)


def _rules() -> Finding:
    try:
        from rules.engine import Engine
        from rules.files.exercise import load_exercises
        from rules.rulebook import load_rulebook

        exercises = load_exercises()
        rulebook = load_rulebook()
        Engine(rulebook, exercises)
    except Exception as fault:
        cure = "Install the coach anew from its wheels: docs/install.md."
        return Finding("fault", "rules", f"{type(fault).__name__}: {fault}", cure)
    count = sum(len(book.rules) for book in rulebook.books.values())
    return Finding("ok", "rules", f"{count} rules, {len(exercises)} exercises, proved")


def _clock(now: float) -> Finding:
    said = datetime.fromtimestamp(now, UTC).astimezone().strftime("%Y-%m-%d %H:%M %Z")
    if now < EARLIEST_NOW:
        cure = "Set it: timedatectl set-ntp true, then wait for the network."
        return Finding("fault", "clock", f"{said}, which is long past", cure)
    return Finding("ok", "clock", said)


def _memory() -> Finding:
    free_mb = None
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        free_mb = int(next(each for each in lines if each.startswith("MemAvailable")).split()[1]) // 1024
    if free_mb is None:
        return Finding("ok", "memory", "how much is free is not told here")
    if free_mb < HEARING_MB:
        cure = "Hearing takes most of it: close other programs, or type what you would say."
        return Finding("missing", "memory", f"{free_mb} MB free; voice and ears want {HEARING_MB}", cure)
    return Finding("ok", "memory", f"{free_mb} MB free")


def _port(host: str, port: int) -> Finding:
    try:
        check_free(host, port)
    except PortTaken as fault:
        return Finding("missing", "port", str(fault))
    return Finding("ok", "port", f"{port} is free")
