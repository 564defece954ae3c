"""The wheel goes home alone: installed by other people's tools, outside the repository, where no compiler is."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.once import once
from tools import build_wheels

pytestmark = pytest.mark.long
COMPILER = re.compile(r"(^|-)(cc|c\+\+|gcc|g\+\+|cpp|clang|tcc|ld|as)\b")
METADATA = "Name: x\nRequires-Dist: durable-rules==2.0.28\nRequires-Dist: flask\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built for the Python that runs the tests."""
    made = once(tmp_path_factory, "wheel", lambda folder: build_wheels.build(folder, [Path(sys.executable)]))
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where uv and pipx are."""
    return once(tmp_path_factory, "tools", _fetch) / "bin"


def _fetch(home: Path) -> None:
    venv.create(home, with_pip=True)
    done = subprocess.run(
        [home / "bin" / "pip", "install", "-q", "uv", "pipx"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def abroad(tmp_path: Path, tools: Path) -> dict[str, str]:
    """The environment of somebody else's machine: no repository, no cache, no compiler."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIPX_", "VIRTUAL"))
    }
    own = {
        "HOME": str(tmp_path),
        "PIPX_HOME": str(tmp_path / "pipx"),
        "PIPX_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_DEFAULT_PYTHON": sys.executable,
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "UV_TOOL_DIR": str(tmp_path / "uv"),
        "UV_PYTHON": sys.executable,
        "PATH": f"{tools}:{_without_compilers(tmp_path)}",
        "CC": "/bin/false",
        "CXX": "/bin/false",
    }
    return kept | own


def _without_compilers(folder: Path) -> str:
    """The system's programs, but for what could compile."""
    few = folder / "few"
    few.mkdir()
    for program in (*Path("/usr/bin").iterdir(), *Path("/bin").iterdir()):
        if not COMPILER.search(program.name) and not (few / program.name).exists():
            (few / program.name).symlink_to(program)
    return str(few)


def run(command: list[str], environment: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_uvx_serves_the_coach_from_the_wheel_alone(wheel, tools, abroad, tmp_path):
    command = [str(tools / "uvx"), "--from", str(wheel), "glute-coach", "serve", "--port", "0"]
    with (tmp_path / "said").open("w") as said, (tmp_path / "faults").open("w") as faults:
        served = subprocess.Popen(command, env=abroad, cwd=tmp_path, stdout=said, stderr=faults)
    try:
        address = _address(tmp_path / "said", served)
        assert json.load(urllib.request.urlopen(f"{address}/healthz")) == {"status": "ok"}
        assert b"glute-coach talk" in urllib.request.urlopen(address).read()
    finally:
        served.terminate()
        served.wait(20)
    assert "SyntaxWarning" not in (tmp_path / "faults").read_text()


def _address(said: Path, served: "subprocess.Popen[bytes]") -> str:
    for _ in range(1200):
        found = re.search(r"http://127\.0\.0\.1:\d+", said.read_text())
        if found:
            return found[0]
        assert served.poll() is None, said.with_name("faults").read_text()
        time.sleep(0.1)
    raise AssertionError("it never said where it is served")


def test_pipx_installs_the_wheel_and_the_command_works_anywhere(wheel, tools, abroad, tmp_path):
    run([str(tools / "pipx"), "install", "--quiet", str(wheel)], abroad, tmp_path)
    command = str(tmp_path / "bin" / "glute-coach")
    assert run([command, "--version"], abroad, tmp_path) == "hands-free-band-coach 0.2.0\n"
    assert run([command, "doctor", "--port", "0"], abroad, tmp_path).endswith("Nothing is wrong.\n")
    conversation = subprocess.run(
        [command, "talk"],
        input="start glute workout\nred and green\nexit\n",
        env=abroad,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert conversation.returncode == 0
    assert "Say ready" in conversation.stdout
    assert run([command, "export"], abroad, tmp_path).startswith("{")


def test_a_command_whose_extra_is_missing_says_which_one_brings_it(wheel, tools, abroad, tmp_path):
    run([str(tools / "pipx"), "install", "--quiet", str(wheel)], abroad, tmp_path)
    command = str(tmp_path / "bin" / "glute-coach")
    done = subprocess.run(
        [command, "wyoming"], env=abroad, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'hands-free-band-coach[wyoming" in done.stderr
    found = subprocess.run([command, "doctor"], env=abroad, cwd=tmp_path, capture_output=True, check=False)
    assert "pip install 'hands-free-band-coach[voice]'" in found.stdout.decode()


def test_durable_rules_is_asked_for_only_where_the_wheel_has_no_engine():
    wanted = build_wheels.requiring(METADATA, ["3.11", "3.13"])
    assert 'Requires-Dist: durable-rules==2.0.28; python_version not in "3.11 3.13"\n' in wanted
    assert "Requires-Dist: flask\n" in wanted
