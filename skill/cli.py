"""The glute-coach command."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from skill.commands import count, counts, history, report, rulebook, serve, simulate, talk, user, wyoming

COMMANDS: Final = (serve, talk, wyoming, count, counts, report, rulebook, simulate, history, user)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 where it did what was asked, 1 where it could not, 2 for a command not understood."""
    parser = argparse.ArgumentParser(
        prog="glute-coach", description="A hands-free coach for one band exercise."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for each in COMMANDS:
        each.add_to(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GLUTE_COACH_TRACE"):
            raise
        print(f"glute-coach: {error}", file=sys.stderr)
        return 1
