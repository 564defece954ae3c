"""Every rule and every source has words, and an exercise that lacks some is refused at the start."""

import re
import string
from pathlib import Path

import pytest

from rules.files.exercise import load_exercises
from rules.files.fault import Refused
from rules.vocabulary.facts import TOPICS
from skill.app import Settings, build
from skill.locales.words import load
from tests.shipped import RULEBOOK

GLUTE_RAISE = Path(__file__).parents[2] / "rules" / "exercises" / "glute_raise.yaml"
WINDOW = {"window_low", "window_high"}
MOVES = {"tougher_band", "lighter_band", "half_tougher", "half_lighter"}
"""After these a leg has come from another rung, whose colour may be named."""
WORDS = """
cues: {bridge_up: "up"}
lines:
  cue.bridge.welcome: "One band and a bridge."
  cue.bridge.begin: "Lie on your back, {side} first."
  cue.bridge.begin_no_band: "Lie on your back, {side} first."
  cue.bridge.position: "Lie on your back."
  cue.bridge.position_no_band: "Lie on your back."
  cue.bridge.movement: "Push your hips up."
  cue.bridge.warm_up: "Walk for a minute."
  cue.bridge.pelvic_tilt: "Stop there."
  tempo.bridge_up: "Up for {seconds}."
"""


def filled(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != "tempo"])
def test_every_rule_has_a_reason_in_words_made_of_its_own_facts(topic: str) -> None:
    because = load().data["because"]
    numbers = {name for name, domain in TOPICS[topic].domains().items() if domain.kind == "number"}
    for rule in RULEBOOK.books[topic].rules:
        colour = {"from_band"} if rule.advice in MOVES else set()
        assert filled(because[rule.id]) <= numbers | WINDOW | colour, rule.id


def test_no_reason_is_kept_for_a_rule_that_is_no_more() -> None:
    known = {rule.id for book in RULEBOOK.books.values() for rule in book.rules}
    assert set(load().data["because"]) <= known


def test_every_source_has_words_and_no_words_are_left_over() -> None:
    assert set(load().data["sources"]) == set(RULEBOOK.sources)


def a_bridge(place: Path) -> Path:
    """The directory of somebody's own exercise."""
    text = (
        GLUTE_RAISE.read_text("utf-8").replace('"glute_raise"', '"bridge"').replace('"lift"', '"bridge_up"')
    )
    place.mkdir(exist_ok=True)
    (place / "bridge.yaml").write_text(text, "utf-8")
    return place


def test_an_exercise_from_outside_brings_its_own_words(tmp_path: Path) -> None:
    place = a_bridge(tmp_path / "mine")
    (place / "words").mkdir()
    (place / "words" / "en-US.yaml").write_text(WORDS, "utf-8")
    coach = build(Settings(store=str(tmp_path / "coach.db"), exercises=place))
    assert set(coach.exercises) == {*load_exercises(), "bridge"}
    assert coach.locale.data["words"]["cues"]["bridge_up"] == "up"
    coach.store.close()


def test_an_exercise_without_words_is_refused_with_their_keys(tmp_path: Path) -> None:
    with pytest.raises(Refused) as raised:
        build(Settings(store=str(tmp_path / "coach.db"), exercises=a_bridge(tmp_path / "mine")))
    told = str(raised.value)
    for key in re.findall(r"(?:cue|tempo)\.[a-z_.]+|bridge_up(?=:)", WORDS):
        assert f"bridge.yaml: has no words for '{key}'; add them to words/en-US.yaml" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('lines: {apology: "Ha."}', "is no line of an exercise"),
        ('lines: {cue.bridge.begin: "{side.__class__}"}', "may be filled with {seconds} and {side} only"),
        ('lines: {cue.bridge.begin: "{side"}', "may be filled with"),
        ('lines: {cue.bridge.begin: ""}', "must be words in quotes"),
        ('because: {PAIN-01: "Ha."}', "nothing else"),
        ("lines: {cue.bridge.begin: no}", "put the word in quotes"),
    ],
)
def test_words_from_outside_cannot_become_anything_else(words: str, says: str, tmp_path: Path) -> None:
    place = a_bridge(tmp_path / "mine")
    (place / "words").mkdir()
    (place / "words" / "en-US.yaml").write_text(words + "\n", "utf-8")
    with pytest.raises(Refused) as raised:
        build(Settings(store=str(tmp_path / "coach.db"), exercises=place))
    assert says in str(raised.value)
    assert "en-US.yaml:1" in str(raised.value)
