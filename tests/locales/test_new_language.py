"""A translator follows docs/languages.md: files are added, nothing else, and the coach speaks one language more."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from skill.locales.texts import numbers
from tests.locales.pretend import NAME, ROOT, a_coach_who_speaks_it
from tests.locales.pretend_workout import NOT_GONE, PAIN
from tests.once import once

pytestmark = pytest.mark.long  # a whole coach is made anew

ENGLISH = re.compile(r"(?<!\w)[a-z']*[aeiou][a-z']*(?!\w)", re.IGNORECASE)
"""A word without an accent on its vowel."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coach with the files of the new language, its interaction model made as the document says."""
    return once(tmp_path_factory, "new_language", _made) / "coach"


def _made(folder: Path) -> None:
    place = a_coach_who_speaks_it(folder / "coach")
    run(place, "tools/interaction_models.py")
    (place / "told.json").write_text(run(place, "-m", "tests.locales.pretend_workout", str(place)), "utf-8")


@pytest.fixture(scope="module")
def told(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place / "told.json").read_text("utf-8"))
    return found


def run(place: Path, *command: str) -> str:
    """What Python prints there; its modules are that coach's."""
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=place, env=environment, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_whole_workout_is_done_in_a_language_that_was_added_as_files(told: dict[str, Any]) -> None:
    assert NAME in told["known"]
    assert told["reps"] == [13] * 6


def test_nothing_that_is_heard_is_english(told: dict[str, Any]) -> None:
    said = set(" ".join(numbers(NAME)).split())
    heard = {word.lower() for text in told["heard"] for word in ENGLISH.findall(text)}
    assert heard <= said
    assert heard


def test_one_a_few_and_many_are_said_as_its_language_counts_them(told: dict[str, Any]) -> None:
    forms = {"few": "féw", "many": "mány"}
    wanted = {"1": "one", **dict.fromkeys(("2", "4", "22", "104", "122", "1002"), "few")}
    for number, said in told["of_many"].items():
        form = forms.get(wanted.get(number, "many"), "")
        assert [text.split()[-1] if text.split()[-1] in forms.values() else "" for text in said] == [form] * 2


def test_danger_is_heard_in_it_from_anywhere_in_a_sentence(told: dict[str, Any]) -> None:
    assert set(told["pain"]) == set(PAIN)
    assert set(told["pain"].values()) <= {"PainIntent", "RedFlagIntent", "EmergencyIntent"}


def test_a_wish_is_heard_in_it_in_words_that_are_no_sample(told: dict[str, Any]) -> None:
    assert told["gist"] == "WhereAmIIntent"


def test_only_exact_words_open_a_hold_in_it(told: dict[str, Any]) -> None:
    assert told["gone"] == "PainGoneIntent"
    assert set(told["not_gone"]) == set(NOT_GONE)
    assert "PainGoneIntent" not in told["not_gone"].values()


def test_the_checks_that_the_document_names_are_passed(place: Path) -> None:
    passed = run(
        place, "-m", "pytest", "tests/locales/test_words.py", "-q", "-p", "no:cacheprovider", "-k", NAME
    )
    assert re.search(r"\d{2} passed", passed) or "100%" in passed


def test_every_file_that_the_document_names_is_one_that_was_added(place: Path) -> None:
    table = (ROOT / "docs" / "languages.md").read_text("utf-8").partition("## A new language")[2]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    named = {
        file.replace("fr-FR", NAME) for row in rows for file in re.findall(r"`([\w/.-]+fr-FR[\w.]+)`", row)
    }
    added = {
        str(file.relative_to(place))
        for file in place.rglob(f"{NAME}.*")
        if file.parent.name != "interaction_models"
    }
    assert named == added
