"""Parts of the machine that some tests need. A missing one skips its tests and says how to get it; CI fails."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import pytest

CLIENTS = Path(__file__).parent / "clients"
NODE: Final = (20, 19)
"""The oldest Node that the clients' own packages run with; Debian 13 has it, Debian 12 an older one."""
PACKAGES = {
    "aarch64-linux-gnu-g++": "g++-aarch64-linux-gnu",
    "chromium": "chromium",
    "initdb": "postgresql",
    "ip": "iproute2",
    "mmdebstrap": "mmdebstrap",
    "node": "nodejs npm",
    "openssl": "openssl",
    "pactl": "pulseaudio-utils",
    "pulseaudio": "pulseaudio",
    "qemu-aarch64-static": "qemu-user-static",
    "systemd-analyze": "systemd",
    "unshare": "util-linux",
}
"""Programs that the tests start, and the Debian packages that hold them; the README names the same."""
KEPT_ASIDE = {"initdb": "usr/lib/postgresql/*/bin/initdb"}
"""Programs that Debian keeps off the path."""


def missing(part: str, cure: str) -> None:
    """Say that a part is not there: a failure in CI, a skip on a machine that does without it."""
    message = f"{part} is missing, so what needs it is not tested: {cure}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def need(*programs: str) -> None:
    """End the test here where one of these programs is missing."""
    for program in programs:
        if found(program) is None:
            missing(program, f"sudo apt install {PACKAGES[program]}")


def need_clients() -> None:
    """End the test here without a Node that is new enough or without the packages of `tests/clients`."""
    need("node")
    if _version_of_node() < NODE:
        missing(f"Node {NODE[0]}.{NODE[1]} or newer", "Debian 13 has it, and nodejs.org")
    if not (CLIENTS / "node_modules" / ".package-lock.json").is_file():
        missing("the Node clients", "make clients")


@cache
def _version_of_node() -> tuple[int, ...]:
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in told.strip().lstrip("v").split(".")[:2])


def found(program: str) -> Path | None:
    """Where a program is; of several versions that Debian keeps aside the newest."""
    aside = Path("/").glob(KEPT_ASIDE[program]) if program in KEPT_ASIDE else ()
    newest = max(aside, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)
    on_path = shutil.which(program)
    return newest or (Path(on_path) if on_path else None)
