"""Somebody who trains: says things to the real endpoint, at times of a clock of their own, and hears the answers."""

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from skill.app import App
from skill.speaker.conversation.envelope import Conversation, Playing, ended, utterance
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.understanding.understand import Understood
from skill.web import create_app
from tests.echo import spoken
from tests.understood import understood

START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


_latest: dict[int, tuple[App, FlaskClient]] = {}


def endpoint(app: App) -> FlaskClient:
    """The endpoint of a coach, made once for all who talk to it one after the other."""
    if id(app) not in _latest:
        _latest.clear()
        _latest[id(app)] = app, create_app(verify=False, coach=app).test_client()
    return _latest[id(app)][1]


class Trainee:
    """One voice. `person` is the name behind personId; `account` the one behind userId (an Echo's owner)."""

    def __init__(
        self,
        app: App,
        account: str = "anna",
        person: str | None = None,
        now: datetime = START,
        locale: str = "en-US",
    ):
        self._client = endpoint(app)
        self.app = app
        self.person = person
        self.now = now
        self.talk = Conversation(account, "echo", locale)
        self.count: Spoken | None = None
        self.count_at = now
        self.answer: dict = {}
        self.heard = ""

    @property
    def user(self) -> str:
        return self.person or f"amzn1.ask.account.{self.talk.user}"

    @property
    def state(self) -> dict:
        return self.app.store.load(self.user).document or {}

    @property
    def workouts(self) -> list[dict]:
        return self.app.store.workouts(self.user)

    @property
    def is_listening(self) -> bool:
        return self.talk.session_id is not None

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def say(self, text: str, after: float = 3) -> str:
        """Say something `after` seconds; what is heard comes back (a count as its words)."""
        return self.send(understood(text, self.talk.locale), after)

    def send(self, understood: Understood, after: float = 3) -> str:
        """Say something of which Alexa makes this intent."""
        self.wait(after)
        return self._send(utterance(self.talk, understood, self.now))

    def say_at(self, text: str, rep: int, second: int, exact: bool = False, delay: float = 2.5) -> str:
        """Barge in at a second (from 0) of a repetition; an Echo hears it `delay` seconds later."""
        return self.say_at_ms(text, self.offset_ms(rep, second), exact, delay)

    def say_at_ms(self, text: str, offset: int, exact: bool = False, delay: float = 2.5) -> str:
        """Barge in at a place (ms) of the count's audio; an `exact` device tells it with the words."""
        self.now = self.count_at + timedelta(milliseconds=offset, seconds=0 if exact else delay)
        playing = Playing(self.count.token, offset, stopped=True) if exact else None
        return self._send(utterance(self.talk, understood(text, self.talk.locale), self.now, playing))

    def after_count(self, text: str, after: float = 3) -> str:
        """Let the count run out, then answer."""
        self.now = self.count_at + timedelta(milliseconds=self.count.length_ms)
        return self.say(text, after)

    def leave(self, reason: str = "USER_INITIATED", after: float = 0) -> None:
        self.wait(after)
        self._send(ended(self.talk, reason, self.now))

    def offset_ms(self, rep: int, second: int) -> int:
        """Where a second of a repetition of the running count is, by its "lift"s."""
        cues = self.app.locale_of(self.talk.locale).data["words"]["cues"]
        lifts = [cue.at_ms for cue in self.count.cues if cue.text in (cues["lift"], cues["open"])]
        return lifts[rep - 1] + second * 1000 + 500

    def _send(self, envelope: dict) -> str:
        if self.person is not None:
            envelope["context"]["System"]["person"] = {"personId": self.person}
        response = self._client.post("/alexa", json=envelope)
        assert response.status_code == 200, response.get_data(as_text=True)
        self.answer = response.get_json()
        self.talk = self.talk.after(envelope, self.answer)
        self._listen(spoken(self.answer))
        return self.heard

    def _listen(self, heard: Spoken) -> None:
        self.heard = " ".join([heard.text, *(cue.text for cue in heard.cues)]).strip()
        self.count = heard if heard.cues else None
        self.count_at = self.now
