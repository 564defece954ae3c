"""`glute-coach serve`, as far as it goes without serving."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from skill.cli import main
from tests.commands.interruptible import started


@pytest.mark.parametrize("port", ["65536", "99999", "-1"])
def test_a_number_that_is_no_port_is_refused_and_not_taken_for_another(port, capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--port", port])
    assert f"{port} is no port" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "coach.example.org", ""])
def test_an_address_that_others_reach_is_refused_without_a_skill_to_verify_for(host, capsys):
    assert main(["serve", "--host", host]) == 1
    assert "requests are not verified" in capsys.readouterr().err


@pytest.mark.parametrize("after_s", [1.0, 1.6, 2.4])
def test_ctrl_c_ends_it_without_a_trace_of_our_own_however_early(after_s, tmp_path):
    glute_coach = Path(sys.executable).with_name("glute-coach")
    command = [glute_coach, "serve", "--port", "0", "--db", tmp_path / "coach.db"]
    with started(command, stderr=subprocess.STDOUT) as serving:
        with pytest.raises(subprocess.TimeoutExpired):
            serving.wait(after_s)
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=60)
    assert "Traceback" not in said
    assert serving.returncode in (0, 130)
