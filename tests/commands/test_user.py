"""The commands about people's data, as an operator types them."""

import io
import json
import time
from contextlib import closing

import jsonschema
import pytest

from skill.cli import main
from skill.store.choose import open_store
from skill.store.schema import export_schema
from skill.store.transfer import record_of
from tests.faults.workouts import first_workout, recorded
from tests.history.trained import trained


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A store in which Amy has trained once; the commands run where it lies."""
    monkeypatch.chdir(tmp_path)
    known = recorded(tmp_path, conversation=first_workout)
    (tmp_path / "undisturbed-amy.db").rename(tmp_path / "coach.db")
    return known


def run(capsys, *arguments):
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_an_export_is_one_json_object_by_the_printed_schema_and_comes_back_identically(
    told, capsys, tmp_path
):
    code, exported, _ = run(capsys, "export", "--db", "coach.db", "--user", told.user)
    assert (code, json.loads(exported)) == (0, told.record)
    schema = json.loads(run(capsys, "export", "--schema")[1])
    assert schema == export_schema()
    jsonschema.validate(json.loads(exported), schema)
    (tmp_path / "amy.json").write_text(exported)
    assert run(capsys, "import", "--db", "new.db", "amy.json")[:2] == (
        0,
        "1 imported and verified, 0 already there\n",
    )
    assert run(capsys, "export", "--db", "new.db", "--user", told.user)[1] == exported
    assert (
        run(capsys, "import", "--db", "new.db", "amy.json")[1] == "0 imported and verified, 1 already there\n"
    )


def test_everybody_is_exported_one_a_line_and_imported_from_there(told, capsys, tmp_path):
    store = open_store("coach.db")
    for n in range(3):
        store.save(f"user {n}", {"schema_version": 1, "turn": n}, 0)
    store.close()
    lines = run(capsys, "export", "--db", "coach.db", "--all")[1]
    assert len(lines.splitlines()) == 4
    (tmp_path / "all.jsonl").write_text(lines)
    assert run(capsys, "import", "--db", "new.db", "all.jsonl")[1].startswith("4 imported")
    again = run(capsys, "export", "--db", "new.db", "--all")[1]
    assert sorted(again.splitlines()) == sorted(lines.splitlines())


def test_an_export_of_nobody_says_so(told, capsys):
    code, _, err = run(capsys, "export", "--db", "coach.db", "--user", "ben")
    assert (code, "nothing is stored of user ben" in err) == (1, True)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("sonnets", "Expecting value"),
        ("[]", "an export is a JSON object"),
        (
            '{"format": "glute-coach-export/1", "user": "amy", "document": {"schema_version": 1, "sonnets": 1}, '
            '"workouts": []}',
            "is not what the coach writes",
        ),
        (
            '{"format": "glute-coach-export/1", "user": "amy", "document": {"schema_version": 9}, "workouts": []}',
            "version 9, where this coach knows",
        ),
    ],
)
def test_what_is_no_export_is_refused_with_its_reason_and_nothing_is_stored(
    content, complaint, told, capsys, tmp_path
):
    (tmp_path / "wrong.json").write_text(content)
    code, _, err = run(capsys, "import", "--db", "new.db", "wrong.json")
    assert (code, complaint in err) == (1, True)
    with closing(open_store("new.db")) as store:
        assert list(store.users()) == []


def spoilt(record, place, value):
    """A deep copy of a record with one field changed, or (None) taken away."""
    spoilt = json.loads(json.dumps(record))
    inner = spoilt
    for step in place[:-1]:
        inner = inner[step]
    if value is None:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return spoilt


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (
            ["workouts", 0, "sets"],
            "x",
            "workout 1 of {user} is not what the coach writes: Expected `array`, got `str` - at `$.sets`",
        ),
        (["workouts", 0, "sets", 0, "reps"], "12", "Expected `int`, got `str` - at `$.sets[0].reps`"),
        (["workouts", 0, "sets", 0, "reps"], True, "Expected `int`, got `bool` - at `$.sets[0].reps`"),
        (["workouts", 0, "sets", 0, "side"], None, "missing required field `side` - at `$.sets[0]`"),
        (["workouts", 0, "id"], 7, "Expected `str`, got `int` - at `$.id`"),
        (["workouts", 0, "shoes"], "red", "unknown field `shoes`"),
        (["workouts", 0, "ended_at"], "now", "Expected `int`, got `str` - at `$.ended_at`"),
        (["workouts", 0, "ended_at"], None, "missing required field `ended_at`"),
        (["workouts", 0, "schema_version"], None, "a finished workout without a version"),
        (["workouts", 0, "schema_version"], 99, "version 99, where this coach knows"),
        (["document", "turn"], "x", "the document of {user} is not what the coach writes"),
        (["user"], "amy\0", "without control characters"),
        (["user"], "\ud800", "without control characters"),
    ],
)
def test_an_import_that_is_not_what_the_coach_writes_is_refused_and_the_fault_is_named(
    place, value, complaint, told, capsys, tmp_path
):
    (tmp_path / "wrong.json").write_text(json.dumps(spoilt(told.record, place, value)))
    code, _, err = run(capsys, "import", "--db", "new.db", "wrong.json")
    assert (code, complaint.format(user=told.user) in err) == (1, True), err
    with closing(open_store("new.db")) as store:
        assert list(store.users()) == []


def test_a_workout_that_is_there_twice_is_refused(told, capsys, tmp_path):
    twice = told.record | {"workouts": told.record["workouts"] * 2}
    (tmp_path / "wrong.json").write_text(json.dumps(twice))
    code, _, err = run(capsys, "import", "--db", "new.db", "wrong.json")
    assert (code, "stands in another workout already" in err) == (1, True)


def test_forgetting_leaves_nothing(told, capsys):
    assert run(capsys, "forget", "--db", "coach.db", "--user", told.user)[0] == 0
    assert run(capsys, "export", "--db", "coach.db", "--all")[:2] == (0, "")


def test_pruning_keeps_to_the_retention_setting(told, capsys, monkeypatch):
    store = open_store("coach.db")
    store._clock = lambda: time.time() - 800 * 86_400
    store.save("long gone", {"schema_version": 1}, 0)
    store.close()
    code, _, err = run(capsys, "prune", "--db", "coach.db")
    assert (code, "say how many days" in err) == (1, True)
    monkeypatch.setenv("GLUTE_COACH_RETENTION_DAYS", "730")
    assert run(capsys, "prune", "--db", "coach.db")[1] == "1 items older than 730 days are deleted\n"
    store = open_store("coach.db")
    assert record_of(store, told.user) == told.record
    store.close()


def test_a_move_is_verified_can_be_repeated_and_leaves_what_differs(told, capsys):
    target = open_store("target.db")
    target.save("other", {"schema_version": 1}, 0)
    source = open_store("coach.db")
    source.save("other", {"schema_version": 1, "turn": 5}, 0)
    source.close()
    both = ("move", "--from", "sqlite:coach.db", "--to", "sqlite:target.db")
    code, out, err = run(capsys, *both)
    assert (code, out) == (1, "1 copied and verified, 0 already there, 1 differ\n")
    assert "--replace" in err
    assert record_of(target, told.user) == told.record
    assert target.load("other").document == {"schema_version": 1}
    assert run(capsys, *both, "--replace")[:2] == (0, "1 copied and verified, 1 already there, 0 differ\n")
    assert target.load("other").document == {"schema_version": 1, "turn": 5}
    target.close()


def test_a_store_that_cannot_be_opened_says_what_to_do(capsys, tmp_path):
    code, _, err = run(capsys, "talk", "--db", str(tmp_path / "no" / "coach.db"))
    assert (code, "the folder must exist" in err) == (1, True)
    code, _, err = run(capsys, "export", "--db", "oracle:x", "--all")
    assert (code, "a store is sqlite:FILE" in err) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        ["export", "--all", "--db", "coach.bd"],
        ["export", "--user", "amy", "--db", "sqlite:coach.bd"],
        ["forget", "--user", "amy", "--db", "coach.bd"],
        ["prune", "--days", "9", "--db", "coach.bd"],
        ["move", "--from", "sqlite:coach.bd", "--to", "sqlite:new.db"],
    ],
)
def test_a_slip_in_a_path_is_no_empty_store_of_which_all_is_said_to_be_done(
    command, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *command)
    assert (code, out) == (1, "")
    assert "there is no database coach.bd" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b'{"format": ', b"[" * 100_000])
def test_a_file_that_is_no_export_is_named_in_what_is_said_of_it(text, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "amy.json").write_bytes(text)
    code, _, err = run(capsys, "import", "--db", "new.db", "amy.json")
    assert code == 1
    assert "amy.json holds no export" in err


def test_whoever_trains_here_is_asked_before_everything_of_theirs_is_deleted(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 12})
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    code, _, err = run(capsys, "forget", "--db", "coach.db")
    assert (code, "nothing was deleted" in err) == (1, True)
    assert run(capsys, "export", "--db", "coach.db")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("delete\n"))
    assert run(capsys, "forget", "--db", "coach.db")[0] == 0
    assert run(capsys, "export", "--db", "coach.db")[0] == 1


@pytest.mark.parametrize("command", ["explain", "replay", "export"])
def test_without_a_user_it_is_whoever_trains_on_this_machine(command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 12})
    by_default = run(capsys, command, "--db", "coach.db")
    assert by_default[0] == 0
    assert run(capsys, command, "--db", "coach.db", "--user", "local") == by_default
