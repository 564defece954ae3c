"""An exercise is a file that anybody can write; a bad one is refused with what, where, why and the cure."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from rules.cases.check import check
from rules.engine import Engine
from rules.files.exercise import NUMBERS, load_exercises
from rules.files.fault import Refused
from rules.rulebook import load_rulebook
from rules.vocabulary.facts import SetsFacts
from tools.exercise_schema import schema, table

ROOT = Path(__file__).parents[2]
GLUTE_RAISE = (ROOT / "rules" / "exercises" / "glute_raise.yaml").read_text("utf-8")
DOCS = ROOT / "docs"

# what is changed, what it becomes, what the fault must say, whether a JSON Schema can see it
CHANGES = {
    "a field that is missing": (
        "cap: 25",
        "",
        "cap is missing: the repetition at which the count ends",
        True,
    ),
    "a field that nobody knows": ("cap: 25", "cap: 25\ncaps: 25", "did you mean 'cap'?", True),
    "a number too large": ("sets: 3", "sets: 30", "a whole number from 1 to 10 sets", True),
    "a number as text": ("sets: 3", 'sets: "3"', "without quotes", True),
    "true for a number": ("sets: 3", "sets: true", "a whole number from 1 to 10 sets", True),
    "text that is a number": ('word: "lift"', "word: 3", "must be text in quotes", True),
    "a phase that nobody knows": (
        'phase: "eccentric"',
        'phase: "excentric"',
        "did you mean 'eccentric'?",
        True,
    ),
    "no phases": ("between_rounds: 60", "between_rounds: -1", "a whole number from 0 to 200 s", True),
    "a side that nobody knows": ('"left", "right"', '"left", "rihgt"', "did you mean 'right'?", True),
    "a list where a number belongs": ("cap: 25", "cap: [25]", "a whole number from 1 to 40", True),
    "a number where a list belongs": ("warn_at: [30, 10]", "warn_at: 30", "must be a list of 0 to 6", True),
    "a name with a space": ('id: "glute_raise"', 'id: "glute raise"', "must look like", True),
    "a source of another form": ('"SRC-01", ', '"the book", ', "must look like", True),
    "a window upside down": ("{low: 12, high: 15}", "{low: 15, high: 12}", "exchange them", False),
    "a count that ends inside the window": ("cap: 25", "cap: 14", "cap must be 15 or more", False),
    "a count too long for one piece of audio": ("cap: 25", "cap: 40", "at most 240 s: lower cap", False),
    "a side twice": ('"left", "right"', '"left", "left"', "names one thing twice", False),
    "a name that is not its file's": ('id: "glute_raise"', 'id: "raise"', "lives in raise.yaml", False),
    "a source that nobody knows": (
        '"SRC-01", ',
        '"SRC-77", ',
        "Or add it to sources.yaml beside the file",
        False,
    ),
    "a cue of unknown source": (
        'source: ["OWN-01"]}',
        'source: ["OWN-77"]}',
        "no source is called 'OWN-77'",
        False,
    ),
}


def as_json(text: str) -> Any:
    return yaml.safe_load(text)


def is_valid(text: str) -> bool:
    return jsonschema.Draft202012Validator(schema()).is_valid(as_json(text))


@pytest.mark.parametrize("what", CHANGES)
def test_a_bad_exercise_is_refused_with_the_cure(what: str, tmp_path: Path) -> None:
    old, new, says, schema_sees = CHANGES[what]
    assert old in GLUTE_RAISE
    text = GLUTE_RAISE.replace(old, new, 1)
    (tmp_path / "glute_raise.yaml").write_text(text, "utf-8")
    with pytest.raises(Refused) as raised:
        load_exercises(tmp_path)
    fault = next(fault for fault in raised.value.faults if says in fault.what)
    assert fault.file == "glute_raise.yaml"
    assert fault.line > 0
    assert is_valid(text) is not schema_sees


def test_the_schema_accepts_the_exercises_of_the_package() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    for path in (ROOT / "rules" / "exercises").glob("*.yaml"):
        jsonschema.validate(as_json(path.read_text("utf-8")), schema())


def test_the_published_format_is_the_one_that_is_checked() -> None:
    assert json.loads((DOCS / "exercise.schema.json").read_text("utf-8")) == schema()
    assert table() in (DOCS / "exercise-format.md").read_text("utf-8")


def test_an_exercise_with_sources_of_its_own_is_loaded_and_coached(tmp_path: Path) -> None:
    text = GLUTE_RAISE.replace("glute_raise", "bridge").replace("OWN-01", "OWN-90")
    text = text.replace("{low: 12, high: 15}", "{low: 8, high: 9}").replace("cap: 25", "cap: 11")
    (tmp_path / "bridge.yaml").write_text(text, "utf-8")
    source = 'OWN-90: {title: "my bridge", says: "On the back.", because: "It is mine."}\n'
    (tmp_path / "sources.yaml").write_text(source, "utf-8")
    exercises = load_exercises(tmp_path)
    rulebook = load_rulebook(exercises=exercises)
    engine = Engine(rulebook, exercises)
    decision = engine.decide(SetsFacts("set_settled", 1, 2, True, False), "bridge")
    assert decision.numbers == {"rest_s": 10, "count_to": 11}
    assert check([tmp_path / "bridge.yaml"]).faults == []


def test_every_number_of_an_exercise_has_a_dotted_name() -> None:
    exercise = load_exercises()["glute_raise"]
    assert {name: exercise.number(name) for name in NUMBERS} == {
        "exercise.sets": 3,
        "exercise.window.low": 12,
        "exercise.window.high": 15,
        "exercise.cap": 25,
        "exercise.lead_in_s": 3,
        "exercise.rest.between_sides": 10,
        "exercise.rest.band_change": 40,
        "exercise.rest.between_rounds": 60,
        "exercise.rest.before_repeat": 8,
        "exercise.per_week": 2,
        "exercise.recovery_days": 2,
        "exercise.rep_s": 6,
    }
    with pytest.raises(KeyError, match=r"exercise\.tempo"):
        exercise.number("exercise.tempo")
