"""`glute-coach devices`: the phones and tablets that may use the coach at home."""

import argparse
import time
from datetime import datetime
from typing import Any

from skill.commands.coach_options import add_command
from skill.commands.home import tell_code
from skill.speaker.pairing.devices import Devices
from skill.speaker.pairing.folder import home_folder
from skill.speaker.pairing.pairing import Pairing
from skill.speaker.pairing.whereabouts import Whereabouts


def add_to(commands: Any) -> None:
    parser = add_command(
        commands, "devices", "list, pair, rename or withdraw phones and tablets at home", run_list
    )
    what = parser.add_subparsers(title="what to do", metavar="WHAT")
    add_command(what, "list", "the paired devices (default)", run_list)
    pairing = add_command(what, "pair", "show a new code for one more device", run_pair)
    pairing.add_argument(
        "--home-port", type=int, default=8443, help="the coach's port (default: %(default)s)"
    )
    pairing.add_argument(
        "--home-name", action="append", default=[], metavar="NAME[:PORT]", help="as `serve --home` was told"
    )
    naming = add_command(what, "rename", "give a device another name", run_rename)
    naming.add_argument("id")
    naming.add_argument("name")
    ending = add_command(what, "withdraw", "let a device in no longer", run_withdraw)
    ending.add_argument("id")


def run_list(chosen: argparse.Namespace) -> int:
    """Print the devices, the one used last first."""
    found = _devices(chosen).all(time.time())
    for each in found:
        print(f"{each.id}  {each.name:40}  last used {_day(each.seen_s)}, until {_day(each.expires_s)}")
    if not found:
        print("No device is paired. Start `glute-coach serve --home` and scan its square code.")
    return 0


def run_pair(chosen: argparse.Namespace) -> int:
    """Show a new code; the coach that serves takes it."""
    tell_code(Whereabouts(chosen.home_port, tuple(chosen.home_name)), Pairing(_devices(chosen)))
    return 0


def run_rename(chosen: argparse.Namespace) -> int:
    """Give a device another name. Raises UnknownDevice: there is none with this id."""
    _devices(chosen).rename(chosen.id, chosen.name)
    return run_list(chosen)


def run_withdraw(chosen: argparse.Namespace) -> int:
    """Take a device's token back; the coach that serves refuses it at once.

    Raises UnknownDevice: there is none with this id.
    """
    _devices(chosen).withdraw(chosen.id)
    return run_list(chosen)


def _devices(chosen: argparse.Namespace) -> Devices:
    return Devices(home_folder(chosen.db))


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%d %b %Y}"
