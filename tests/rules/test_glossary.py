"""Every fact has plain words where people look for them."""

from pathlib import Path

import pytest

from rules.views.glossary import conditions, facts_of, written_into
from rules.vocabulary.facts import TOPICS
from tests.shipped import RULEBOOK

DOCUMENT = (Path(__file__).parents[2] / "docs" / "rulebook.md").read_text("utf-8")


def test_the_document_explains_every_fact_as_the_vocabulary_does() -> None:
    assert written_into(DOCUMENT) == DOCUMENT, "run: python -m rules.views.glossary"


@pytest.mark.parametrize("topic", TOPICS)
def test_no_fact_is_without_words_and_none_is_named_by_a_number(topic: str) -> None:
    assert all(means and not name[-1].isdigit() for name, means, _ in facts_of(topic))


def test_a_condition_reads_as_a_sentence_would() -> None:
    rule = RULEBOOK.rule("BAND-33")
    assert conditions(rule) == "count_ended_first_times at least 4; tougher_bands at least 1"
    assert conditions(RULEBOOK.rule("BAND-11")) == "always"
