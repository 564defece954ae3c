"""The options of every command that builds the coach: where its state is, which exercises and rules it has."""

import argparse
from pathlib import Path
from typing import Any

DB = "glute-coach.db"


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


def chosen_settings(chosen: argparse.Namespace) -> dict[str, Any]:
    """What these options mean for `Settings`."""
    return {"store": chosen.db, "exercises": chosen.exercises, "rules": chosen.rules}
