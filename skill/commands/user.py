"""`glute-coach export` and `forget`: everything that is stored of one user, and gone."""

import argparse
import json
from typing import Any

from skill.app import Settings, build


def add_to(commands: Any) -> None:
    """Declare the commands."""
    for name, what, run in (
        ("export", "print everything that is stored of one user, as JSON", export),
        ("forget", "delete everything that is stored of one user", forget),
    ):
        parser = commands.add_parser(name, help=what)
        parser.add_argument("--user", required=True, help="the user's id")
        parser.add_argument(
            "--db", default="glute-coach.db", help="where the state is kept (default: %(default)s)"
        )
        parser.set_defaults(run=run)


def export(chosen: argparse.Namespace) -> int:
    """Print the user's document and workouts; 1 where nothing is stored."""
    store = build(Settings(store=chosen.db)).store
    document = store.load(chosen.user).document
    if document is None:
        raise LookupError(f"nothing is stored of user {chosen.user} in {chosen.db}")
    print(
        json.dumps(
            {"user": chosen.user, "document": document, "workouts": store.workouts(chosen.user)}, indent=2
        )
    )
    return 0


def forget(chosen: argparse.Namespace) -> int:
    """Delete the user's document and workouts."""
    build(Settings(store=chosen.db)).store.forget(chosen.user)
    print(f"Everything of user {chosen.user} is deleted.")
    return 0
