"""A backup or a restore that is killed on the way (kill -9): what was there before is still there, whole."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from skill.cli import main
from skill.coach.state import State
from skill.store.backup import check_backup
from skill.store.choose import open_store
from skill.store.document import to_document

pytestmark = pytest.mark.long
PEOPLE = 1500


def fill(db: Path, turn: int) -> None:
    with closing(open_store(str(db))) as store:
        for nth in range(PEOPLE):
            store.save(f"user-{nth}", to_document(State(turn=turn)), store.load(f"user-{nth}").revision)


def turns(db: Path) -> set[int]:
    """What the people of a store are at; one number where all are of one time."""
    with closing(open_store(str(db))) as store:
        users = list(store.users())
        assert len(users) == PEOPLE
        return {store.load(user).document["turn"] for user in users}


def killed_when(ready: Callable[[], bool], *words: str) -> bool:
    """Run a command and kill it as soon as it has got so far; False where it was done before that."""
    process = subprocess.Popen([sys.executable, "-m", "skill", *words], stdout=subprocess.DEVNULL)
    while process.poll() is None and not ready():
        time.sleep(0.0005)
    os.kill(process.pid, signal.SIGKILL) if process.poll() is None else None
    return process.wait() == -signal.SIGKILL


def size(folder: Path, pattern: str) -> int:
    return sum(each.stat().st_size for each in folder.glob(pattern) if each.exists())


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_a_restore_that_is_killed_leaves_what_was_there_and_can_be_done_again(tmp_path, share):
    db, file = tmp_path / "coach.db", tmp_path / "coach.backup"
    fill(db, 1)
    assert main(["backup", str(file), "--db", str(db)]) == 0
    fill(db, 2)
    whole = db.stat().st_size
    command = ("restore", str(file), "--replace", "--db", str(db))
    assert killed_when(lambda: size(tmp_path, ".coach.db.restoring*") > share * whole, *command)
    assert turns(db) == {2}
    assert main(list(command)) == 0
    assert turns(db) == {1}
    assert not list(tmp_path.glob(".coach.db.restoring*"))


@pytest.mark.parametrize("share", [0.0, 0.4, 0.8])
def test_a_backup_that_is_killed_leaves_the_one_before(tmp_path, share):
    db, file = tmp_path / "coach.db", tmp_path / "coach.backup"
    fill(db, 1)
    assert main(["backup", str(file), "--db", str(db)]) == 0
    before = file.stat().st_size
    fill(db, 2)
    command = ("backup", str(file), "--db", str(db))
    killed_when(lambda: size(tmp_path, ".coach.backup.*") > share * before, *command)
    with file.open("rb") as there:
        assert check_backup(there) == PEOPLE
    assert main(list(command)) == 0
    assert main(["restore", str(file), "--replace", "--db", str(db)]) == 0
    assert turns(db) == {2}
