"""How long the coach takes to come home, and how much room: `python -m bench.install`.

Builds the wheel, downloads what it needs beforehand, and then installs it offline into fresh virtual environments: the
base (Alexa's endpoint), and with voice and ears. Told are the seconds from the start of the installation to the first
word that is ready to be heard, and the megabytes on disk, pip apart.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Final

from tools.build_wheels import build

KINDS: Final = {"base": "", "with voice and ears": "[voice,hearing]"}
GOALS: Final = {"base": {"mb": 60}, "with voice and ears": {"mb": 600, "seconds": 20}}
FIRST_WORD: Final = ("count", "--reps", "1", "--lead-in", "0", "--out")


def main() -> None:
    """Measure, print a table, and with --json the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder) / "dist", [Path(sys.executable)])
        found = {kind: measured(wheel, extras, Path(folder) / kind) for kind, extras in KINDS.items()}
    print("| install | on disk | goal | to the first word | goal |\n|---|---|---|---|---|")
    for kind, each in found.items():
        goal = GOALS[kind]
        print(
            f"| {kind} | {each['mb']:.0f} MB | {goal['mb']} | {each['seconds']:.1f} s | {goal.get('seconds', '')} |"
        )
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def measured(wheel: Path, extras: str, folder: Path) -> dict[str, float]:
    """Seconds to the first word (of the base: to the first line of text) and megabytes of one kind."""
    home, downloads = folder / "home", folder / "downloads"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "download", "-d", str(downloads), f"{wheel}{extras}"], check=True)
    started = time.monotonic()
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    offline = ["--no-index", "--find-links", str(downloads), "--no-compile", f"{wheel}{extras}"]
    subprocess.run([*pip, "--python", str(python), "install", *offline], check=True)
    out = folder / ("first.wav" if extras else "first.ssml")
    subprocess.run(
        [home / "bin" / "glute-coach", *FIRST_WORD, out], check=True, cwd=folder, stdout=subprocess.DEVNULL
    )
    seconds = time.monotonic() - started
    for cache in home.rglob("__pycache__"):
        shutil.rmtree(cache)
    size = sum(each.stat().st_size for each in home.rglob("*") if each.is_file() and not each.is_symlink())
    return {"seconds": seconds, "mb": size / 1e6}


if __name__ == "__main__":
    main()
