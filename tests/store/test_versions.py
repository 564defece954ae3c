"""What is stored today can be read tomorrow: a real sample of each version, and a shape that cannot drift unseen."""

import json
from pathlib import Path

import jsonschema
import pytest

from skill.coach.state import SCHEMA_VERSION, State
from skill.store.document import from_document, to_document
from skill.store.migrations import STATE, WORKOUT
from skill.store.schema import export_schema
from tests.faults.workouts import first_workout, recorded, two_workouts

SAMPLES = Path(__file__).with_name("samples")
PUBLISHED = Path(__file__).parents[2] / "docs" / "export.schema.json"


def test_the_coach_writes_the_version_that_the_migrations_lead_to():
    assert SCHEMA_VERSION == STATE.version == WORKOUT.version


@pytest.mark.parametrize("version", range(1, STATE.version + 1))
def test_a_real_sample_of_each_version_still_becomes_todays_state(version):
    """A sample that cannot be read any more means: raise SCHEMA_VERSION and write the step that leads to it."""
    (sample,) = [json.loads((SAMPLES / f"export-v{version}.json").read_text("utf-8"))]
    assert sample["document"]["schema_version"] == version
    document = STATE.upgraded(sample["document"])
    assert to_document(from_document(State, document)) == document
    assert sample["workouts"]
    assert {WORKOUT.upgraded(each)["schema_version"] for each in sample["workouts"]} == {WORKOUT.version}


def test_the_published_schema_is_that_of_the_state():
    """When this fails: raise a version that was ever released, and add a step and a sample; else print it anew,
    `glute-coach export --schema > docs/export.schema.json`.
    """
    assert json.loads(PUBLISHED.read_text("utf-8")) == export_schema()


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("record"), conversation=two_workouts).record


def test_an_export_is_as_the_schema_says(record):
    jsonschema.Draft202012Validator.check_schema(export_schema())
    jsonschema.validate(record, export_schema(), cls=jsonschema.Draft202012Validator)


def test_a_record_in_the_middle_of_a_workout_is_as_the_schema_says(tmp_path):
    def broken_off():
        talking = first_workout()
        saying = next(talking)
        for _ in range(8):
            answer = yield saying
            saying = talking.send(answer)

    record = recorded(tmp_path, conversation=broken_off).record
    assert record["document"]["workout"]["sets"]
    jsonschema.validate(record, export_schema(), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("where", [("document",), ("workouts", 0), ("workouts", 0, "sets", 0), ()])
def test_a_field_that_the_schema_does_not_know_is_refused(where, record):
    strange = json.loads(json.dumps(record))
    part = strange
    for step in where:
        part = part[step]
    part["sonnets"] = 14
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(strange, export_schema(), cls=jsonschema.Draft202012Validator)
