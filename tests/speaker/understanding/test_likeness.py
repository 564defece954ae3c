"""What a sentence is most like: read where no sample and no gist fits, and never where something hangs on its words."""

import pytest

from skill.speaker.understanding import language, likeness
from skill.speaker.understanding import model as models
from skill.speaker.understanding.likeness import FOR_NOBODY, OF_A_BODY
from skill.speaker.understanding.model import Model
from skill.speaker.understanding.understand import understand
from tests.said.table import heard, of_pain


@pytest.fixture
def model() -> Model:
    return models.load("en-US")


@pytest.mark.parametrize(
    ("say", "intent", "slots"),
    [
        ("how tight should the band be", "HowToIntent", {}),
        ("put me down for thirteen", "LogSetIntent", {"reps": "13"}),
        ("fire up the glute workout", "LaunchRequest", {}),
        ("where did you get that from", "SaysWhoIntent", {}),
        ("why not train it every day", "MethodIntent", {"topic": "how_often"}),
    ],
)
def test_what_is_meant_is_found_in_other_words(say: str, intent: str, slots: dict[str, str]) -> None:
    understood = understand(say)
    assert understood.intent == intent
    assert slots.items() <= heard(understood).items()


@pytest.mark.parametrize("say", ["the cat sat on the mat", "the soup was too salty for me", "ready"])
def test_what_is_strange_or_a_single_word_is_like_nothing(say: str, model: Model) -> None:
    assert likeness.read(model, model.language.words(say)) is None


def test_no_sentence_about_a_body_is_taken_for_another(model: Model) -> None:
    told = [each.say for each in of_pain("pain")]
    assert [say for say in told if likeness.read(model, model.language.words(say))] == []


@pytest.mark.parametrize("say", ["I don't want a lighter band", "if I did twelve", "when I skip the rest"])
def test_a_denial_or_a_condition_is_no_wish(say: str, model: Model) -> None:
    assert likeness.read(model, model.language.words(say)) is None


def test_it_tells_every_kind_from_bodies_and_from_talk_for_nobody(model: Model) -> None:
    weights = likeness.load("en-US")
    assert weights is not None
    assert {OF_A_BODY, FOR_NOBODY} < {*weights.kinds}
    known = {*model.slots, "LaunchRequest", OF_A_BODY, FOR_NOBODY}
    assert {kind.split()[0] for kind in weights.kinds} <= known
    shares = likeness.likely(weights, model, model.language.words("how tight should the band be"))
    assert sum(shares.values()) == pytest.approx(1)


def test_a_language_without_weights_is_understood_by_its_samples() -> None:
    assert likeness.load("xx-XX") is None
    assert language.load("de-DE").settings.get("likeness") is None or likeness.load("de-DE") is not None
