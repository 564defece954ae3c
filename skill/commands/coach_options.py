"""The options of every command that builds the coach: where its state is, which exercises and rules it has."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from skill.app import App, Settings, build
from skill.store.choose import open_store

DB = "glute-coach.db"
NOBODY = "nobody"


def add_coach(parser: Any) -> None:
    """Declare `--db`, `--exercises` and `--rules`."""
    parser.add_argument("--db", default=DB, help="where the state is kept (default: %(default)s)")
    parser.add_argument(
        "--exercises",
        type=Path,
        metavar="DIR",
        help="exercises beside the coach's own (docs/exercise-format.md)",
    )
    parser.add_argument(
        "--rules", type=Path, metavar="DIR", help="topics in place of the coach's own (docs/rulebook.md)"
    )


def add_person(parser: Any) -> None:
    """Declare `--as`: who of the people at home it is for."""
    parser.add_argument(
        "--as", dest="who", default="", metavar="NAME", help="who trains (default: the first person)"
    )


@contextmanager
def opened_coach(chosen: argparse.Namespace, *, must_exist: bool = False) -> Iterator[App]:
    """The coach that these options describe, with days named in this machine's zone; its store is closed again.

    Args:
        chosen: `--db`, `--exercises` and `--rules`.
        must_exist: the state has to be there already; for whoever only reads, a slip in a path is no empty record.

    Raises:
        Refused: a rule or an exercise is wrong; the message names file, line and cure.
        StoreError: the state cannot be read, or has to exist and does not.
    """
    if must_exist:
        open_store(chosen.db, must_exist=True).close()
    zone = datetime.now().astimezone().tzinfo or UTC
    coach = build(Settings(store=chosen.db, exercises=chosen.exercises, rules=chosen.rules, zone=zone))
    try:
        coach.state(NOBODY)  # a store that cannot be opened is told at once, not by an apology on every turn
        yield coach
    finally:
        coach.store.close()
