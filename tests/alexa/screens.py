"""An Echo with a screen, and the workout that is done on it (shared by the tests of screens)."""

from collections.abc import Iterator

from skill.speaker.conversation.envelope import utterance
from skill.speaker.understanding.understand import understand
from tests.languages.read import of
from tests.trainee import Trainee

APL = "Alexa.Presentation.APL.RenderDocument"


class Echo(Trainee):
    """A trainee whose Echo has a screen of this APL version ("" for none).

    `viewport` is how it describes it, `on_screen` what it tells of the document that is shown.
    """

    version = "2024.3"
    viewport: object = None
    on_screen: object = None

    def _send(self, envelope):
        interfaces = envelope["context"]["System"]["device"]["supportedInterfaces"]
        if self.version:
            interfaces["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": self.version}}
        if self.viewport is not None:
            envelope["context"]["Viewport"] = self.viewport
        if self.on_screen is not None:
            envelope["context"]["Alexa.Presentation.APL"] = self.on_screen
        return super()._send(envelope)

    def shows(self, at_ms, token=None):
        """From now on each request tells how far the screen of the count had come, as APL 2024.3 does it."""
        tags = {"viewport": {"utcTime": 1, "elapsedTime": at_ms, "trackedChanges": []}}
        component = {
            "uid": ":1000",
            "type": "mixed",
            "position": "1024x600+0+0:0",
            "tags": tags,
            "children": [],
        }
        self.on_screen = {
            "token": token or self.screen["token"],
            "version": "AplRenderer-2024.3",
            "componentsVisibleOnScreen": [component],
        }

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


def to_count(one):
    for words in ("start glute workout", "yellow, red and green", "ready"):
        one.say(words)
    return one


def a_whole_workout(one) -> Iterator[str]:
    """From the launch to the summary, six sets of thirteen; what was said, after each answer."""
    say = of(one.talk.locale)["say"]
    for words in (say["again"], say["bands"], say["ready"]):
        one.say(words)
        yield words
    for _ in range(6):
        one.say_at(say["failed"], rep=14, second=0)
        yield say["failed"]
        one.say(say["yes"])
        yield say["yes"]
