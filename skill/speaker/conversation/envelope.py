"""The request envelopes an Echo would send, built for a speaker on the trainee's own machine.

One skill, no second path: the page, the terminal and a Home Assistant satellite all reach the coach through
these. Where an Echo could not tell how far its audio had come, our own speaker can, and hands it over in the
place where Alexa reports an exact offset: `context.AudioPlayer`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

from skill.speaker.understanding.model import LAUNCH
from skill.speaker.understanding.understand import SKILL_ID, Understood

_HELP: Final = "AMAZON.HelpIntent"
EndedReason = Literal["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"]


@dataclass(frozen=True)
class Playing:
    """The audio that plays, or was stopped by speaking into it: whose token, and how far it had come."""

    token: str
    offset_ms: int
    stopped: bool = False


@dataclass(frozen=True)
class Conversation:
    """Who talks to the speaker, and the session it is in; `attributes` are the coach's, given back unread.

    In the `locale` "" a request names none, and the coach answers in its own.
    """

    user: str
    device: str = "speaker"
    locale: str = "en-US"
    session_id: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def after(self, request: Mapping[str, Any], answer: Mapping[str, Any]) -> "Conversation":
        """The conversation after an answer: as Alexa does it, open only where `shouldEndSession` is false."""
        if answer.get("response", {}).get("shouldEndSession") is not False:
            return Conversation(self.user, self.device, self.locale)
        attributes = answer.get("sessionAttributes") or {}
        return Conversation(
            self.user, self.device, self.locale, request["session"]["sessionId"], dict(attributes)
        )


def utterance(
    talk: Conversation, heard: Understood, now: datetime, playing: Playing | None = None, name: str = ""
) -> dict[str, Any]:
    """A LaunchRequest or IntentRequest; a launch, or speech without a session, begins a new one.

    A greeting in the middle of a conversation starts nothing anew: it is a call for whoever is there, as for help.

    One that may be sent again has a `name` of its own, and is acted on once.
    """
    is_open = talk.session_id is not None
    if heard.intent == LAUNCH and not (heard.greets and is_open):
        fresh = Conversation(talk.user, talk.device, talk.locale)
        return _envelope(fresh, {"type": LAUNCH, "shouldLinkResultBeReturned": False}, now, playing, name)
    name_of = _HELP if heard.intent == LAUNCH else heard.intent
    intent = {"name": name_of, "confirmationStatus": "NONE", "slots": dict(heard.slots)}
    request = {"type": "IntentRequest", "intent": intent, "dialogState": "STARTED"}
    return _envelope(talk, request, now, playing, name)


def ended(
    talk: Conversation, reason: EndedReason, now: datetime, playing: Playing | None = None
) -> dict[str, Any]:
    """A SessionEndedRequest: the trainee left, or said nothing twice. Nothing is spoken in answer."""
    return _envelope(talk, {"type": "SessionEndedRequest", "reason": reason}, now, playing)


def _envelope(
    talk: Conversation, request: dict[str, Any], now: datetime, playing: Playing | None, name: str = ""
) -> dict[str, Any]:
    application = {"applicationId": SKILL_ID}
    user = {"userId": f"amzn1.ask.account.{talk.user}"}
    session = {
        "new": talk.session_id is None,
        "sessionId": talk.session_id or f"amzn1.echo-api.session.{uuid.uuid4()}",
        "application": application,
        "attributes": dict(talk.attributes),
        "user": user,
    }
    identity = {
        "requestId": f"amzn1.echo-api.request.{name or uuid.uuid4()}",
        "timestamp": _timestamp(now),
        **({"locale": talk.locale} if talk.locale else {}),
    }
    system = {
        "application": application,
        "user": user,
        "device": {"deviceId": f"amzn1.ask.device.{talk.device}", "supportedInterfaces": {"AudioPlayer": {}}},
    }
    context = {"System": system, "AudioPlayer": _audio_player(playing)}
    return {"version": "1.0", "session": session, "context": context, "request": request | identity}


def _timestamp(now: datetime) -> str:
    """Alexa's timestamps are whole seconds in UTC; ours keep the milliseconds, which ISO 8601 allows too.

    Raises ValueError: the time has no zone; it could mean any hour.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone: pass datetime.now(UTC) or a time with a zone")
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _audio_player(playing: Playing | None) -> dict[str, Any]:
    if playing is None:
        return {"playerActivity": "IDLE"}
    return {
        "token": playing.token,
        "offsetInMilliseconds": playing.offset_ms,
        "playerActivity": "STOPPED" if playing.stopped else "PLAYING",
    }
