"""One wheel that installs without a compiler: `python -m tools.build_wheels --out dist`.

durable-rules is published as source only, and its sources of 2020 need a macro from Python 3.13 on. So it is built
here, once for each CPython of this machine, and put into the coach's own wheel beside the coach. Its engines bear the
Python in their names, so one wheel serves all of them; any other Python is told to build durable-rules from its source.

The wheel is of this machine's system and processor. `--for aarch64` builds one for a Raspberry Pi and its kin
instead, with Debian's cross compiler (apt install g++-aarch64-linux-gnu).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
ENGINE: Final = "durable-rules"
MACRO: Final = "-DPyEval_CallObject=PyObject_CallObject"
MINORS: Final = range(11, 15)
OLDEST_GLIBC: Final = 17
"""The oldest that installers have a name for."""
CROSS: Final = ("aarch64",)
"""Processors that another one can build for: Linux of 64 bits, whose Python headers are the same."""
_GLIBC: Final = re.compile(rb"GLIBC_2\.(\d+)")


class NotBuilt(RuntimeError):
    """A wheel could not be built; the message ends with what the builder said."""


def main() -> None:
    """Build the wheel for the CPythons of this machine, or for those that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--python", action="append", default=[], metavar="PATH", help="build for these only")
    parser.add_argument("--for", dest="processor", choices=CROSS, help="build for this processor")
    chosen = parser.parse_args()
    wheel = build(chosen.out, [Path(each) for each in chosen.python] or pythons(), chosen.processor)
    print(wheel)


def pythons() -> list[Path]:
    """A CPython of each version that the coach runs on, as far as this machine has one with its headers."""
    found: dict[str, Path] = {}
    for candidate in _candidates():
        version = version_of(candidate)
        has_headers = (
            "import os, sysconfig; print(os.path.exists(sysconfig.get_path('include') + '/Python.h'))"
        )
        if version and version not in found and _asked(candidate, has_headers) == "True":
            found[version] = candidate
    return [found[version] for version in sorted(found)]


def _candidates() -> list[Path]:
    names = [f"python3.{minor}" for minor in MINORS]
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    own = [Path(sys.executable)] if sys.version_info[1] in MINORS else []
    on_path = [Path(path) for name in names if (path := shutil.which(name))]
    return own + on_path + [path for name in names for path in sorted(kept.glob(f"*/bin/{name}"))]


def version_of(python: Path) -> str:
    """Such as 3.11; empty where it does not run."""
    return _asked(python, "import sys; print('%d.%d' % sys.version_info[:2])")


def _asked(python: Path, question: str) -> str:
    done = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def build(out: Path, interpreters: list[Path], processor: str | None = None) -> Path:
    """The coach's wheel with the engines for these Pythons in it, for this processor or another one.

    Raises:
        NotBuilt: there is no Python to build for, or a build failed.
    """
    if not interpreters:
        raise NotBuilt("no CPython 3.11 to 3.14 with its headers is here (apt install python3-dev)")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        versions = []
        for each in interpreters:
            versions.append(version_of(each))
            cross = _crossing(processor, versions[-1]) if processor else {}
            _pip_wheel(each, work / "engine", f"{ENGINE}=={_pinned()}", {"CPPFLAGS": MACRO} | cross)
            print(f"built {ENGINE} for Python {versions[-1]}", file=sys.stderr)
        _pip_wheel(Path(sys.executable), work / "coach", str(ROOT), {})
        tree = _joined(work, versions, processor)
        _run([sys.executable, "-m", "wheel", "pack", str(tree), "-d", str(out)])
    return max(out.glob("*.whl"), key=lambda each: each.stat().st_mtime)


def _pinned() -> str:
    found = re.search(rf'"{ENGINE}==([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert found is not None, f"pyproject.toml pins no {ENGINE}"
    return found[1]


def _crossing(processor: str, version: str) -> dict[str, str]:
    """What tells setuptools to build for another processor: its compiler, and what its Python calls the file."""
    system = f"{processor}-linux-gnu"
    if shutil.which(f"{system}-gcc") is None:
        raise NotBuilt(f"{system}-gcc is missing (apt install g++-{system})")
    return {
        "CC": f"{system}-gcc",
        "CXX": f"{system}-g++",
        "LDSHARED": f"{system}-gcc -shared",
        "SETUPTOOLS_EXT_SUFFIX": f".cpython-{version.replace('.', '')}-{system}.so",
        "_PYTHON_HOST_PLATFORM": f"linux-{processor}",
    }


def _pip_wheel(python: Path, out: Path, what: str, flags: dict[str, str]) -> None:
    """A wheel of what is named; the preprocessor's flags of the caller's environment stay."""
    command = [str(python), "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    own = os.environ.get("CPPFLAGS", "")
    environment = os.environ | flags | {"CPPFLAGS": f"{own} {flags.get('CPPFLAGS', '')}".strip()}
    _run([*command, "--no-binary", ENGINE, "-w", str(out), what], environment)


def _joined(work: Path, versions: list[str], processor: str | None) -> Path:
    """The coach's wheel unpacked, with the engines, their licence, and a tag and requirements that tell the truth."""
    for wheel in [*(work / "engine").glob("*.whl"), *(work / "coach").glob("*.whl")]:
        _run([sys.executable, "-m", "wheel", "unpack", str(wheel), "-d", str(work / "tree" / wheel.stem)])
    (tree,) = (work / "tree").glob("hands_free*/*")
    (info,) = tree.glob("*.dist-info")
    for part in (work / "tree").glob("durable*/*"):
        for file in (*part.glob("*.so"), *part.glob("*.pyd")):
            shutil.copy2(file, tree / file.name)
        shutil.copytree(part / "durable", tree / "durable", dirs_exist_ok=True)
        for licence in part.glob("*.dist-info/**/LICENSE*"):
            (info / "licenses" / ENGINE).mkdir(parents=True, exist_ok=True)
            shutil.copy2(licence, info / "licenses" / ENGINE / licence.name)
    metadata, tag = info / "METADATA", info / "WHEEL"
    metadata.write_text(requiring(metadata.read_text("utf-8"), versions), "utf-8")
    text = re.sub(r"Tag: .*", f"Tag: py3-none-{_platform(tree, processor)}", tag.read_text("utf-8"))
    tag.write_text(text.replace("Root-Is-Purelib: true", "Root-Is-Purelib: false"), "utf-8")
    return tree


def requiring(metadata: str, versions: list[str]) -> str:
    """The metadata, asking for durable-rules only where the wheel has no engine for that Python."""
    line = rf"(Requires-Dist: {ENGINE}==[\d.]+)"
    return re.sub(line, rf"""\1; python_version not in "{" ".join(versions)}" """.rstrip(), metadata)


def _platform(tree: Path, processor: str | None) -> str:
    """System and processor as wheels name them; on Linux, with the oldest C library that the engines run on."""
    own = f"linux_{processor}" if processor else sysconfig.get_platform().replace("-", "_").replace(".", "_")
    wanted = [int(each) for file in tree.glob("*.so") for each in _GLIBC.findall(file.read_bytes())]
    if not own.startswith("linux_") or not wanted:
        return own
    return own.replace("linux_", f"manylinux_2_{max(OLDEST_GLIBC, *wanted)}_", 1)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise NotBuilt(f"{' '.join(command)}\n{(done.stderr or done.stdout)[-2000:]}")


if __name__ == "__main__":
    main()
