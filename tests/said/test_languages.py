"""The sentences of each language but English: a folder of this one for each, with said, pain, harmless and moments."""

from collections.abc import Callable, Iterator
from copy import copy
from itertools import product
from pathlib import Path

import pytest

from skill.app import App, Settings, build
from skill.locales.texts import numbers
from skill.speaker.understanding import language
from skill.speaker.understanding.understand import understand
from tests.said.alexa import alexa_finds
from tests.said.table import (
    BODY,
    OPENS,
    Sentence,
    halts,
    is_right,
    none_of,
    of_kinds,
    of_pain,
    read,
)
from tests.trainee import Trainee
from tests.understood import understood

LOCALES = sorted(each.name for each in Path(__file__).parent.iterdir() if (each / "said.yaml").exists())
SAID = [
    (locale, each) for locale in LOCALES for each in (*of_kinds(f"{locale}/said"), *of_pain(f"{locale}/pain"))
]
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

A_TEST_TRIES = 30


def batches(said: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Each locale's sentences in shares, so that the processors can have one each."""
    of = {locale: [say for each, say in said if each == locale] for locale in LOCALES}
    return [
        (locale, each[nth : nth + A_TEST_TRIES])
        for locale, each in of.items()
        for nth in range(0, len(each), A_TEST_TRIES)
    ]


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One coach for all; each sentence has a trainee of its own."""
    made = build(Settings(store=str(tmp_path_factory.mktemp("coach") / "coach.db")))
    yield made
    made.store.close()


Moment = Callable[[], Trainee]
"""Somebody at a moment of a workout; each time as if nobody had said anything there before."""


def at(trainee: Trainee) -> Moment:
    known = trainee.state

    def again() -> Trainee:
        trainee.app.store.forget(trainee.user)
        trainee.app.store.save(trainee.user, known, 0)
        return copy(trainee)

    return again


def in_a_set(coach: App, locale: str, account: str = "in a set") -> Moment:
    trainee = Trainee(coach, account, locale=locale)
    coach.store.forget(trainee.user)
    for each in MOMENTS[locale]["to_a_set"]:
        trainee.say(each)
    assert trainee.count is not None
    return at(trainee)


def asked_whether_it_has_gone(coach: App, locale: str) -> Moment:
    """Somebody whom pain has stopped, three days later."""
    trainee = in_a_set(coach, locale, "on hold")()
    trainee.say(MOMENTS[locale]["to_a_hold"], 20)
    trainee.wait(3 * 86_400)
    trainee.say(MOMENTS[locale]["to_a_set"][0])
    assert trainee.state["pain"]["stands"] == "on_hold"
    return at(trainee)


def test_german_has_enough_sentences_to_be_trusted() -> None:
    assert "de-DE" in LOCALES
    assert (len(SAID) >= 350, len(PAIN) >= 180, len(HARMLESS) >= 140) == (True, True, True)
    assert len(OPENS_NOTHING) >= 100


@pytest.mark.parametrize("locale", LOCALES)
def test_what_people_say_is_understood(locale: str) -> None:
    none_of([each.say for of, each in SAID if of == locale and not is_right(each, locale)])


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_becomes_what_it_must_never_become(locale: str) -> None:
    said = [each for of, each in SAID if of == locale]
    none_of([each.say for each in said if understood(each.say, locale).intent in each.never])
    none_of([each.say for each in said if alexa_finds(each.say, locale) & {*each.never}])


@pytest.mark.parametrize(("locale", "some"), batches(PAIN))
def test_pain_halts_a_running_count_whatever_else_is_said(coach: App, locale: str, some: list[str]) -> None:
    moment = in_a_set(coach, locale)
    for say in some:
        trainee = moment()
        trainee.say(say, 25)
        assert (say, trainee.count) == (say, None)
    none_of([say for say in some if not halts(say, locale)])


@pytest.mark.parametrize("locale", LOCALES)
def test_a_keyboard_without_the_letters_of_the_language_is_understood(locale: str) -> None:
    plain = str.maketrans(language.load(locale).settings["plain_letters"]["letters"])
    none_of([say for of, say in PAIN if of == locale and not halts(say.translate(plain), locale)])


@pytest.mark.parametrize("locale", LOCALES)
def test_alexa_hears_danger_where_a_sample_covers_it(locale: str) -> None:
    found = {say: alexa_finds(say, locale) for of, say in PAIN if of == locale}
    none_of([say for say, intents in found.items() if intents and not intents & {*BODY}])
    none_of([say for say, intents in found.items() if intents & {*OPENS}])


@pytest.mark.parametrize(("locale", "some"), batches(HARMLESS))
def test_what_only_sounds_like_pain_is_none_in_a_running_count(
    coach: App, locale: str, some: list[str]
) -> None:
    moment = in_a_set(coach, locale)
    for say in some:
        trainee = moment()
        trainee.say(say, 25)
        assert (say, trainee.state.get("pain")) == (say, None)
    none_of([say for say in some if halts(say, locale)])


@pytest.mark.parametrize("locale", LOCALES)
def test_a_hedge_a_question_or_a_condition_opens_nothing(locale: str) -> None:
    none_of([say for of, say in HEDGED if of == locale and understand(say, locale).intent in OPENS])


@pytest.mark.parametrize(("locale", "some"), batches(OPENS_NOTHING))
def test_what_is_near_to_a_clear_word_opens_no_hold(coach: App, locale: str, some: list[str]) -> None:
    moment = asked_whether_it_has_gone(coach, locale)
    for say in some:
        trainee = moment()
        trainee.say(say)
        assert (say, trainee.state["pain"]["stands"][:7]) == (say, "on_hold")
    none_of([say for say in some if alexa_finds(say, locale) & {*OPENS}])


@pytest.mark.parametrize(("locale", "some"), batches(GONE))
def test_a_clear_word_opens_it(coach: App, locale: str, some: list[str]) -> None:
    moment = asked_whether_it_has_gone(coach, locale)
    for say in some:
        trainee = moment()
        trainee.say(say)
        assert (say, trainee.state.get("pain")) == (say, None)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_to_ninety_nine_is_understood_in_words(locale: str) -> None:
    said = {number: MOMENTS[locale]["number"].format(numbers(locale)[number]) for number in range(100)}
    wanted = (Sentence(say, ("LogSetIntent",), {"reps": str(number)}) for number, say in said.items())
    none_of([each.say for each in wanted if not is_right(each, locale)])
