"""`glute-coach doctor` and what is said of a place where the coach cannot start."""

import os
import re
import runpy
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.cli import main
from skill.commands.checks import machine, packages, sound
from skill.commands.ports import PortTaken, check_free, next_free
from skill.store.choose import open_store
from tests.parts import missing, need

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def doctor(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    code = main(["doctor", "--port", "0", *more])
    return code, capsys.readouterr().out


def test_a_machine_on_which_all_is_well_is_told_so(capsys, tmp_path):
    db = tmp_path / "coach.db"
    open_store(str(db)).close()
    code, out = doctor(capsys, "--db", str(db))
    assert code == 0
    assert out.splitlines()[-1] == "Nothing is wrong."
    assert re.search(r"rules: \d+ rules, 3 exercises, proved", out)


def test_whatever_is_wrong_has_its_cure_right_below(capsys, tmp_path):
    code, out = doctor(capsys, "--db", str(tmp_path / "no" / "coach.db"))
    lines = out.splitlines()
    assert code == 1
    (bad,) = (nth for nth, line in enumerate(lines) if line.startswith("  BAD"))
    assert "there is no folder" in lines[bad]
    assert "mkdir -p" in lines[bad + 1]


def test_a_foreign_or_damaged_database_is_a_fault(capsys, tmp_path):
    (tmp_path / "coach.db").write_bytes(b"sonnets" * 100)
    code, out = doctor(capsys, "--db", str(tmp_path / "coach.db"))
    assert code == 1
    assert "it is not an SQLite database" in out


def test_a_volume_that_is_read_only_is_named_with_its_cure(capsys, monkeypatch, tmp_path):
    """Root may write anywhere, so the answer of the system is given here."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    code, out = doctor(capsys, "--db", str(tmp_path / "coach.db"))
    assert code == 1
    assert "cannot be written to by this user" in out
    assert "mount it without ro" in out


@pytest.mark.parametrize(
    "command",
    [
        *("serve --port 0", "backup coach.backup"),
        *(pytest.param(each, marks=pytest.mark.long) for each in ("talk", "calendar", "report --out r.html")),
    ],
)
def test_on_a_volume_that_is_read_only_each_command_says_what_to_do(command, tmp_path):
    """A real one, in a name space of its own."""
    need("unshare")
    if os.getuid() != 0:
        missing("root", "a volume is mounted by root")
    volume = tmp_path / "volume"
    volume.mkdir()
    open_store(str(tmp_path / "coach.db")).close()
    python = f"{sys.executable} -m skill"
    steps = f"""
        mount -t tmpfs none {volume} && cp {tmp_path}/coach.db {volume}/ 2>/dev/null || touch {volume}/coach.db
        mount -o remount,ro {volume} && cd {volume} && PYTHONPATH={ROOT} {python} {command} --db coach.db < /dev/null"""
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", steps], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.search("writable|write to|give the secret", done.stderr), done.stderr
    assert "Errno" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_part_that_is_not_installed_is_named_with_what_it_is_for(monkeypatch):
    monkeypatch.setattr(packages, "_version", lambda name: None if name == "wyoming" else "1")
    (found,) = (each for each in packages.findings(None) if each.about == "wyoming")
    assert (found.state, "Home Assistant" in found.cure) == ("missing", True)
    monkeypatch.setattr(packages, "_version", lambda name: None if name == "flask" else "1")
    (own,) = (each for each in packages.findings(None) if each.about == "the coach itself")
    assert own.state == "fault"


@pytest.mark.parametrize(
    ("fault", "said", "cure"),
    [
        (
            "libstdc++.so.6: cannot open shared object file",
            "libstdc++.so.6 is not on",
            "apt install libstdc++6",
        ),
        ("No module named 'an_ear'", "an_ear is not installed", "[hearing]"),
    ],
)
def test_ears_that_are_installed_and_cannot_be_loaded_are_told_what_they_miss(
    fault, said, cure, monkeypatch, tmp_path
):
    (tmp_path / "an_ear.py").write_text(f"raise ImportError({fault!r}, name='an_ear')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sound, "EARS", ("an_ear",))
    (ears,) = (each for each in sound.findings(None) if each.about == "ears")
    assert ears.state == "missing"
    assert said in ears.said
    assert cure in ears.cure


def test_a_clock_that_was_never_set_is_a_fault():
    assert machine._clock(0).state == "fault"
    assert machine._clock(1_790_000_000).state == "ok"


def test_a_python_that_is_newer_than_what_was_tried_is_said_and_no_fault():
    assert machine._python((3, 14)).state == "ok"
    assert machine._python((3, 15)).state == "missing"


def test_an_older_python_is_told_which_one_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        runpy.run_path(str(ROOT / "skill" / "__init__.py"))


def test_without_a_sound_card_the_browsers_microphone_is_named():
    found = sound._device("microphone", [])
    assert (found.state, "browser" in found.cure) == ("missing", True)


def test_a_port_that_is_taken_is_said_with_the_next_free_one(taken, capsys, tmp_path):
    code = main(["serve", "--port", str(taken), "--db", str(tmp_path / "coach.db")])
    err = capsys.readouterr().err
    assert code == 1
    free = next_free("127.0.0.1", taken)
    assert f"port {taken} is taken by another program" in err
    assert f"--port {free}" in err
    assert not (tmp_path / "coach.db").exists()


def test_a_port_that_is_free_is_free_and_zero_always_is():
    check_free("127.0.0.1", 0)
    with pytest.raises(PortTaken, match="no address of this machine"):
        check_free("192.0.2.1", 8080)


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert re.fullmatch(r"hands-free-band-coach(, from its source| \d+\.\d+\.\d+)\n", capsys.readouterr().out)


def ears():
    return next(each for each in sound.findings(None) if each.about == "ears")


def test_ears_without_what_runs_their_models_are_missing_and_a_third_recogniser_is_told(monkeypatch):
    pytest.importorskip("onnxruntime")
    from skill.speaker.hearing import moonshine

    monkeypatch.setattr(moonshine, "is_installed", lambda: False)
    assert (ears().state, "no moonshine" in ears().said) == ("ok", True)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert (ears().state, "onnxruntime is not installed" in ears().said) == ("missing", True)
