"""Home Assistant's own environment: built once, outside the tree (a gigabyte; a minute on a good line), and kept."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

RELEASE: Final = "2025.4.4"
NEEDS: Final = (
    f"homeassistant=={RELEASE}",
    "home-assistant-frontend==20250411.0",
    "home-assistant-intents==2025.3.28",
    "hassil==2.2.3",
    "pymicro-vad==1.0.1",
    "pyspeex-noise==1.0.2",
    "mutagen==1.47.0",
    "imageio-ffmpeg",
    "zlib_ng",
    "isal",
    "ha-ffmpeg==3.2.2",
    "PyTurboJPEG==1.7.5",
)
"""With what it would fetch at its start: `--skip-pip` leaves that to us."""


def environment() -> Path:
    """Where the virtual environment lies, or is to lie."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    default = cache / "glute-coach" / f"ha-{RELEASE}"
    return Path(os.environ.get("GLUTE_COACH_HOME_ASSISTANT", default))


def build() -> Path:
    """The virtual environment, made by uv if it is not there.

    Raises:
        CalledProcessError: a package or a Python 3.13 could not be had; what uv says stands above.
    """
    folder = environment()
    if (folder / "ready").is_file():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as beside:
        subprocess.run([sys.executable, "-m", "venv", beside], check=True)
        subprocess.run([f"{beside}/bin/pip", "install", "-q", "uv"], check=True)
        uv, env = f"{beside}/bin/uv", os.environ | _index(f"{beside}/bin/pip")
        subprocess.run([uv, "venv", "-q", "--python", _python(), str(folder)], check=True, env=env)
        install = [uv, "pip", "install", "-q", "--python", str(folder / "bin" / "python"), *NEEDS]
        subprocess.run(install, check=True, env=env)
    found = next((folder / "lib").glob("python*/site-packages/imageio_ffmpeg/binaries/ffmpeg*"))
    (folder / "bin" / "ffmpeg").symlink_to(found)
    (folder / "ready").touch()
    return folder


def _python() -> str:
    """A Python 3.13, which this release needs: this one, or one on the path or of pyenv; else uv is to fetch it."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [sys.executable, shutil.which("python3.13"), *sorted(pyenv.glob("3.13.*/bin/python"))]
    return next((str(each) for each in candidates if each and _is_3_13(each)), "3.13")


def _is_3_13(program: str | Path) -> bool:
    asked = [program, "-c", "import sys; print(*sys.version_info[:2])"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() == "3 13"


def _index(pip: str) -> dict[str, str]:
    """Where pip looks for packages, as uv takes it, which reads none of pip's settings."""
    asked = subprocess.run(
        [pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


if __name__ == "__main__":
    print(build())
