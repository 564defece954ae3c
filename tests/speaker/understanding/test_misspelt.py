"""A word that nobody knows is taken for the known one that it is written like, where no safeguard hangs on it."""

import pytest

from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand


@pytest.mark.parametrize(
    ("locale", "say", "intent"),
    [
        ("en-US", "swtich legs", "OtherLegIntent"),
        ("en-US", "whihc leg", "WhereAmIIntent"),
        ("en-US", "toughr for the left", "TougherBandIntent"),
        ("de-DE", "welchess Bein ist dran", "WhereAmIIntent"),
    ],
)
def test_a_misspelt_sentence_is_understood(locale: str, say: str, intent: str) -> None:
    assert understand(say, locale, likens=False).intent == intent


@pytest.mark.parametrize("say", ["the pain has gnoe", "redy", "the doctor clearred me", "eigt", "dose"])
def test_what_relaxes_a_safeguard_a_number_and_a_short_word_are_taken_as_they_are_spelt(say: str) -> None:
    assert understand(say, likens=False).intent in (FALLBACK, "PainIntent")
