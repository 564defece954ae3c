"""The store: whether it is there, can be read and written, and how much room is left."""

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from skill.commands.checks import Finding
from skill.store.base import StoreError
from skill.store.choose import file_of, open_store

LEAST_FREE_MB: Final = 100


def findings(chosen: argparse.Namespace) -> Iterator[Finding]:
    """How the store does."""
    try:
        file = file_of(chosen.db)
        if file is not None and not file.exists():
            yield _new(file)
        else:
            yield _opened(chosen.db)
            if file is not None and not os.access(file.parent, os.W_OK):
                yield _read_only(file.parent)
        if file is not None and file.parent.is_dir():
            yield _room(file.parent)
    except (StoreError, ImportError, OSError) as fault:
        yield Finding("fault", "store", f"{fault}", "Or point the coach to another one with --db.")


def _new(file: Path) -> Finding:
    folder = file.parent
    if not folder.is_dir():
        return Finding("fault", "store", f"there is no folder {folder}", f"Make it: mkdir -p {folder}")
    if not os.access(folder, os.W_OK):
        return _read_only(folder)
    return Finding("ok", "store", f"{file} is not there yet; the first workout makes it")


def _read_only(folder: Path) -> Finding:
    return Finding(
        "fault",
        "store",
        f"{folder} cannot be written to by this user",
        "Give it to the user that runs the coach, mount it without ro, or name another place with --db.",
    )


def _opened(address: str) -> Finding:
    with closing(open_store(address, must_exist=True)) as store:
        people = sum(1 for _ in store.users())
    return Finding("ok", "store", f"{address} holds the records of {people}")


def _room(folder: Path) -> Finding:
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return Finding(
            "fault", "disk", f"{free_mb} MB free on {folder}", "Make room: a full disk saves no set."
        )
    return Finding("ok", "disk", f"{free_mb} MB free")
