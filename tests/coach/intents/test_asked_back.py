"""What was only a little like something is asked back, never where a body waits, and done on a yes alone."""

import pytest

from skill.coach.dialogue import ASIDES, COMMANDS, EVENTS, take_turn
from skill.coach.messages.heard import Heard
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import Pain, State
from skill.locales.texts import known, text_of
from skill.speaker.understanding import likeness
from skill.speaker.understanding import model as models
from tests.coach.lives import World

NAMES = text_of("en-US")["words"]["meant"].keys()
INTENTS = {each for each in NAMES if each.partition(".")[0].endswith("Intent") or each.startswith("AMAZON.")}
ASPECTS = {
    kind.split()[2] for kind in likeness.load("en-US").kinds if kind.startswith("WhereAmIIntent aspect")
}
NOW = World().now
LONGER = Heard("AMAZON.FallbackIntent", meant="RestLongerIntent")


def test_what_is_asked_back_is_something_that_the_coach_does_and_relaxes_nothing():
    assert {*COMMANDS, *ASIDES} >= {each for each in INTENTS if each.removeprefix("AMAZON.").isalpha()}
    relaxes = {
        "AMAZON.YesIntent",
        "PainGoneIntent",
        "FineIntent",
        "DoctorIntent",
        "LadderIntent",
        "DeleteDataIntent",
        "OkayIntent",
    }
    assert not NAMES & relaxes


@pytest.mark.parametrize("locale", sorted(set(known().values())))
def test_each_has_its_words_and_nothing_else_has(locale):
    assert text_of(locale)["words"]["meant"].keys() == NAMES
    assert {each for each in NAMES if each.startswith("WhereAmIIntent.")} == {
        f"WhereAmIIntent.{each}" for each in ASPECTS
    }


def test_whatever_the_likeness_may_make_of_the_method_is_asked_back_or_speaks_of_a_body():
    topics = {each.id for each in models.load("en-US").values["TOPIC"].values()}
    learned = {kind.split()[2] for kind in likeness.load("en-US").kinds if kind.startswith("MethodIntent")}
    assert topics >= NAMES - INTENTS
    assert learned - (NAMES - INTENTS) == {"hurting", "soreness"}


def said(state: State, heard: Heard):
    return take_turn(state, heard, NOW, World().brain)


@pytest.mark.parametrize("question", [each for each, row in QUESTIONS.items() if row.stands_on_hold])
def test_nothing_is_asked_back_where_a_body_is_asked_about(question):
    assert said(State(open_question=question), LONGER).state.asked_back is None


def test_nothing_is_asked_back_while_a_pain_or_a_condition_stands():
    hurt = State(pain=Pain("pain", "", "knee", NOW, "on_hold", "glute_raise"), open_question="ready")
    assert said(hurt, LONGER).state.asked_back is None
    assert said(State(asks_first="pregnant"), LONGER).state.asked_back is None


def test_the_question_of_before_stands_open_again_whatever_is_said():
    asked = said(State(open_question="end_workout"), LONGER).state
    assert asked.open_question == "did_you_mean"
    for intent in ("AMAZON.NoIntent", "ThanksIntent"):
        after = said(asked, Heard(intent)).state
        assert (after.asked_back, after.open_question) == (None, "end_workout")


@pytest.mark.parametrize("report", sorted({*EVENTS} - {"SessionEnded", "SkillDisabled"}))
def test_what_a_device_tells_by_itself_answers_nothing(report):
    asked = said(State(open_question="ready"), LONGER).state
    after = said(asked, Heard(report)).state
    assert (after.asked_back, after.open_question) == (asked.asked_back, "did_you_mean")


def test_pain_goes_before_what_was_asked_back():
    asked = said(State(open_question="ready"), LONGER).state
    assert said(asked, Heard("PainIntent", body_part="knee")).state.pain is not None
