"""What people say, typed and as Alexa resolves it: what is understood, and what it must never become."""

import pytest

from skill.speaker.understanding import alarm
from skill.speaker.understanding import model as models
from skill.speaker.understanding.understand import understand
from tests.said.alexa import alexa_finds
from tests.said.table import (
    BODY,
    OPENS,
    by_kind,
    halts,
    is_right,
    none_of,
    of_kinds,
    of_pain,
    read,
    tables,
)
from tests.understood import understood

FIRST = [*of_kinds("said"), *of_pain("pain")]
SAID = [*FIRST, *of_kinds("others"), *of_pain("pain_others")]
KEPT_BACK = [*of_kinds("kept_back"), *of_pain("pain_kept_back")]
KINDS = by_kind([*SAID, *KEPT_BACK])
HARMLESS = ["harmless", "harmless_kept_back", "harmless_others", "harmless_more"]
OF_PAIN = ["pain", "pain_kept_back", "pain_others", "pain_more"]
RIGHT_AT_LEAST = 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_say_is_understood_and_never_as_what_it_must_not_be(kind: str) -> None:
    none_of([each.say for each in by_kind(SAID).get(kind, ()) if not is_right(each)])
    none_of([each.say for each in KINDS[kind] if understood(each.say).intent in each.never])


@pytest.mark.parametrize("table", OF_PAIN)
def test_pain_halts_whatever_else_is_said(table: str) -> None:
    none_of([each.say for each in of_pain(table) if not halts(each.say)])


@pytest.mark.parametrize("table", HARMLESS)
def test_what_only_sounds_like_pain_halts_nothing(table: str) -> None:
    none_of([say for say in read(table) if halts(say)])


def test_most_sentences_that_were_kept_back_are_understood() -> None:
    assert sum(map(is_right, KEPT_BACK)) / len(KEPT_BACK) >= RIGHT_AT_LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_alexa_takes_no_sentence_for_what_it_must_never_become(kind: str) -> None:
    none_of([each.say for each in KINDS[kind] if alexa_finds(each.say) & {*each.never}])


@pytest.mark.parametrize("table", OF_PAIN)
def test_alexa_hears_danger_where_a_sample_covers_it(table: str) -> None:
    found = {each.say: alexa_finds(each.say) for each in of_pain(table)}
    none_of([say for say, intents in found.items() if intents and not intents & {*BODY}])
    none_of([say for say, intents in found.items() if intents & {*OPENS}])


def test_alexa_covers_most_of_it_word_for_word() -> None:
    covered = [each for each in FIRST if alexa_finds(each.say) & {*each.intents}]
    assert len(covered) / len(FIRST) >= 0.5


HEDGES = [
    "maybe {}",
    "i think {}",
    "i hope {}",
    "almost, {}",
    "if {}",
    "when {}",
    "i don't think {}",
    "{}?",
    "{} i think",
    "it's not true that {}",
]
GONE = [
    "the pain is gone",
    "it's gone",
    "gone",
    "fine",
    "it's fine",
    "all good",
    "no more pain",
    "it doesn't hurt any more",
]


@pytest.mark.parametrize("hedge", HEDGES)
def test_a_hedge_a_question_or_a_condition_opens_nothing(hedge: str) -> None:
    said = [hedge.format(gone) for gone in GONE]
    none_of([say for say in said if understand(say).intent in OPENS])


ABOUT_SOMETHING_ELSE = [
    "why should I want a lighter band",
    "I don't want a lighter band",
    "what happens if I skip the rest",
    "I did not do twelve",
    "set a timer for ten minutes",
    "do I take the heavier one",
    "am I supposed to take the lighter one",
    "what's with the lighter band",
    "the red car was lighter than I thought it would be and we had to push it up the hill for twelve minutes",
]
WISHES = (
    "EasierBandIntent",
    "TougherBandIntent",
    "SkipRestIntent",
    "LogSetIntent",
    "RestLongerIntent",
    "UseBandIntent",
)


@pytest.mark.parametrize("say", ABOUT_SOMETHING_ELSE)
def test_a_denial_a_condition_and_a_tale_are_no_wish(say: str) -> None:
    assert understand(say).intent not in WISHES


OUTRIGHT = {
    "en-US": ["my hip really hurts", "I feel dizzy", "ouch my knee", "I felt a pop in my hip"],
    "de-DE": ["meine Hüfte tut weh", "mir ist schwindlig", "aua mein Knie", "in der Hüfte hat es geknackst"],
}
SUPPOSED = ("when", "once", "wenn")


@pytest.mark.parametrize("locale", OUTRIGHT)
def test_a_pain_that_is_told_after_harmless_talk_is_heard(locale: str) -> None:
    talk = [say for table in tables(locale, "harmless") for say in read(table) if not say.endswith(SUPPOSED)]
    model = models.load(locale)
    said = [
        f"{harmless} {OUTRIGHT[locale][nth % len(OUTRIGHT[locale])]}" for nth, harmless in enumerate(talk)
    ]
    found = {say: alarm.read(model, model.language.words(say)) for say in said}
    none_of([say for say, report in found.items() if report is None or report.intent not in BODY])
