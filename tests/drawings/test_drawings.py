"""The exercise is shown as it is done: the leg goes up, and the band goes with it."""

import json
import re
from importlib import resources
from xml.etree import ElementTree

import pytest

from skill.drawings.mistake import BECAUSE, both, put_right_by
from skill.drawings.pose import pose
from skill.drawings.svg import beside, svg
from tests.shipped import EXERCISES, RULEBOOK
from tools.exercise_picture import FILE, picture

NAMES = sorted(
    each.name.removesuffix(".json") for each in (resources.files("skill.drawings") / "poses").iterdir()
)


def lines(drawn: str, kind: str) -> list[dict[str, str]]:
    return [each.attrib for each in ElementTree.fromstring(drawn).iter() if each.get("class") == kind]


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_is_svg_with_a_name_for_those_who_do_not_see_it(name):
    drawn = ElementTree.fromstring(svg(pose(name), 'The "pose"', 0.5, "red"))
    assert drawn.get("aria-label") == 'The "pose"'
    assert drawn.get("role") == "img"
    assert "http" not in json.dumps(pose(name).data)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.id)
def test_every_exercise_shows_its_band_wherever_it_may_be_worn(exercise):
    found = pose(exercise.drawing)
    assert found is not None
    places = {each for each in exercise.half_steps if each in ("knee", "foot")} | {"usual"}
    assert places <= set(found.data["bands"])
    ends = {worn: lines(svg(found, "x", 0, "red", worn), "band")[1]["x1"] for worn in places}
    assert len(set(ends.values())) == len(places) or exercise.id == "standing_hip_abduction"


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.id)
def test_the_band_is_stretched_by_the_lift(exercise):
    def length(lift: float) -> float:
        band = lines(svg(pose(exercise.drawing), "x", lift, "red"), "band")[1]
        x1, y1, x2, y2 = (float(band[each]) for each in ("x1", "y1", "x2", "y2"))
        return ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    assert length(0) < length(0.5) < length(1)


def test_the_right_leg_is_the_left_one_in_a_mirror():
    assert re.search(r'transform="matrix\(-1 0 0 1 560 0\)"', svg(pose("clamshell"), "x", mirrored=True))


def test_an_exercise_without_a_drawing_shows_none():
    assert pose("") is None
    assert pose("handstand") is None


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.id)
def test_the_wrong_pelvis_and_the_right_one_are_shown_when_the_tilt_is_told_or_asked_about(exercise):
    told = [f"cue.{exercise.id}.{cue.key}" for cue in exercise.safety_cues]
    assert put_right_by(told, exercise) == put_right_by([BECAUSE], exercise) == both(exercise)
    assert put_right_by([f"cue.{exercise.id}.position", "because.PAIN-01"], exercise) is None


def test_the_right_pelvis_begins_as_the_wrong_one_and_tilts_once_or_stands_still():
    poses = both(EXERCISES["glute_raise"])
    moving, still = (beside(poses, "a", ("b", "c"), moves=moves) for moves in (True, False))
    tilts = [each.attrib for each in ElementTree.fromstring(moving).iter() if each.tag.endswith("animate")]
    assert {each["attributeName"] for each in tilts} >= {"d", "stroke"}
    assert all("repeatCount" not in each for each in tilts)
    assert re.sub(r"<animate[^>]*/>", "", moving).replace("></path>", "/>") == still


def test_the_readmes_picture_is_drawn_from_these_drawings():
    assert FILE.read_text("utf-8") == picture()
    assert FILE.stat().st_size < 150_000


def test_the_rule_whose_reason_is_drawn_is_the_one_that_tilts():
    pain = RULEBOOK.books["pain"]
    tilts = {each.id for each in pain.rules if each.advice == "correct_with_tilt"}
    assert {f"because.{each}" for each in tilts} == {BECAUSE}
