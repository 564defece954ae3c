"""`glute-coach backup` and `restore`: everybody's records in one file, and back into any of the stores."""

import argparse
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from skill.commands.coach_options import add_store
from skill.store.backup import NotABackup, check_backup, records_in, write_backup
from skill.store.base import Store, StoreError
from skill.store.choose import file_of, open_store
from skill.store.in_use import check_unused
from skill.store.plausible import blank
from skill.store.transfer import put
from skill.store.whole_files import OWNER_ONLY, aside


class HoldsOthers(StoreError):
    """The store holds what is not in the backup; nothing was done."""


def add_to(commands: Any) -> None:
    saving = commands.add_parser(
        "backup", help="write everybody's records to one file; the coach may run meanwhile"
    )
    saving.add_argument("file", type=Path, metavar="FILE", help="where to; what lies there is replaced")
    saving.set_defaults(run=run_backup)
    restoring = commands.add_parser(
        "restore", help="put a backup into a store; the coach must not run meanwhile"
    )
    restoring.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")
    restoring.add_argument(
        "--replace", action="store_true", help="in place of everything that the store holds now"
    )
    restoring.set_defaults(run=run_restore)
    for parser in (saving, restoring):
        add_store(parser)


def run_backup(chosen: argparse.Namespace) -> int:
    """Write the backup aside, see that it is on the disk, and only then put it in its place.

    Raises NotWritable: it cannot be written there; StoreError: the store cannot be read.
    """
    with closing(open_store(chosen.db, must_exist=True)) as store, aside(chosen.file, OWNER_ONLY) as file:
        people = write_backup(store, file)
    print(f"{chosen.file}: {people} people's records")
    return 0


def run_restore(chosen: argparse.Namespace) -> int:
    """Check the whole backup, see that no coach runs, and put it into the store.

    Raises NotABackup: the file is none, is cut short, was changed, or a newer coach made it; InUse: a coach is
    running on the store; HoldsOthers: the store holds other records, and replacing them was not asked for.
    """
    with _opened(chosen.file) as file:
        people = check_backup(file)
        check_unused(chosen.db)
        _check_room(chosen.db, file, replace=chosen.replace)
        target = file_of(chosen.db)
        if target is not None:
            _restore_file(file, target)
        else:
            with closing(open_store(chosen.db)) as store:
                _restore_into(store, file)
    print(f"{people} people's records are restored to {chosen.db}, and were read back")
    return 0


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as fault:
        raise NotABackup(f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}") from fault
    with file:
        yield file


def _check_room(address: str, file: BinaryIO, *, replace: bool) -> None:
    """Nothing, if the store holds nobody but those of the backup, or may be replaced."""
    target = file_of(address)
    if replace or (target is not None and not target.exists()):
        return
    with closing(open_store(address)) as store:
        here = set(store.users())
    file.seek(0)
    others = here if target is not None else here - {each["user"] for each in records_in(file)}
    if others:
        raise HoldsOthers(
            f"{address} holds the records of {len(here)} people: --replace puts the backup in their place, "
            "another --db keeps both. Nothing was done"
        )


def _restore_file(file: BinaryIO, target: Path) -> None:
    """Make the database anew beside the old one, then change them at once: a kill on the way leaves the old one."""
    fresh = target.with_name(f".{target.name}.restoring")
    _remove(fresh)
    try:
        with closing(open_store(f"sqlite:{fresh}")) as store:
            _restore_into(store, file)
        check_unused(f"sqlite:{fresh}")  # folds its log into it
        if target.exists():
            _give_owner_of(target, fresh)
        for each in ("-wal", "-shm"):  # left by a database that is damaged
            target.with_name(target.name + each).unlink(missing_ok=True)
        fresh.replace(target)
    finally:
        _remove(fresh)


def _give_owner_of(old: Path, new: Path) -> None:
    """Let the same user go on writing, whoever restores."""
    was = old.stat()
    new.chmod(was.st_mode & 0o777)
    with suppress(OSError, AttributeError):
        os.chown(new, was.st_uid, was.st_gid)


def _remove(database: Path) -> None:
    for each in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            database.with_name(database.name + each).unlink()


def _restore_into(store: Store, file: BinaryIO) -> None:
    """Everybody of the backup as it says, each read back; everybody else is forgotten. It may be repeated."""
    file.seek(0)
    restored = set()
    for record in records_in(file):
        put(store, record, blank=blank(), replace=True)
        restored.add(record["user"])
    for user in set(store.users()) - restored:
        store.forget(user)
