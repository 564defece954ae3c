"""The sentences of each language but English: a folder of this one for each, with said, pain, harmless and moments."""

from itertools import product
from pathlib import Path

import pytest

from skill.app import App, Settings, build
from skill.locales.texts import numbers
from skill.speaker.understanding import language
from skill.speaker.understanding.understand import understand
from tests.said.alexa import resolved
from tests.said.table import BODY, OPENS, Sentence, halts, is_right, of_kinds, of_pain, read
from tests.trainee import Trainee

LOCALES = sorted(each.name for each in Path(__file__).parent.iterdir() if (each / "said.yaml").exists())
SAID = [(locale, each) for locale in LOCALES for each in of_kinds(f"{locale}/said")]
PAIN = [(locale, each.say) for locale in LOCALES for each in of_pain(f"{locale}/pain")]
HARMLESS = [(locale, say) for locale in LOCALES for say in read(f"{locale}/harmless")]
MOMENTS = {locale: read(f"{locale}/moments") for locale in LOCALES}
GONE = [(locale, say) for locale, moments in MOMENTS.items() for say in moments["gone"]]
OPENS_NOTHING = [(locale, say) for locale, moments in MOMENTS.items() for say in moments["opens_nothing"]]
HEDGED = [
    (locale, hedge.format(gone))
    for locale, moments in MOMENTS.items()
    for hedge, gone in product(moments["hedges"], moments["gone"])
]


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> App:
    """One coach for all; each sentence has a trainee of its own."""
    return build(Settings(store=str(tmp_path_factory.mktemp("coach") / "coach.db")))


def in_a_set(coach: App, locale: str, say: str) -> Trainee:
    trainee = Trainee(coach, account=f"{locale} {say}", locale=locale)
    for each in MOMENTS[locale]["to_a_set"]:
        trainee.say(each)
    assert trainee.count is not None
    return trainee


def asked_whether_it_has_gone(coach: App, locale: str, say: str) -> Trainee:
    """Somebody whom pain has stopped, three days later."""
    trainee = in_a_set(coach, locale, f"on hold {say}")
    trainee.say(MOMENTS[locale]["to_a_hold"], 20)
    trainee.wait(3 * 86_400)
    trainee.say(MOMENTS[locale]["to_a_set"][0])
    assert trainee.state["pain"]["stands"] == "on_hold"
    return trainee


def test_german_has_enough_sentences_to_be_trusted() -> None:
    assert "de-DE" in LOCALES
    assert (len(SAID) >= 350, len(PAIN) >= 180, len(HARMLESS) >= 140) == (True, True, True)
    assert len(OPENS_NOTHING) >= 100


@pytest.mark.parametrize(("locale", "sentence"), SAID, ids=lambda each: getattr(each, "say", each))
def test_what_people_say_is_understood(locale: str, sentence: Sentence) -> None:
    assert is_right(sentence, locale)


@pytest.mark.parametrize(("locale", "sentence"), SAID, ids=lambda each: getattr(each, "say", each))
def test_nothing_becomes_what_it_must_never_become(locale: str, sentence: Sentence) -> None:
    assert understand(sentence.say, locale).intent not in sentence.never
    assert not {intent for intent, _ in resolved(sentence.say, locale)} & {*sentence.never}


@pytest.mark.parametrize(("locale", "say"), PAIN)
def test_pain_halts_a_running_count_whatever_else_is_said(coach: App, locale: str, say: str) -> None:
    trainee = in_a_set(coach, locale, say)
    trainee.say(say, 25)
    assert trainee.count is None
    assert halts(say, locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_keyboard_without_the_letters_of_the_language_is_understood(locale: str) -> None:
    plain = str.maketrans(language.load(locale).settings["plain_letters"]["letters"])
    assert [say for of, say in PAIN if of == locale and not halts(say.translate(plain), locale)] == []


@pytest.mark.parametrize(("locale", "say"), PAIN)
def test_alexa_hears_danger_where_a_sample_covers_it(locale: str, say: str) -> None:
    found = {intent for intent, _ in resolved(say, locale)}
    assert not found or found & {*BODY}
    assert not found & {*OPENS}


@pytest.mark.parametrize(("locale", "say"), HARMLESS)
def test_what_only_sounds_like_pain_is_none_in_a_running_count(coach: App, locale: str, say: str) -> None:
    trainee = in_a_set(coach, locale, say)
    trainee.say(say, 25)
    assert "pain" not in trainee.state
    assert not halts(say, locale)


@pytest.mark.parametrize(("locale", "say"), HEDGED)
def test_a_hedge_a_question_or_a_condition_opens_nothing(locale: str, say: str) -> None:
    assert understand(say, locale).intent not in OPENS


@pytest.mark.parametrize(("locale", "say"), OPENS_NOTHING)
def test_what_is_near_to_a_clear_word_opens_no_hold(coach: App, locale: str, say: str) -> None:
    trainee = asked_whether_it_has_gone(coach, locale, say)
    trainee.say(say)
    assert trainee.state["pain"]["stands"].startswith("on_hold")
    assert not {intent for intent, _ in resolved(say, locale)} & {*OPENS}


@pytest.mark.parametrize(("locale", "say"), GONE)
def test_a_clear_word_opens_it(coach: App, locale: str, say: str) -> None:
    trainee = asked_whether_it_has_gone(coach, locale, say)
    trainee.say(say)
    assert "pain" not in trainee.state


@pytest.mark.parametrize(("locale", "number"), [*product(LOCALES, range(100))])
def test_every_number_to_ninety_nine_is_understood_in_words(locale: str, number: int) -> None:
    said = MOMENTS[locale]["number"].format(numbers(locale)[number])
    assert is_right(Sentence(said, ("LogSetIntent",), {"reps": str(number)}), locale)
