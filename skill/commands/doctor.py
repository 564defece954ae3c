"""`glute-coach doctor`: what is installed and what is not, each fault with its cure."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any, Final

from skill.commands.checks import Finding, machine, packages, sound, storage
from skill.commands.coach_options import add_store

ROOMS: Final[tuple[tuple[str, Callable[[argparse.Namespace], Iterator[Finding]]], ...]] = (
    ("This machine", machine.findings),
    ("The store", storage.findings),
    ("Voice, ears and sound", sound.findings),
    ("Packages", packages.findings),
)
MARKS: Final = {"ok": "ok  ", "missing": "--  ", "fault": "BAD "}


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "doctor", help="look at this machine: what is there, what is missing, and the cure"
    )
    add_store(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="port to serve on (default: %(default)s)")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what was found; 1 where something is wrong that the coach cannot do without."""
    faults = 0
    for title, findings in ROOMS:
        print(title)
        for each in findings(chosen):
            faults += each.state == "fault"
            print(f"  {MARKS[each.state]}{each.about}: {each.said}")
            if each.cure:
                print(f"        {each.cure}")
    print(f"{faults} marked BAD; the cure stands below each." if faults else "Nothing is wrong.")
    return 1 if faults else 0
