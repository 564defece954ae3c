"""`glute-coach import`, `forget`, `prune` and `move`: what is stored of people, and where."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from skill.commands.coach_options import add_command, add_user
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.store.choose import open_store
from skill.store.plausible import blank, check_parts
from skill.store.transfer import NotARecord, Record, Tally, check, move, put

DAY_S: Final = 86_400
PROGRESS: Final = 1000
"""How many users pass between two lines of progress."""
RETENTION: Final = "GLUTE_COACH_RETENTION_DAYS"


def add_to(commands: Any) -> None:
    importing = add_command(commands, "import", "store what `export` printed", run_import)
    importing.add_argument("file", type=Path, help="a file with one export, or one a line")
    forgetting = add_command(commands, "forget", "delete everything that is stored of one user", run_forget)
    add_user(forgetting)
    forgetting.add_argument("--yes", action="store_true", help="do not ask first")
    pruning = add_command(commands, "prune", "delete what was last touched long ago", run_prune)
    pruning.add_argument(
        "--days", type=int, default=os.environ.get(RETENTION), help=f"how long ago (default: ${RETENTION})"
    )
    moving = commands.add_parser(
        "move", help="copy everybody's data to another store, verified; may be repeated"
    )
    moving.add_argument("--from", dest="source", required=True, metavar="STORE", help="sqlite:coach.db, ...")
    moving.add_argument("--to", dest="target", required=True, metavar="STORE", help="dynamodb:TABLE, ...")
    moving.set_defaults(run=run_move)
    for parser in (importing, moving):
        parser.add_argument("--replace", action="store_true", help="replace other data of the same users")


def run_import(chosen: argparse.Namespace) -> int:
    """Store the exports of a file; each is checked before and read back after."""
    added = present = 0
    with closing(open_store(chosen.db)) as store:
        for record in _named(chosen.file):
            check_parts(record)
            is_new = put(store, record, blank=blank(), replace=chosen.replace)
            added, present = added + is_new, present + (not is_new)
    print(f"{added} imported and verified, {present} already there")
    return 0


def run_forget(chosen: argparse.Namespace) -> int:
    """Delete the user's document and workouts; whoever trains here is asked first.

    Raises ValueError: they did not say that they want it.
    """
    if chosen.user == LOCAL_USER and not chosen.yes:
        print(f"This deletes every workout of whoever trains on this machine from {chosen.db}, for good.")
        if input('Type "delete" to do it: ').strip() != "delete":
            raise ValueError("nothing was deleted")
    with closing(open_store(chosen.db, must_exist=True)) as store:
        store.forget(chosen.user)
    print(f"Everything of user {chosen.user} is deleted.")
    return 0


def run_prune(chosen: argparse.Namespace) -> int:
    """Delete what nobody has touched for so many days. Raises ValueError: no number of days is given."""
    days = int(chosen.days or 0)
    if days < 1:
        raise ValueError(f"say how many days are kept: --days 730, or {RETENTION}=730")
    with closing(open_store(chosen.db, must_exist=True)) as store:
        print(f"{store.prune(int(time.time()) - days * DAY_S)} items older than {days} days are deleted")
    return 0


def run_move(chosen: argparse.Namespace) -> int:
    """Copy everybody; 1 where the target holds other data of somebody."""
    tally = Tally()
    source, target = open_store(chosen.source, must_exist=True), open_store(chosen.target)
    with closing(source), closing(target):
        for tally in move(source, target, blank=blank(), replace=chosen.replace):
            if tally.users % PROGRESS == 0:
                print(f"{tally.users} users", file=sys.stderr, flush=True)
        missing = len(set(source.users()) - set(target.users()))
    print(f"{tally.copied} copied and verified, {tally.present} already there, {tally.differing} differ")
    if tally.differing:
        print("Those who differ were left as they are; --replace overwrites them.", file=sys.stderr)
    if missing:
        print(f"{missing} have come meanwhile: stop the coach, and do it again.", file=sys.stderr)
    return 1 if tally.differing or missing else 0


def _named(path: Path) -> Iterator[Record]:
    """The exports of a file; a fault of its text names the file."""
    try:
        yield from _records(path)
    except (ValueError, RecursionError) as fault:
        raise NotARecord(f"{path} holds no export, as `glute-coach export` prints it: {fault}") from fault


def _records(path: Path) -> Iterator[Record]:
    """The exports of a file: one a line, or the whole file one."""
    with path.open(encoding="utf-8-sig") as lines:
        first = lines.readline()
        try:
            yield check(json.loads(first))
        except ValueError:
            yield check(json.loads(first + lines.read()))
            return
        for line in lines:
            if line.strip():
                yield check(json.loads(line))
