"""`glute-coach token`: the token for Home Assistant and other programs of the house."""

import argparse
from typing import Any

from skill.commands.coach_options import add_store
from skill.speaker.api.token import new_token, read_token, token_file


def add_to(commands: Any) -> None:
    parser = commands.add_parser("token", help="print the token that lets Home Assistant use the coach")
    add_store(parser)
    parser.add_argument("--new", action="store_true", help="make a new one; the old one ends at once")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the token, and make it where there is none yet."""
    file = token_file(chosen.db)
    print((not chosen.new and read_token(file)) or new_token(file))
    return 0
