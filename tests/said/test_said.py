"""What people say, typed and as Alexa resolves it: what is understood, and what it must never become."""

import pytest

from skill.speaker.understanding.understand import understand
from tests.said.alexa import resolved
from tests.said.table import BODY, OPENS, Sentence, halts, heard, is_right, of_kinds, of_pain, read

FIRST = [*of_kinds("said"), *of_pain("pain")]
SAID = [*FIRST, *of_kinds("others"), *of_pain("pain_others")]
KEPT_BACK = [*of_kinds("kept_back"), *of_pain("pain_kept_back")]
HARMLESS = [*read("harmless"), *read("harmless_kept_back"), *read("harmless_others")]
OF_PAIN = [each.say for name in ("pain", "pain_kept_back", "pain_others") for each in of_pain(name)]
RIGHT_AT_LEAST = 0.9


@pytest.mark.parametrize("sentence", SAID, ids=lambda each: each.say)
def test_what_people_say_is_understood(sentence: Sentence) -> None:
    understood = understand(sentence.say)
    assert understood.intent in sentence.intents
    assert sentence.slots.items() <= heard(understood).items()


@pytest.mark.parametrize("sentence", [*SAID, *KEPT_BACK], ids=lambda each: each.say)
def test_nothing_becomes_what_it_must_never_become(sentence: Sentence) -> None:
    assert understand(sentence.say).intent not in sentence.never


@pytest.mark.parametrize("say", OF_PAIN)
def test_pain_halts_whatever_else_is_said(say: str) -> None:
    assert halts(say)


@pytest.mark.parametrize("say", HARMLESS)
def test_what_only_sounds_like_pain_halts_nothing(say: str) -> None:
    assert not halts(say)


def test_most_sentences_that_were_kept_back_are_understood() -> None:
    assert sum(map(is_right, KEPT_BACK)) / len(KEPT_BACK) >= RIGHT_AT_LEAST


@pytest.mark.parametrize("sentence", [*SAID, *KEPT_BACK], ids=lambda each: each.say)
def test_alexa_takes_no_sentence_for_what_it_must_never_become(sentence: Sentence) -> None:
    assert not {intent for intent, _ in resolved(sentence.say)} & {*sentence.never}


@pytest.mark.parametrize("say", OF_PAIN)
def test_alexa_hears_danger_where_a_sample_covers_it(say: str) -> None:
    found = {intent for intent, _ in resolved(say)}
    assert not found or found & {*BODY}
    assert not found & {*OPENS}


def test_alexa_covers_most_of_it_word_for_word() -> None:
    covered = [each for each in FIRST if any(intent in each.intents for intent, _ in resolved(each.say))]
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
@pytest.mark.parametrize("gone", GONE)
def test_a_hedge_a_question_or_a_condition_opens_nothing(hedge: str, gone: str) -> None:
    assert understand(hedge.format(gone)).intent not in OPENS


ABOUT_SOMETHING_ELSE = [
    "why should I want a lighter band",
    "I don't want a lighter band",
    "what happens if I skip the rest",
    "I did not do twelve",
    "set a timer for ten minutes",
    "the red car was lighter than I thought it would be and we had to push it up the hill for twelve minutes",
]
WISHES = ("EasierBandIntent", "SkipRestIntent", "LogSetIntent", "RestLongerIntent", "UseBandIntent")


@pytest.mark.parametrize("say", ABOUT_SOMETHING_ELSE)
def test_a_denial_a_condition_and_a_tale_are_no_wish(say: str) -> None:
    assert understand(say).intent not in WISHES
