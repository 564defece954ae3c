"""One's own exercises and rules go along in the zip, and the function finds them there."""

import importlib.util
from pathlib import Path

import pytest

from skill import lambda_entry
from tests.locales.test_reasons import WORDS, a_bridge

pytestmark = pytest.mark.long  # the function is packed first

PACKAGE = Path(__file__).parents[2] / "lambda" / "package.py"


def package():
    found = importlib.util.spec_from_file_location("package_for_lambda", PACKAGE)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_own_exercises_are_packed_and_the_function_coaches_them(tmp_path, monkeypatch):
    mine = a_bridge(tmp_path / "mine")
    (mine / "words").mkdir()
    (mine / "words" / "en-US.yaml").write_text(WORDS, "utf-8")
    for name, source in package().own({"exercises": mine, "rules": None}).items():
        place = tmp_path / "task" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes())
    monkeypatch.setattr(lambda_entry, "__file__", str(tmp_path / "task" / "skill" / "lambda_entry.py"))
    built = []
    monkeypatch.setattr(lambda_entry, "build", lambda settings: built.append(settings) or build(settings))
    from skill.app import build

    lambda_entry.handler_from_environment(
        {"GLUTE_COACH_SKILL_IDS": "amzn1.ask.skill.x", "GLUTE_COACH_STORE": str(tmp_path / "coach.db")}
    )
    assert built[0].exercises == tmp_path / "task" / "own" / "exercises"
    assert built[0].rules is None
