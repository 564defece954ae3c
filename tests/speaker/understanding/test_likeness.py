"""What a sentence is most like: read where no sample and no gist fits, and never where something hangs on its words."""

import pytest

from skill.speaker.understanding import language, likeness
from skill.speaker.understanding import model as models
from skill.speaker.understanding.likeness import FOR_NOBODY, HARMLESS, OF_A_BODY
from skill.speaker.understanding.model import FALLBACK, Model
from skill.speaker.understanding.understand import NOD, by_its_words, understand
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


@pytest.mark.parametrize(
    ("say", "locale"),
    [
        ("right then, I'm all set up here", "en-US"),
        ("it's all settled down now I think, begin", "en-US"),
        ("also dann, ich bin bereit zum loslegen", "de-DE"),
    ],
)
def test_what_is_like_a_yes_or_ready_is_a_nod_that_opens_nothing(say: str, locale: str) -> None:
    assert understand(say, locale).intent == NOD


@pytest.mark.parametrize(
    "say",
    ["yes no I mean I am set", "I'm not all set to begin", "if I'm all set we begin", "I'm all set here?"],
)
def test_a_denied_or_a_doubtful_nod_is_none(say: str) -> None:
    assert understand(say).intent == FALLBACK


def test_bands_in_own_words_are_told_whole_or_asked_for() -> None:
    told = understand("my gran left me her red one and her blue one")
    assert (told.intent, heard(told)) == ("LadderIntent", {"band_one": "red", "band_two": "blue"})
    assert understand("my gran left me her red one and I lost her blue one").intent == FALLBACK


def test_which_of_two_bands_is_meant_is_not_guessed() -> None:
    assert understand("my old blue feels stiffer to me than the green").intent == FALLBACK


def test_politeness_is_no_condition_and_what_is_left_is_no_leg() -> None:
    polite = understand("I'd rather wear yellow if that's alright")
    assert (polite.intent, heard(polite)) == ("UseBandIntent", {"band": "yellow"})
    assert understand("still had plenty left when you stopped the counting").intent == "CouldDoMoreIntent"


@pytest.mark.parametrize(
    ("say", "locale", "reps"),
    [
        ("the left was twelve, not thirteen", "en-US", "12"),
        ("links waren es zwölf, nicht dreizehn", "de-DE", "12"),
    ],
)
def test_a_number_that_is_denied_is_not_the_one_that_is_meant(say: str, locale: str, reps: str) -> None:
    assert heard(understand(say, locale))["reps"] == reps


@pytest.mark.parametrize("say", ["the cat sat on the mat", "the soup was too salty for me", "ready"])
def test_what_is_strange_or_a_single_word_is_like_nothing(say: str, model: Model) -> None:
    assert likeness.read(model, model.language.words(say)) is None


def test_no_sentence_about_a_body_is_taken_for_another(model: Model) -> None:
    told = [each.say for each in of_pain("pain")]
    assert [say for say in told if likeness.read(model, model.language.words(say))] == []


@pytest.mark.parametrize("say", ["I don't want a lighter band", "if I did twelve", "when I skip the rest"])
def test_a_denial_or_a_condition_is_no_wish(say: str, model: Model) -> None:
    assert likeness.read(model, model.language.words(say)) is None


# Sentences of pain that stand in no pattern: whether something hurts is asked, and where is told.
LIKELY = ["a gnawing sort of feeling has crept into my hip", "my calf's balled up solid"]
DENIED = ["nothing is clawing at my hip", "my hip is stacked on the other one", "no pain in my knee"]


@pytest.mark.parametrize("say", LIKELY)
def test_what_is_likely_a_pain_is_asked_about(say: str) -> None:
    assert by_its_words(say).intent == FALLBACK
    found = understand(say)
    assert found.intent == "PainIntent"
    assert found.slots["place"]["value"]


@pytest.mark.parametrize("say", DENIED)
def test_what_denies_a_pain_or_only_sounds_so_is_none(say: str) -> None:
    assert understand(say).intent != "PainIntent"


def test_it_tells_every_kind_from_bodies_and_from_talk_for_nobody(model: Model) -> None:
    weights = likeness.load("en-US")
    assert weights is not None
    assert {OF_A_BODY, FOR_NOBODY} < {*weights.kinds}
    known = {*model.slots, "LaunchRequest", OF_A_BODY, FOR_NOBODY, HARMLESS}
    assert {kind.split()[0] for kind in weights.kinds} <= known
    shares = likeness.likely(weights, model, model.language.words("how tight should the band be"))
    assert sum(shares.values()) == pytest.approx(1)


def test_a_language_without_weights_is_understood_by_its_samples() -> None:
    assert likeness.load("xx-XX") is None
    assert language.load("de-DE").settings.get("likeness") is None or likeness.load("de-DE") is not None
