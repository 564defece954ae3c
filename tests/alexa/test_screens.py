"""An Echo with a screen shows what it says, and nobody hears a difference."""

import json

import pytest

from skill.app import Settings, build
from skill.speaker.conversation.envelope import utterance
from skill.speaker.understanding.understand import understand
from tests.trainee import Trainee

APL = "Alexa.Presentation.APL.RenderDocument"


class Echo(Trainee):
    """A trainee whose Echo has a screen of this APL version ("" for none)."""

    version = "2024.3"

    def _send(self, envelope):
        interfaces = envelope["context"]["System"]["device"]["supportedInterfaces"]
        if self.version:
            interfaces["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": self.version}}
        return super()._send(envelope)

    def event(self, kind, **more):
        """Something that the screen tells by itself."""
        envelope = utterance(self.talk, understand("pause"), self.now)
        same = {key: envelope["request"][key] for key in ("requestId", "timestamp", "locale")}
        envelope["request"] = {"type": f"Alexa.Presentation.APL.{kind}", "token": "t", **same, **more}
        response = self._client.post("/alexa", json=envelope)
        assert response.status_code == 200
        return response.get_json()["response"]

    def touch(self, *arguments):
        return self.event("UserEvent", arguments=list(arguments))

    @property
    def screen(self):
        found = [each for each in self.answer["response"].get("directives", []) if each["type"] == APL]
        return found[0] if found else None


@pytest.fixture
def echo(tmp_path):
    opened = []

    def of(version="2024.3"):
        app = build(Settings(store=str(tmp_path / f"{len(opened)}.db")))
        opened.append(app)
        one = Echo(app)
        one.version = version
        return one

    yield of
    for app in opened:
        app.store.close()


def to_count(one):
    for words in ("start glute workout", "yellow, red and green", "ready"):
        one.say(words)
    return one


def without_screen(answer):
    answer = json.loads(json.dumps(answer))
    directives = [each for each in answer["response"].get("directives", []) if each["type"] != APL]
    answer["response"].pop("directives", None)
    if directives:
        for each in directives:
            each["token"] = ""
        answer["response"]["directives"] = directives
    return answer


def test_what_is_spoken_is_the_same_with_a_screen_and_without(echo):
    shown, spoken = echo(), echo("")
    for words in (
        "start glute workout",
        "yellow, red and green",
        "ready",
        "I can't do any more",
        "yes",
        "it hurts",
    ):
        shown.say(words)
        spoken.say(words)
        assert without_screen(shown.answer) == without_screen(spoken.answer)
        assert spoken.screen is None


@pytest.mark.parametrize("version", ["1.3", "1.0", "soon", ""])
def test_a_screen_that_is_too_old_stays_dark(echo, version):
    assert to_count(echo(version)).screen is None


def test_a_set_shows_its_band_its_leg_and_its_target(echo):
    screen = to_count(echo("1.4")).screen
    words = screen["datasources"]["payload"]["words"]
    assert screen["document"]["version"] == "1.4"
    assert (words["leg"], words["band"], words["window"]) == ("Left leg", "red", "Target 12 to 15")


def test_a_button_means_what_its_words_mean(echo):
    one = to_count(echo())
    token = one.screen["datasources"]["payload"]["token"]
    one.wait(60)
    assert "outputSpeech" in one.touch("touched", "AMAZON.PauseIntent", token)
    assert one.state["workout"]["counting"]["paused_at_rep"] > 0


def test_a_second_touch_and_one_of_an_earlier_count_change_nothing(echo):
    one = to_count(echo())
    token = one.screen["datasources"]["payload"]["token"]
    one.wait(60)
    one.touch("touched", "FailIntent", token)
    before = one.state
    assert "outputSpeech" not in one.touch("touched", "FailIntent", token)
    assert one.state == before


def test_that_it_hurts_is_heard_however_late(echo):
    one = to_count(echo())
    one.wait(30)
    assert "outputSpeech" in one.touch("touched", "PainIntent", "long ago")
    assert one.state["pain"]


@pytest.mark.parametrize(
    "arguments", [[], ["touched"], ["touched", "DeleteDataIntent", "t"], [1, 2, 3], ["x", "FailIntent", {}]]
)
def test_arguments_that_are_not_ours_do_nothing(echo, arguments):
    one = to_count(echo())
    before = one.state
    assert "outputSpeech" not in one.touch(*arguments)
    assert one.state == before


def test_a_screen_that_failed_is_left_alone_from_then_on_and_the_workout_goes_on(echo):
    one = to_count(echo())
    one.event("RuntimeError", errors=[{"type": "UNKNOWN", "reason": "OTHER", "message": "x"}])
    one.say("I can't do any more", after=60)
    one.say("yes")
    assert one.screen is None
    assert one.count is not None


def test_the_finished_workout_stands_on_a_card(echo):
    one = to_count(echo())
    one.say("I can't do any more", after=80)
    one.say("yes")
    one.say("end the workout")
    one.say("yes")
    assert one.answer["response"]["card"]["title"] == "Workout done"
