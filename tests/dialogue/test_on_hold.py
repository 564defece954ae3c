"""While a pain or a warning sign keeps training on hold, no answer invites to train or looks to a tougher band."""

import json
import re
from pathlib import Path

import pytest

from skill.coach.dialogue import ASIDES
from skill.speaker.understanding.understand import Understood
from tests.dialogue.test_band_talk import again, train
from tests.trainee import Trainee

MODEL = Path(__file__).parents[2] / "interaction_models" / "en-US.json"
INTENTS = {
    each["name"]
    for each in json.loads(MODEL.read_text("utf-8"))["interactionModel"]["languageModel"]["intents"]
}
INFORMATIONAL = sorted(INTENTS & set(ASIDES))
RETURNING = ["FailIntent", "WaitIntent", "LogSetIntent", "ReadyIntent"]
INVITES = re.compile(
    r"say ready|ready to train|ready now|two workouts|once more past|and it's (green|blue|red)|outlast|tougher"
    r"|to begin with|next time|today, left"
)
LOCKS = {"pain": "training is on hold, because of your knee", "red_flag": "on hold until a doctor has looked"}


@pytest.fixture(params=LOCKS)
def on_hold(app, request):
    """Somebody whose training is on hold, some days later, with their words that say so."""
    trainee = Trainee(app)
    trainee.say("start glute workout")
    trainee.say("yellow red green and blue")
    train(trainee, 13)
    again(trainee, 17)
    trainee.say("start glute workout")
    trainee.say("ready")
    trainee.say_at(
        "my knee hurts" if request.param == "pain" else "i feel numb between my legs", 6, 2, exact=True
    )
    trainee.wait(3 * 24 * 3600)
    return trainee, LOCKS[request.param]


def test_the_model_has_informational_intents_and_every_one_of_them_is_swept():
    assert {"WhichBandIntent", "NextWorkoutIntent", "AMAZON.HelpIntent", "WhyIntent"} <= set(INFORMATIONAL)


def test_whatever_is_asked_while_training_is_on_hold_is_answered_with_how_it_opens(on_hold):
    trainee, words = on_hold
    for intent in [*INFORMATIONAL, *RETURNING, *INFORMATIONAL]:
        trainee.wait(30)
        heard = trainee.send(Understood(intent, {}, 1.0)).lower()
        assert words in heard or "gone" in heard or "a doctor" in heard, intent
        assert not INVITES.search(heard), f"{intent}: {heard}"
        assert heard.count("your training is on hold") <= 1, intent
        assert trainee.is_listening, intent


@pytest.mark.parametrize(
    "said", ["what band should i use", "when is my next workout", "help", "what can i say", "why", "ready"]
)
def test_in_the_words_of_a_person_too(on_hold, said):
    trainee, words = on_hold
    heard = trainee.say(said).lower()
    assert words in heard
    assert not INVITES.search(heard)


def test_what_why_tells_after_a_pain_is_the_pain_and_not_what_became_of_the_bands(on_hold):
    trainee, _ = on_hold
    heard = trainee.say("why")
    assert "fresh set" not in heard
    assert "You failed" not in heard
    assert "That can be a sign" in heard or "needs rest" in heard


def test_the_question_for_the_doctor_stays_open_while_something_else_is_asked(on_hold):
    trainee, words = on_hold
    if words == LOCKS["pain"]:  # only after a red flag is there such a question
        return
    trainee.say("the pain is gone")
    heard = trainee.say("what band should i use").lower()
    assert words in heard
    assert "doctor" in heard.split(". ")[-1]
    assert trainee.is_listening


def test_once_it_is_open_the_band_is_answered_again(on_hold):
    trainee, _ = on_hold
    trainee.say("the pain is gone")
    if trainee.state.get("open_question") == "doctor":
        trainee.say("yes")
    assert "After pain we start a step lighter" in trainee.say("what band should i use")
