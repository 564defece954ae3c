"""The wheel for a Raspberry Pi: built here for aarch64, and run by Debian's own Python of that processor, emulated."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.parts import missing, need
from tools import build_wheels

pytestmark = pytest.mark.long
SUITES = {"3.11": "bookworm", "3.13": "trixie"}
GLIBC = (17, 26, 27, 28, 31, 34, 35, 36)


@pytest.fixture(scope="module")
def on_arm(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs `glute-coach` there: the wheel and what it needs, all of aarch64, without a compiler."""
    need("aarch64-linux-gnu-g++", "qemu-aarch64-static", "mmdebstrap")
    folder = tmp_path_factory.mktemp("arm")
    builders = {build_wheels.version_of(each): each for each in build_wheels.pythons()}
    version = next((each for each in SUITES if each in builders), None)
    if version is None:
        missing("a CPython of a Debian release", "sudo apt install python3-dev")
    system = f"python{version}-minimal,libpython{version}-stdlib,python3,zlib1g"
    made = ["mmdebstrap", "--quiet", "--variant=extract", "--arch=arm64", f"--include={system}"]
    _run(*made, SUITES[version], folder / "root")
    wheel = build_wheels.build(folder / "dist", [builders[version]], "aarch64")
    platforms = [f"--platform=manylinux_2_{minor}_aarch64" for minor in GLIBC]
    ready_made = [
        *platforms,
        "--platform=manylinux2014_aarch64",
        f"--python-version={version}",
        "--only-binary=:all:",
    ]
    _run(sys.executable, "-m", "pip", "install", "-q", "--target", folder / "site", *ready_made, wheel)

    def glute_coach(*words: str, said: str = "") -> str:
        python = folder / "root/usr/bin" / f"python{version}"
        own = {"PYTHONPATH": str(folder / "site"), "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = ["qemu-aarch64-static", "-L", str(folder / "root"), str(python), "-m", "skill", *words]
        return _run(*command, said=said, cwd=folder, env=os.environ | own)

    return glute_coach


def _run(*command: str | Path, said: str = "", **how: object) -> str:
    done = subprocess.run([*command], input=said, capture_output=True, text=True, check=False, **how)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_rules_decide_on_an_arm_processor_from_the_wheel_alone(on_arm):
    heard = on_arm("talk", said="start glute workout\nred and green\nexit\n")
    assert "Start with red" in heard
    assert "Say ready" in heard


def test_the_doctor_finds_nothing_wrong_there(on_arm):
    assert on_arm("doctor", "--port", "0").endswith("Nothing is wrong.\n")
