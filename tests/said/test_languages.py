"""The sentences of each language but English: a folder of this one for each, with said, pain and harmless."""

from pathlib import Path

import pytest

from skill.speaker.understanding.understand import understand
from tests.said.alexa import resolved
from tests.said.table import BODY, OPENS, Sentence, halts, is_right, of_kinds, of_pain, read

LOCALES = sorted(each.name for each in Path(__file__).parent.iterdir() if (each / "said.yaml").exists())
SAID = [(locale, each) for locale in LOCALES for each in of_kinds(f"{locale}/said")]
PAIN = [(locale, each.say) for locale in LOCALES for each in of_pain(f"{locale}/pain")]
HARMLESS = [(locale, each) for locale in LOCALES for each in read(f"{locale}/harmless")]


def test_german_has_enough_sentences_to_be_trusted() -> None:
    assert "de-DE" in LOCALES
    assert (len(SAID) >= 250, len(PAIN) >= 100, len(HARMLESS) >= 90) == (True, True, True)


@pytest.mark.parametrize(("locale", "sentence"), SAID, ids=lambda each: getattr(each, "say", each))
def test_what_people_say_is_understood(locale: str, sentence: Sentence) -> None:
    assert is_right(sentence, locale)


@pytest.mark.parametrize(("locale", "sentence"), SAID, ids=lambda each: getattr(each, "say", each))
def test_nothing_becomes_what_it_must_never_become(locale: str, sentence: Sentence) -> None:
    assert understand(sentence.say, locale).intent not in sentence.never
    assert not {intent for intent, _ in resolved(sentence.say, locale)} & {*sentence.never}


@pytest.mark.parametrize(("locale", "say"), PAIN)
def test_pain_halts_whatever_else_is_said(locale: str, say: str) -> None:
    assert halts(say, locale)
    found = {intent for intent, _ in resolved(say, locale)}
    assert not found or found & {*BODY}
    assert not found & {*OPENS}


@pytest.mark.parametrize(("locale", "say"), HARMLESS)
def test_what_only_sounds_like_pain_halts_nothing(locale: str, say: str) -> None:
    assert not halts(say, locale)


HEDGES = [
    "vielleicht {}", "ich glaube {}", "ich hoffe {}", "fast, {}", "wenn {}", "ich glaube nicht {}", "{}?",
    "{} glaube ich", "es stimmt nicht dass {}", "bald {}",
]  # fmt: skip
GONE = [
    "die schmerzen sind weg",
    "es ist weg",
    "weg",
    "alles gut",
    "keine schmerzen mehr",
    "es tut nicht mehr weh",
]


@pytest.mark.parametrize("hedge", HEDGES)
@pytest.mark.parametrize("gone", GONE)
def test_a_hedge_a_question_or_a_condition_opens_nothing(hedge: str, gone: str) -> None:
    assert understand(hedge.format(gone), "de-DE").intent not in OPENS


@pytest.mark.parametrize("number", range(100))
def test_every_number_to_ninety_nine_is_understood_in_words(number: int) -> None:
    from skill.locales.texts import numbers

    sentence = Sentence(f"{numbers('de-DE')[number]} geschafft", ("LogSetIntent",), {"reps": str(number)})
    assert is_right(sentence, "de-DE")
