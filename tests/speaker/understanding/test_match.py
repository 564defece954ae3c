"""What a sentence is nearly: found without aligning it with every sample, and the same as if it were."""

import pytest

from skill.speaker.understanding import match
from skill.speaker.understanding import model as models

AT_LEAST = 0.6
EVERY = 3
"""Aligning is dear: every third sample is tried."""


@pytest.mark.parametrize(
    ("locale", "say"),
    [
        ("en-US", "i used the green one on the right"),
        ("de-DE", "ich nehme heute lieber das rote band"),
        ("de-DE", "was macht mein linkes bein"),
    ],
)
def test_no_sample_is_passed_over_that_has_a_word_of_the_sentence_and_is_like_it(
    locale: str, say: str
) -> None:
    model = models.load(locale)
    words = model.language.words(say)
    weighty = {*words} - model.language.light
    some = [each for each in model.samples[::EVERY] if weighty & each.vocabulary]
    aligned = {each for each in some if match._aligned(model, each, words).score >= AT_LEAST}
    assert aligned
    assert aligned == {fit.sample for fit in match.near(model, words, AT_LEAST)} & {*some}
