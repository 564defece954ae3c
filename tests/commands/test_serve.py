"""`glute-coach serve`, as far as it goes without serving."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from skill.cli import main
from tests.commands.interruptible import started

LONGEST_TRIES = 6000


@pytest.mark.parametrize("port", ["65536", "99999", "-1"])
def test_a_number_that_is_no_port_is_refused_and_not_taken_for_another(port, capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--port", port])
    assert f"{port} is no port" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "coach.example.org", ""])
def test_an_address_that_others_reach_is_refused_without_a_skill_to_verify_for(host, capsys):
    assert main(["serve", "--host", host]) == 1
    assert "requests are not verified" in capsys.readouterr().err


def mapped(session):
    """What the processes of a session have loaded."""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):
            if os.getsid(int(maps.parent.name)) == session:
                yield maps.read_text()


@pytest.mark.parametrize("loaded", ["msgspec", "durable_rules_engine", "ctranslate2"])
def test_ctrl_c_ends_it_without_a_trace_of_our_own_however_early(loaded, tmp_path):
    """While it is imported, while rules are read, and while ears are loaded: each begins with a native library."""
    glute_coach = Path(sys.executable).with_name("glute-coach")
    command = [glute_coach, "serve", "--port", "0", "--db", tmp_path / "coach.db"]
    with started(command, stderr=subprocess.STDOUT, start_new_session=True) as serving:
        for _ in range(LONGEST_TRIES):
            if is_loaded := any(loaded in libraries for libraries in mapped(serving.pid)):
                break
            time.sleep(0.01)
        os.killpg(serving.pid, signal.SIGINT)  # as a terminal does: to all that it started, too
        said, _ = serving.communicate(timeout=60)
    assert is_loaded
    assert "Traceback" not in said
    assert serving.returncode in (0, 130)


class Became(BaseException):
    """Another program, with this environment."""


def serving_for(skill, environment, monkeypatch, *options):
    def become(_program, _command, environment):
        raise Became(environment)

    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "execve", become)
    with pytest.raises(Became) as became:
        main(["serve", "--port", "0", "--skill-id", skill, *options])
    return became.value.args[0]


def test_the_servers_zone_and_store_are_those_of_the_environment_on_a_machine_in_another_zone(
    tmp_path, monkeypatch
):
    told = {"TZ": "Etc/UTC", "GLUTE_COACH_ZONE": "Europe/Berlin", "GLUTE_COACH_STORE": str(tmp_path / "a.db")}
    serves = serving_for("amzn1.ask.skill.1", told, monkeypatch)
    assert {name: serves[name] for name in told} == told


def test_what_the_command_line_says_comes_before_the_environment(tmp_path, monkeypatch):
    told = {"GLUTE_COACH_STORE": str(tmp_path / "a.db"), "GLUTE_COACH_LOCALE": "de-DE"}
    store = str(tmp_path / "b.db")
    serves = serving_for("amzn1.ask.skill.1", told, monkeypatch, "--db", store, "--locale", "en-GB")
    assert (serves["GLUTE_COACH_STORE"], serves["GLUTE_COACH_LOCALE"]) == (store, "en-GB")


def test_without_a_zone_in_the_environment_days_are_those_of_this_machine(tmp_path, monkeypatch):
    told = {"TZ": "Asia/Tokyo", "GLUTE_COACH_STORE": str(tmp_path / "a.db")}
    assert serving_for("amzn1.ask.skill.1", told, monkeypatch)["GLUTE_COACH_ZONE"] == "Asia/Tokyo"
