"""The options of every command that builds the coach: where its state is, which exercises and rules it has.

What the command line says holds, then what the environment says (docs/deploy.md), then the default.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from skill.app import App, build
from skill.people.person import Person
from skill.people.registry import Registry, UnknownPerson
from skill.settings import Settings, zone_of
from skill.speaker.conversation.local_trainee import LOCAL_NAME, LOCAL_USER
from skill.store.choose import open_store

DB = "glute-coach.db"
NOBODY = "nobody"


def add_command(commands: Any, name: str, what: str, run: Callable[[argparse.Namespace], int]) -> Any:
    """Declare a command that works on a store."""
    parser = commands.add_parser(name, help=what)
    add_store(parser)
    parser.set_defaults(run=run)
    return parser


def add_store(parser: Any) -> None:
    """Declare `--db`."""
    parser.add_argument(
        "--db",
        default=os.environ.get("GLUTE_COACH_STORE") or DB,
        help=f"the store: a file, or an address (default: GLUTE_COACH_STORE, else {DB})",
    )


def add_coach(parser: Any) -> None:
    """Declare `--db`, `--exercises`, `--rules` and `--locale`."""
    add_store(parser)
    parser.add_argument(
        "--exercises",
        type=Path,
        default=os.environ.get("GLUTE_COACH_EXERCISES") or None,
        metavar="DIR",
        help="exercises beside the coach's own (docs/exercise-format.md)",
    )
    parser.add_argument(
        "--rules",
        type=Path,
        default=os.environ.get("GLUTE_COACH_RULES") or None,
        metavar="DIR",
        help="topics in place of the coach's own (docs/rulebook.md)",
    )
    parser.add_argument(
        "--locale",
        default=os.environ.get("GLUTE_COACH_LOCALE", ""),
        help="whose words, where a request names no locale, such as en-GB"
        " (default: the browser's on the page, else en-US)",
    )


def add_person(parser: Any) -> None:
    """Declare `--as`: who of the people at home it is for."""
    parser.add_argument(
        "--as", dest="who", default="", metavar="NAME", help="who trains (default: the first person)"
    )


def add_user(parser: Any) -> None:
    """Declare `--user`: by default whoever trains on this machine."""
    parser.add_argument(
        "--user",
        type=_user,
        default=LOCAL_USER,
        metavar="ID",
        help=f"the user's id (default: {LOCAL_NAME}, whoever trains on this machine)",
    )


def _user(text: str) -> str:
    return LOCAL_USER if text == LOCAL_NAME else text


def settings_of(chosen: argparse.Namespace) -> Settings:
    """The settings that the options describe, with days named in GLUTE_COACH_ZONE, or else in this machine's zone.

    Raises WrongSetting: an option, or the zone, cannot be used; the message names it.
    """
    zone = os.environ.get("GLUTE_COACH_ZONE", "")
    return Settings(
        store=chosen.db,
        exercises=chosen.exercises,
        rules=chosen.rules,
        locale=chosen.locale,
        zone=zone_of(zone) if zone else machines_zone(),
        skill_ids=tuple(getattr(chosen, "skill_id", ())),
    )


def machines_zone() -> tzinfo:
    """This machine's time zone, by name where it has one: summer time is then right at each instant."""
    name = os.environ.get("TZ", "").removeprefix(":")
    place = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for each in (name, place):
        try:
            if each:
                return ZoneInfo(each)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return datetime.now().astimezone().tzinfo or UTC


def person_of(coach: App, who: str) -> Person:
    """The person of this name or id; the first one for "". Raises LookupError: nobody of it trains here."""
    registry = Registry(coach.store)
    try:
        return registry.person(who)
    except UnknownPerson:
        known = ", ".join(each.name or each.id for each in registry.people()[:20])
        raise LookupError(f"Nobody called {who} trains here; there is {known}") from None


@contextmanager
def opened_coach(chosen: argparse.Namespace, *, must_exist: bool = False) -> Iterator[App]:
    """The coach that these options describe; its store is closed again.

    Where the state `must_exist`, as for whoever only reads, a slip in a path is no empty record.

    Raises Refused: a rule or an exercise is wrong; the message names file, line and cure. StoreError: the state
    cannot be read, or has to exist and does not.
    """
    settings = settings_of(chosen)
    if must_exist:
        open_store(chosen.db, must_exist=True).close()
    coach = build(settings)
    try:
        coach.state(NOBODY)  # a store that cannot be opened is told at once, not by an apology on every turn
        yield coach
    finally:
        coach.store.close()
