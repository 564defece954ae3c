"""The walk through a change in docs/rulebook.md is what the tools print."""

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from skill.cli import main

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"^```\n(\$ .*?)^```$", (ROOT / "docs" / "rulebook.md").read_text("utf-8"), re.M | re.S)


def steps() -> list[tuple[str, list[str]]]:
    """Each command with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(BLOCKS).splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ glute-coach "), []))
        else:
            found[-1][1].append(line)
    return found


def pattern(line: str) -> str:
    """A line of the document as a regular expression: "..." stands for anything."""
    return ".*".join(map(re.escape, line.split("...")))


def test_every_step_prints_what_the_document_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for each in ("rules", "tests/rules"):  # copies: a fault names the file where it really is
        copytree(ROOT / each, tmp_path / each)
    (tmp_path / "mine").mkdir()
    theirs = (ROOT / "rules" / "exercises" / "glute_raise.yaml").read_text("utf-8")
    (tmp_path / "mine" / "glute_raise.yaml").write_text(theirs.replace("high: 15", "high: 14"), "utf-8")
    monkeypatch.chdir(tmp_path)
    commands = steps()
    assert [command.split()[0] for command, _ in commands] == [
        "rules",
        "import",
        "replay",
        "rules",
        "explain",
    ]
    for command, expected in commands:
        main(shlex.split(command))
        told = "\n".join(capsys.readouterr())
        for line in expected:
            assert re.search(rf"^{pattern(line)}$", told, re.M), (command, line, told)
