"""SQLite when the disk is full, the file read-only, locked or no database; and what a kill leaves."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from skill.store.base import DamagedDocument, Stored, StoreUnavailable
from skill.store.sqlite import SQLiteStore

NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    return tmp_path / "coach.db"


@pytest.fixture
def store(path):
    store = SQLiteStore(path, busy_ms=200)
    yield store
    store.close()


def test_a_full_disk_costs_nothing_that_was_saved_and_passes(store, path):
    """A limit on the size of files stands in for the disk: the system refuses the same writes."""
    revision = store.save("amy", {"n": 0}, 0)
    used = Path(f"{path}-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    saved = refusals = 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (used + 50_000, hard))
    try:
        for _ in range(100):
            try:
                workout = {"id": str(saved), "pad": "x" * 900}
                revision = store.save("amy", {"n": saved + 1}, revision, [workout])
                saved += 1
            except StoreUnavailable:
                refusals += 1
        assert saved > 0
        assert refusals > 0
        assert store.load("amy") == Stored({"n": saved}, revision)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    store.save("amy", {"n": saved + 1}, revision, [{"id": "after"}])
    assert len(store.workouts("amy")) == saved + 1
    assert store.workouts("amy")[0] == {"id": "after"}


def test_a_read_only_file_is_reported_with_its_cure_and_works_again_when_writable():
    folder = Path(tempfile.mkdtemp())
    store = SQLiteStore(folder / "coach.db", busy_ms=200)
    revision = store.save("amy", {"n": 1}, 0)
    store.close()
    as_root = os.geteuid() == 0
    for part in (*folder.iterdir(), folder):
        part.chmod(0o555 if part.is_dir() else 0o444)
    if as_root:  # for whom nothing is read-only
        os.seteuid(NOBODY)
    try:
        with pytest.raises(StoreUnavailable, match=r"read-only|cannot be opened"):
            store.save("amy", {"n": 2}, revision)
    finally:
        if as_root:
            os.seteuid(0)
    for part in (folder, *folder.iterdir()):
        part.chmod(0o755)
    store.save("amy", {"n": 2}, revision)
    assert store.load("amy").document == {"n": 2}
    store.close()
    shutil.rmtree(folder)


def test_while_another_program_holds_the_lock_reads_go_on_and_a_save_gives_up(store, path):
    revision = store.save("amy", {"n": 1}, 0)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="another program holds it locked"):
        store.save("amy", {"n": 2}, revision)
    assert store.load("amy") == Stored({"n": 1}, revision)
    holder.execute("ROLLBACK")
    holder.close()
    store.save("amy", {"n": 2}, revision)
    assert store.load("amy").document == {"n": 2}


def test_a_lock_that_goes_in_time_is_only_waited_for(path):
    store = SQLiteStore(path, busy_ms=60_000)
    revision = store.save("amy", {"n": 1}, 0)
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, holder.execute, ["ROLLBACK"])
    release.start()
    store.save("amy", {"n": 2}, revision)
    release.join()
    holder.close()
    store.close()


@pytest.mark.parametrize(
    ("make", "cure"),
    [
        (lambda path: path.write_bytes(b"a letter to a friend" * 300), "restore a backup"),
        (lambda path: path.mkdir(), "the folder must exist"),
        (lambda path: path.parent.rmdir(), "the folder must exist"),
    ],
)
def test_what_is_no_database_says_what_to_do(make, cure, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    make(folder / "coach.db")
    with pytest.raises(StoreUnavailable, match=cure):
        SQLiteStore(folder / "coach.db").load("amy")


def test_a_file_laid_out_by_a_newer_coach_is_refused_and_left_alone(store, path):
    store.save("amy", {"n": 1}, 0)
    store.close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreUnavailable, match="newer coach"):
        store.load("amy")


def test_a_revision_that_is_no_number_is_damage_like_any_other(store, path):
    store.save("amy", {"n": 1}, 0)
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE documents SET revision = 'x'")
    db.close()
    with pytest.raises(DamagedDocument):
        store.load("amy")
    assert store.load("amy") == Stored(None, 0)


WRITER = """
import sys
from skill.store.sqlite import SQLiteStore
store = SQLiteStore(sys.argv[1])
read = store.load("amy")
n, revision = (read.document or {"n": 0})["n"], read.revision
while True:
    n += 1
    revision = store.save("amy", {"n": n, "pad": "x" * 2000}, revision, [{"id": str(n)}] * (n % 3 == 0))
    print(n, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_had_confirmed(path, store):
    confirmed = 0
    for milliseconds in (3, 30, 11, 70, 5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        lines = [writer.stdout.readline()]
        time.sleep(milliseconds / 1000)
        writer.kill()
        lines += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        assert int(lines[0]) > confirmed
        confirmed = int([line for line in lines if line.endswith("\n")][-1])
        found = store.load("amy").document["n"]
        assert found in (confirmed, confirmed + 1)
        confirmed = found
        ids = [int(workout["id"]) for workout in store.workouts("amy")]
        assert ids == list(range(confirmed - confirmed % 3, 0, -3))


FORKER = """
import os, sys, warnings
from skill.store.choose import open_store
warnings.simplefilter("ignore")
store = open_store(sys.argv[1])
store.save("amy", {"n": 0}, 0)
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        from skill.store.base import Conflict
        done = 0
        while done < 10:
            read = store.load("amy")
            try:
                store.save("amy", {"n": read.document["n"] + 1}, read.revision)
                done += 1
            except Conflict:
                pass
        store.close()
        os._exit(0)
    children.append(child)
codes = [os.waitpid(child, 0)[1] for child in children]
assert codes == [0, 0, 0, 0], codes
assert store.load("amy").document == {"n": 40}, store.load("amy")
store.close()
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres", pytest.param("dynamodb", marks=pytest.mark.long)])
def test_a_store_made_before_a_fork_works_on_both_sides_of_it(kind, request):
    address = request.getfixturevalue(kind).address
    done = subprocess.run([sys.executable, "-c", FORKER, address], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_log_reaches_the_disk_within_the_interval(path, monkeypatch):
    flushed = threading.Event()
    fsync = os.fsync
    monkeypatch.setattr("skill.store.flush.os.fsync", lambda handle: (fsync(handle), flushed.set()))
    monkeypatch.setattr("skill.store.sqlite.FLUSH_S", 0.05)
    store = SQLiteStore(path)
    store.save("amy", {"n": 1}, 0)
    assert flushed.wait(60)
    store.close()
