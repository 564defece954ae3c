"""Old documents are made new step by step; newer, nameless and unmovable ones are refused and left alone."""

import pytest

from skill.store.encoding import NotADocument
from skill.store.migrations import WORKOUT, Chain, MigrationFailed, NewerDocument


def tension_for_colour(document):
    return {**document, "schema_version": 2, "tension": {"red": 2}[document["colour"]]}


def each_leg_its_own(document):
    return {"schema_version": 3, "left": document["tension"], "right": document["tension"]}


def changes_what_it_was_given(document):
    document["seen"] = document.pop("colour")
    document["schema_version"] = 2
    return document


CHAIN = Chain("state", (tension_for_colour, each_leg_its_own))


@pytest.mark.parametrize(
    "document",
    [
        {"schema_version": 1, "colour": "red"},
        {"schema_version": 2, "colour": "red", "tension": 2},
        {"schema_version": 3, "left": 2, "right": 2},
    ],
)
def test_every_version_ends_as_the_newest(document):
    assert CHAIN.upgraded(document) == {"schema_version": 3, "left": 2, "right": 2}


def test_the_newest_version_is_one_more_than_the_steps():
    assert (Chain("state").version, CHAIN.version) == (1, 3)


def test_a_document_of_today_costs_no_copy():
    document = {"schema_version": 3}
    assert CHAIN.upgraded(document) is document


def test_the_document_that_was_read_is_not_changed_even_by_a_careless_step():
    read = {"schema_version": 1, "colour": "red"}
    Chain("state", (changes_what_it_was_given,)).upgraded(read)
    assert read == {"schema_version": 1, "colour": "red"}


def test_a_newer_document_than_the_code_is_refused():
    with pytest.raises(NewerDocument, match="version 4, where this coach knows 3"):
        CHAIN.upgraded({"schema_version": 4})


@pytest.mark.parametrize("version", [None, "1", 0, -1, True, 1.0])
def test_a_document_that_does_not_say_its_version_is_none_of_ours(version):
    with pytest.raises(NotADocument, match="schema_version"):
        CHAIN.upgraded({"schema_version": version})


def test_a_step_that_fails_says_which_and_why():
    with pytest.raises(MigrationFailed, match=r"version 1 \(tension_for_colour\) failed: KeyError: 'mauve'"):
        CHAIN.upgraded({"schema_version": 1, "colour": "mauve"})


def test_a_step_that_forgets_to_raise_the_version_is_a_failure():
    with pytest.raises(MigrationFailed, match="returned version 1"):
        Chain("state", (lambda document: document,)).upgraded({"schema_version": 1})


def test_a_band_that_was_doubled_is_one_at_the_foot_in_an_older_workout():
    sets = [{"band": "red@doubled", "reps": 12}, {"band": "green", "reps": 9}, "no set"]
    old = {"schema_version": 2, "bands": {"left": "red@doubled", "right": "green"}, "sets": sets}
    newer = WORKOUT.upgraded(old)
    assert newer["bands"] == {"left": "red@foot", "right": "green"}
    assert [each["band"] for each in newer["sets"][:2]] == ["red@foot", "green"]
    assert old["bands"]["left"] == "red@doubled"
