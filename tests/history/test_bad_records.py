"""One record that is wrong hides none that are right: not on the page, not in the report, not at the next launch."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skill.cli import main
from skill.coach.value import LATEST
from skill.history.record import history
from skill.history.report import whole
from skill.history.routes import blueprint
from skill.history.words import load_words
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.web import create_app
from tests.history.trained import Trainee, trained

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def trainee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainee]:
    monkeypatch.chdir(tmp_path)
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 12})
        yield trainee


def exported(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["export", "--db", "coach.db"]) == 0
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    return record


def imported(
    record: dict[str, Any], capsys: pytest.CaptureFixture[str], before: bytes = b""
) -> tuple[int, str]:
    Path("record.json").write_bytes(before + json.dumps(record).encode())
    code = main(["import", "--db", "new.db", "record.json"])
    return code, capsys.readouterr().err


def of_set(**fields: Any) -> Change:
    return lambda workout: workout["sets"][0].update(fields)


def of_workout(**fields: Any) -> Change:
    return lambda workout: workout.update(fields)


WRONG = [
    of_set(reps=1_000_000),
    of_set(reps=10**18),
    of_set(reps=2**64),
    of_set(reps=-1),
    of_set(round=0),
    of_set(round=11),
    of_set(side="middle"),
    of_set(at=-1),
    of_set(band="\ud800"),
    of_set(band="red@elbow"),
    of_set(band="r" * 61),
    of_workout(ended_at=10**18),
    of_workout(ended_at=LATEST + 1),
    of_workout(ended_at=-1),
    of_workout(bands={"left": "\udfff"}),
]


@pytest.mark.parametrize("change", WRONG)
def test_a_workout_out_of_all_ranges_is_refused_and_named(trainee, capsys, change):
    record = exported(capsys)
    change(record["workouts"][0])
    code, err = imported(record, capsys)
    assert code == 1
    assert "workout 1 of" in err
    assert "is not what the coach writes" in err


@pytest.mark.parametrize("change", [*WRONG, of_workout(sets="x"), of_workout(ended_at=None)])
def test_a_wrong_workout_that_lies_in_the_store_is_counted_and_the_good_ones_are_shown(trainee, change):
    coach = trainee.coach
    good = coach.store.workouts(LOCAL_USER)[0]
    bad = json.loads(json.dumps(good)) | {"id": "bad"}
    change(bad)
    state = coach.store.load(LOCAL_USER)
    coach.store.save(LOCAL_USER, state.document, state.revision, [bad])
    past = history(coach.store.workouts(LOCAL_USER), coach.exercises["glute_raise"], coach.locale)
    assert (len(past.workouts), past.unreadable) == (1, 1)
    page = whole(past, load_words(coach.locale), date(2026, 11, 23))
    assert "1 stored workout couldn&#x27;t be read" in page
    assert "<svg" in page
    app = create_app(verify=False, coach=coach)
    app.register_blueprint(blueprint(coach, lambda person: LOCAL_USER))
    assert app.test_client().get("/progress").status_code == 200


def test_a_decision_with_fewer_values_is_no_fault(trainee):
    coach = trainee.coach
    good = coach.store.workouts(LOCAL_USER)[0]
    old = good | {"id": "old", "decisions": [each | {"values": []} for each in good["decisions"]]}
    past = history([old, good], coach.exercises["glute_raise"], coach.locale)
    assert (len(past.workouts), past.unreadable) == (2, 0)


@pytest.mark.parametrize("ended_at", [0, LATEST])
def test_a_workout_of_another_century_does_not_stretch_the_chart_over_all_of_them(trainee, ended_at):
    coach = trainee.coach
    good = coach.store.workouts(LOCAL_USER)[0]
    for documents in ([good | {"ended_at": ended_at}, good], [good, good | {"ended_at": ended_at}]):
        past = history(documents, coach.exercises["glute_raise"], coach.locale)
        page = whole(past, load_words(coach.locale), date(2026, 11, 23))
        assert len(page) < 60_000


def test_a_ladder_that_names_one_band_twice_or_two_hundred_times_is_refused(trainee, capsys):
    record = exported(capsys)
    record["document"]["ladder"] = ["red"] * 200
    code, err = imported(record, capsys)
    assert (code, "length <= 12" in err) == (1, True)
    record["document"]["ladder"] = ["red", "green", "red"]
    code, err = imported(record, capsys)
    assert (code, "the band 'red' stands in the ladder more than once" in err) == (1, True)


def test_a_byte_order_mark_is_no_fault(trainee, capsys):
    assert imported(exported(capsys), capsys, before=b"\xef\xbb\xbf") == (0, "")


def test_a_user_id_is_no_longer_than_ids_are(trainee, capsys):
    record = exported(capsys) | {"user": "a" * 1_000_000}
    code, err = imported(record, capsys)
    assert (code, "512 at most are taken" in err) == (1, True)
    assert len(err) < 300


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_of_another_program_is_named_as_that_and_left_as_it_was(tmp_path, capsys, version):
    file = tmp_path / "photos.db"
    with sqlite3.connect(file) as db:
        db.executescript(f"CREATE TABLE documents (name TEXT); PRAGMA user_version = {version};")
    db.close()
    before = file.read_bytes()
    assert main(["talk", "--db", str(file)]) == 1
    said = capsys.readouterr().err
    assert "another program" in said or "its tables are not the coach's" in said
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["report.html", "report.png"])
def test_a_report_is_never_written_over_the_database(trainee, capsys, tmp_path, name):
    before = exported(capsys)
    (tmp_path / name).symlink_to(tmp_path / "coach.db")
    code = main(["report", "--db", "coach.db", "--out", name])
    assert (code, "is a database: name another file" in capsys.readouterr().err) == (1, True)
    assert exported(capsys) == before


def test_a_report_replaces_a_link_and_leaves_what_it_led_to(trainee, tmp_path):
    (tmp_path / "precious.txt").write_text("precious")
    (tmp_path / "report.html").symlink_to(tmp_path / "precious.txt")
    assert main(["report", "--db", "coach.db", "--out", "report.html"]) == 0
    assert (tmp_path / "precious.txt").read_text() == "precious"
    assert not (tmp_path / "report.html").is_symlink()


def test_a_report_that_cannot_be_written_says_where_and_what_to_do(trainee, capsys):
    assert main(["report", "--db", "coach.db", "--out", "no/where/report.html"]) == 1
    err = capsys.readouterr().err
    assert "no/where/report.html cannot be written: there is no folder no/where" in err
    assert "[Errno" not in err


@pytest.mark.parametrize("sample", sorted((Path(__file__).parents[1] / "store" / "samples").glob("*")))
def test_workouts_of_every_version_are_in_the_history(sample, trainee):
    kept = json.loads(sample.read_text())
    workouts = kept.get("workouts", [])
    past = history(workouts[::-1], trainee.coach.exercises["glute_raise"], trainee.coach.locale)
    assert (len(past.workouts), past.unreadable) == (len(workouts), 0)
