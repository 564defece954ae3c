"""The calendar at its secret address, fetched as a calendar program fetches it."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask import Flask

from skill.cli import main
from skill.commands.calendar import attach_calendar
from skill.history.exports.address import PREFIX, VARIABLE
from skill.web import create_app
from tests.history.trained import Trainee, trained


@pytest.fixture
def trainee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainee]:
    monkeypatch.chdir(tmp_path)
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 12})
        yield trainee


def served(trainee: Trainee) -> Flask:
    app = create_app(verify=False, coach=trainee.coach)
    attach_calendar(app, trainee.coach, "coach.db")
    return app


def address(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["calendar", "--db", "coach.db", *more]) == 0
    return capsys.readouterr().out.splitlines()[0].removeprefix("http://127.0.0.1:8080")


def get(app: Flask, path: str, **more: Any) -> Any:
    return app.test_client().get(path, **more)


def test_whoever_knows_the_address_reads_the_workouts_and_what_is_due(trainee, capsys):
    path = address(capsys)
    answer = get(served(trainee), path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert len(icalendar.Calendar.from_ical(answer.data).walk("VEVENT")) == 2
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_address_stays_until_a_new_one_is_made_and_then_the_old_one_is_gone(trainee, capsys):
    old = address(capsys)
    assert address(capsys) == old
    new = address(capsys, "--new")
    assert new != old
    app = served(trainee)
    assert get(app, old).status_code == 404
    assert get(app, new).status_code == 200


@pytest.mark.parametrize("name", ["", "x.ics", "../coach.db", "calendar.ics", "ä.ics", "%00.ics"])
def test_nobody_guesses_the_address(trainee, capsys, name):
    address(capsys)
    assert get(served(trainee), PREFIX + name).status_code == 404


def test_without_a_secret_there_is_no_calendar(trainee):
    assert get(served(trainee), PREFIX + ".ics").status_code == 404


def test_a_phone_in_the_home_network_reads_it_and_still_nothing_else(trainee, capsys):
    path, elsewhere = address(capsys), {"REMOTE_ADDR": "192.168.1.20", "HTTP_HOST": "coach.home:8443"}
    app = served(trainee)
    assert get(app, path, environ_overrides=elsewhere).status_code == 200
    assert get(app, "/metrics", environ_overrides=elsewhere).status_code == 403


def test_the_secret_lies_in_a_file_that_only_its_owner_reads(trainee, capsys, tmp_path):
    path = address(capsys)
    file = tmp_path / "coach.db.calendar-secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() in path


def test_a_secret_that_could_be_guessed_is_refused(trainee, capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, "geheim")
    assert main(["calendar", "--db", "coach.db"]) == 1
    assert "24 or more letters" in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, "a" * 32)
    assert address(capsys) == f"{PREFIX}{'a' * 32}.ics"
    assert main(["calendar", "--db", "coach.db", "--new"]) == 1
    assert "change it there" in capsys.readouterr().err
