"""The glute-coach command."""

import argparse
import os
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final, NoReturn

from skill.commands import interrupt

COMMANDS: Final = (
    *("serve", "devices", "talk", "by_hand", "wyoming", "token", "count", "counts", "report"),
    *("rulebook", "simulate", "history", "export", "backup", "calendar", "user", "doctor"),
)
"""The files of `skill/commands` that add commands, in the order in which help lists these."""


def run() -> NoReturn:
    """The command as a program of its own.

    Models may still be loading, in native code, when Ctrl-C comes. A thread that the ending interpreter tears out of
    such code aborts the process with a message that helps nobody; so where one is left, nothing is torn down.
    """
    if (
        not sys.warnoptions
    ):  # Alexa's SDK has old escapes, of which Python 3.12 and later tell at its first import
        warnings.simplefilter("ignore", SyntaxWarning)
    interrupt.remember()
    code = main()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    if any(each.daemon for each in threading.enumerate()):
        os._exit(code)
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 where it did what was asked, 1 where it could not, 2 for a command not understood."""
    try:
        chosen = parser().parse_args(arguments)
        interrupt.check()
        return int(chosen.run(chosen))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as missing:
        print(
            f"glute-coach: {missing.name} is not installed. `glute-coach doctor` says which extra brings it",
            file=sys.stderr,
        )
        return 1
    except Exception as error:
        if os.environ.get("GLUTE_COACH_TRACE"):
            raise
        print(f"glute-coach: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line; the commands are imported here, so that Ctrl-C ends that too in peace."""
    from skill.commands.version import version

    whole = argparse.ArgumentParser(
        prog="glute-coach", description="A hands-free coach for one band exercise."
    )
    whole.add_argument("--version", action="version", version=version())
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"skill.commands.{name}").add_to(commands)
    return whole
