"""`glute-coach devices`, and the options of `serve --home`."""

import time
from pathlib import Path

import pytest

from skill.cli import main
from skill.speaker.pairing.devices import Devices
from skill.speaker.pairing.folder import home_folder
from skill.speaker.pairing.pairing import Pairing


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "coach.db")


@pytest.fixture
def phone(db: str) -> str:
    """The id of a paired phone."""
    pairing = Pairing(Devices(home_folder(db)))
    return pairing.swap(pairing.new_code(time.time()), "Anna's phone", "192.168.1.20", time.time())[1].id


def test_paired_devices_are_listed_renamed_and_withdrawn(
    db: str, phone: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices", "--db", db]) == 0
    assert "Anna's phone" in capsys.readouterr().out
    assert main(["devices", "rename", phone, "The tablet", "--db", db]) == 0
    assert "The tablet" in capsys.readouterr().out
    assert main(["devices", "withdraw", phone, "--db", db]) == 0
    assert "No device is paired" in capsys.readouterr().out


@pytest.mark.parametrize("what", [["withdraw", "ffffff"], ["rename", "ffffff", "x"]])
def test_a_device_that_is_not_there_is_told(
    db: str, what: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices", *what, "--db", db]) == 1
    assert "no paired device has the id ffffff" in capsys.readouterr().err


def test_the_code_of_another_terminal_is_taken_by_the_coach_that_serves(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    serving = Pairing(Devices(home_folder(db)))
    assert main(["devices", "pair", "--db", db]) == 0
    first, second = capsys.readouterr().out.partition("and type  ")[2].split()[:2]
    assert serving.swap(first + second, "x", "192.168.1.20", time.time())


def test_a_phone_is_sent_to_the_name_that_the_certificate_of_ones_own_holds_for(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices", "pair", "--home-name", "coach.example.org", "--db", db]) == 0
    assert "open https://coach.example.org/pair" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--cert", "a.pem"], "go with --home"),
        (["--home-name", "x"], "go with --home"),
        (["--home", "--cert", "a.pem"], "go together"),
        (["--home", "--skill-id", "amzn1.ask.skill.x"], "two services"),
    ],
)
def test_options_that_would_be_ignored_are_refused(
    options: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 1
    assert reason in capsys.readouterr().err
