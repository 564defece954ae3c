"""What cannot be used is refused when the coach starts, with the name of the setting and the cure."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from skill.settings import NAMES, Settings, WrongSetting
from skill.web import create_app

SKILL = "amzn1.ask.skill.1"


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"GLUTE_COACH_STOER": "x.db"}, "did you mean GLUTE_COACH_STORE"),
        ({"GLUTE_COACH_EXERCISES": "/nowhere/at/all"}, "--exercises (GLUTE_COACH_EXERCISES)"),
        ({"GLUTE_COACH_RULES": "/nowhere/at/all"}, "--rules (GLUTE_COACH_RULES)"),
        ({"GLUTE_COACH_SKILL_IDS": "foo"}, "--skill-id (GLUTE_COACH_SKILL_IDS)"),
        ({"GLUTE_COACH_ZONE": "Mars/Olympus"}, "Mars/Olympus"),
        ({"GLUTE_COACH_CARD_PICTURE": "http://a.example/b.png"}, "GLUTE_COACH_CARD_PICTURE"),
        ({"GLUTE_COACH_CARD_PICTURE": "https://["}, "GLUTE_COACH_CARD_PICTURE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_cure(environment, says):
    with pytest.raises(WrongSetting) as raised:
        Settings.from_environment(environment)
    assert says in str(raised.value)


def test_what_is_not_the_coachs_is_none_of_its_business():
    assert Settings.from_environment({"HOME": "/root", "GLUTE_COACH_ZONE": "Europe/London"}).zone == ZoneInfo(
        "Europe/London"
    )


def test_own_exercises_and_rules_are_taken_from_the_environment_too(tmp_path):
    told = {"GLUTE_COACH_EXERCISES": str(tmp_path), "GLUTE_COACH_RULES": str(tmp_path)}
    settings = Settings.from_environment(told)
    assert (settings.exercises, settings.rules) == (tmp_path, tmp_path)


def test_a_server_with_an_exercise_folder_that_is_not_there_does_not_start(monkeypatch):
    monkeypatch.setenv("GLUTE_COACH_SKILL_IDS", SKILL)
    monkeypatch.setenv("GLUTE_COACH_EXERCISES", "/nowhere/at/all")
    with pytest.raises(WrongSetting):
        create_app()


def test_every_variable_that_the_coach_reads_is_a_setting():
    sources = [each.read_text("utf-8") for each in (Path(__file__).parents[1] / "skill").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'"(GLUTE_COACH_[A-Z_]*[A-Z])"', text)}
    assert "GLUTE_COACH_CALENDAR_SECRET" in read
    assert read <= NAMES
