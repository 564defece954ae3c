"""A backup of each store, taken back by each store."""

import io
import json
import tempfile
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from skill.cli import main
from skill.coach.state import SCHEMA_VERSION, State
from skill.store.backup import FORMAT, check_backup, write_backup
from skill.store.choose import open_store
from skill.store.document import to_document
from skill.store.transfer import record_of
from tests.history.trained import Trainee, trained

KINDS = ["sqlite", "postgres", "dynamodb"]
AMY = "amzn1.ask.account.AMY"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Somebody with three finished workouts."""
    with trained(tmp_path_factory.mktemp("amy")) as amy:
        for day in (0, 3, 6):
            amy.train(day, {"left": 13, "right": 12})
        found = record_of(amy.coach.store, "amzn1.ask.account.local")
    assert found is not None
    return found | {"user": AMY}


def filled(backend: Any, record: dict[str, Any], *others: str) -> None:
    store = backend.open()
    store.save(AMY, record["document"], 0, record["workouts"])
    for each in others:
        store.save(each, to_document(State(turn=1)), 0)
    store.close()


def held(backend: Any) -> dict[str, Any]:
    store = backend.open()
    found = {user: record_of(store, user) for user in store.users()}
    store.close()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_of_any_store_is_taken_back_by_any_other(backend, kind, record, request, tmp_path, capsys):
    filled(backend, record, "ben")
    file = str(tmp_path / "coach.backup")
    assert main(["backup", file, "--db", backend.address]) == 0
    assert "2 people's records" in capsys.readouterr().out
    there = type(backend)
    other = request.getfixturevalue(kind)
    if isinstance(other, there):  # the same kind, emptied as by a new machine
        store = backend.open()
        for user in list(store.users()):
            store.forget(user)
        store.close()
    assert main(["restore", file, "--db", other.address]) == 0, capsys.readouterr().err
    found = held(other)
    assert found[AMY] == record
    assert set(found) == {AMY, "ben"}


def test_what_the_store_holds_is_kept_unless_replacing_is_asked_for(backend, record, tmp_path, capsys):
    filled(backend, record)
    file = str(tmp_path / "coach.backup")
    assert main(["backup", file, "--db", backend.address]) == 0
    store = backend.open()
    store.save("newcomer", to_document(State(turn=1)), 0)
    store.save(AMY, to_document(State(turn=99)), store.load(AMY).revision)
    store.close()
    before = held(backend)
    assert main(["restore", file, "--db", backend.address]) == 1
    assert "--replace" in capsys.readouterr().err
    assert held(backend) == before
    assert main(["restore", file, "--replace", "--db", backend.address]) == 0
    assert held(backend) == {AMY: record}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_nothing_is_restored_under_a_running_coach(kind, record, request, tmp_path, capsys):
    backend = request.getfixturevalue(kind)
    filled(backend, record)
    file = str(tmp_path / "coach.backup")
    running = backend.open()
    running.load(AMY)
    assert main(["backup", file, "--db", backend.address]) == 0
    assert main(["restore", file, "--replace", "--db", backend.address]) == 1
    assert "stop" in capsys.readouterr().err
    running.close()
    assert main(["restore", file, "--replace", "--db", backend.address]) == 0


def written(record: dict[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"{folder}/coach.db")) as store:
        store.save(AMY, record["document"], 0, record["workouts"])
        file = io.BytesIO()
        assert write_backup(store, file) == 1
    assert check_backup(io.BytesIO(file.getvalue())) == 1
    return file.getvalue()


def lines_of(record: dict[str, Any]) -> list[bytes]:
    return written(record).splitlines(keepends=True)


def newer(line: bytes, **fields: Any) -> bytes:
    return json.dumps(json.loads(line) | fields).encode() + b"\n"


def broken(record: dict[str, Any]) -> dict[str, tuple[bytes, str]]:
    header, body, footer = lines_of(record)
    return {
        "the end cut off": (header + body, "is cut short"),
        "cut in the last line": (header + body + footer[:-1], "is cut short"),
        "cut in a record": (header + body[:1000], "is cut short"),
        "a digit changed": (
            header + body.replace(b'"reps":13', b'"reps":14', 1) + footer,
            "was changed since it was made",
        ),
        "a record taken out": (header + footer, "was changed since it was made"),
        "an export, not a backup": (body, "this is no backup"),
        "nothing": (b"", "this is no backup"),
        "a picture": (b"\x89PNG\r\n\x1a\n", "this is no backup"),
        "a newer form": (newer(header, format="glute-coach-backup/2") + body + footer, "a newer coach made"),
        "a newer state": (newer(header, schema_version=SCHEMA_VERSION + 1) + body + footer, "a newer coach"),
    }


@pytest.mark.parametrize("how", list(broken({"document": to_document(State()), "workouts": []})))
def test_what_is_no_whole_backup_is_refused_in_plain_words_and_nothing_is_touched(
    how, record, sqlite, tmp_path, capsys
):
    content, complaint = broken(record)[how]
    filled(sqlite, record)
    before = held(sqlite)
    (tmp_path / "coach.backup").write_bytes(content)
    assert main(["restore", str(tmp_path / "coach.backup"), "--replace", "--db", sqlite.address]) == 1
    err = capsys.readouterr().err
    assert complaint in err
    assert "Nothing was restored" in err
    assert held(sqlite) == before


def test_the_header_says_what_it_is(record):
    assert json.loads(lines_of(record)[0]) == {"format": FORMAT, "schema_version": SCHEMA_VERSION}


def test_a_backup_replaces_the_one_before_and_never_a_database(sqlite, record, tmp_path, capsys):
    filled(sqlite, record)
    file = tmp_path / "coach.backup"
    file.write_text("yesterday's")
    assert main(["backup", str(file), "--db", sqlite.address]) == 0
    assert file.read_bytes().startswith(b'{"format":"glute-coach-backup/1"')
    assert file.stat().st_mode & 0o077 == 0
    assert main(["backup", str(sqlite.path), "--db", sqlite.address]) == 1
    assert "is a database" in capsys.readouterr().err
    assert held(sqlite)[AMY] == record
    assert main(["backup", str(tmp_path / "no" / "where"), "--db", sqlite.address]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_a_restore_over_a_damaged_database_brings_everything_back(sqlite, record, tmp_path):
    filled(sqlite, record)
    assert main(["backup", str(tmp_path / "coach.backup"), "--db", sqlite.address]) == 0
    sqlite.path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert main(["restore", str(tmp_path / "coach.backup"), "--replace", "--db", sqlite.address]) == 0
    assert held(sqlite)[AMY] == record


def test_a_workout_that_is_finished_during_the_backup_is_in_it_whole_or_not_at_all(tmp_path):
    """Between reading the document and the workouts, the trainee finishes one."""
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 12})
        store = Meddling(trainee)
        found = record_of(store, "amzn1.ask.account.local")
    assert found is not None
    assert len(found["workouts"]) == 2
    assert len(found["document"]["recent_workouts"]) == 2


class Meddling:
    """A store whose trainee trains once more just after the first read of their document."""

    def __init__(self, trainee: Trainee) -> None:
        self._trainee, self._done = trainee, False

    def load(self, user: str) -> Any:
        found = self._trainee.coach.store.load(user)
        if not self._done:
            self._done = True
            self._trainee.train(3, {"left": 13, "right": 12})
        return found

    def workouts(self, user: str) -> Any:
        return self._trainee.coach.store.workouts(user)


def test_an_empty_store_is_backed_up_too(sqlite, tmp_path, capsys):
    store = sqlite.open()
    store.save("amy", to_document(State()), 0)
    store.forget("amy")
    store.close()
    file = tmp_path / "coach.backup"
    assert main(["backup", str(file), "--db", sqlite.address]) == 0
    assert main(["restore", str(file), "--db", f"sqlite:{tmp_path / 'new.db'}"]) == 0
    assert Path(tmp_path / "new.db").exists()


def test_whoever_has_just_left_keeps_no_backup_out(postgres, record, tmp_path, capsys):
    filled(postgres, record)
    file = str(tmp_path / "coach.backup")
    assert main(["backup", file, "--db", postgres.address]) == 0
    store = postgres.open()
    leaving = Timer(0.5, store.close)
    leaving.start()
    assert main(["restore", file, "--replace", "--db", postgres.address]) == 0, capsys.readouterr().err
    leaving.join()
