"""What `make package` builds, once in a run: all tests of the function and of its counts take it from there."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import once

ROOT = Path(__file__).parents[2]


def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that it fills."""
    return once(tmp_path_factory, "lambda", _build)


def _build(out: Path) -> None:
    subprocess.run([sys.executable, ROOT / "lambda" / "package.py", "--out", out], check=True, cwd=out)
