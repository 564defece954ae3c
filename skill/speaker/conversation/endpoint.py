"""The skill's own endpoint as a speaker on this machine asks it, and beside the answer what the coach decided.

An Echo gets an envelope and nothing else. A speaker of our own shows more: the count, the question that is open,
the workout. All that comes from the very turn that made the answer; nothing is read back out of the envelope,
nor out of the store, where another device may have gone on meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from skill.alexa.heard import heard_of as heard_in
from skill.alexa.heard import now_of, user_of
from skill.alexa.reading import read_envelope
from skill.app import TAKEN, App
from skill.coach.counting.timeline import Timeline
from skill.coach.dialogue import TurnTaken, take_turn
from skill.coach.messages.reply import Count, Reply
from skill.locales.words import Locale
from skill.speaker.conversation.spoken import Spoken, plain


class EndpointFailed(RuntimeError):
    """The skill's endpoint did not answer as Alexa would have it."""


@dataclass(frozen=True)
class Told:
    """An answer: the envelope, what is to be heard, and the turn (None where it failed and only an apology came)."""

    envelope: Mapping[str, Any]
    spoken: Spoken
    reprompt: str = ""
    taken: TurnTaken | None = None


Endpoint = Callable[[dict[str, Any]], Told]
"""The skill's endpoint: an envelope in, an answer out."""


def endpoint_of(app: Flask, coach: App) -> Endpoint:
    """The application's own endpoint, as an Echo would reach it."""

    def endpoint(envelope: dict[str, Any]) -> Told:
        TAKEN.set(None)
        answer = app.test_client().post("/alexa", json=envelope)
        if answer.status_code != 200:
            raise EndpointFailed(
                f"the endpoint answered {answer.status_code}: {answer.get_data(as_text=True)}"
            )
        taken = TAKEN.get()
        body: dict[str, Any] = answer.get_json()
        if taken is None:
            response = body.get("response", {})
            return Told(body, Spoken(_said(response)), _said(response.get("reprompt") or {}))
        again, locale = taken.reply.reprompt, coach.locale_of(envelope["request"].get("locale"))
        reprompt = locale.text(again, taken.reply.turn) if again and not taken.reply.ends else ""
        return Told(body, heard_of(taken.reply, coach.plan, locale), reprompt, taken)

    return endpoint


def imagined_of(coach: App) -> Callable[[Mapping[str, Any]], Spoken]:
    """What the coach would answer to an envelope: the turn is tried on what is known, and nothing of it is kept."""

    def imagine(envelope: Mapping[str, Any]) -> Spoken:
        request = read_envelope(envelope)
        locale = coach.locale_of(request.request.locale)
        heard, now = heard_in(request, locale.number_words, datetime.now(UTC)), now_of(request)
        user = user_of(request)
        past = coach.past(user, heard)
        taken = take_turn(coach.state(user), heard, now or 0, coach.brain_in(locale), past)
        return heard_of(taken.reply, coach.plan, locale)

    return imagine


def heard_of(reply: Reply, plan: Callable[[Count], Timeline], locale: Locale) -> Spoken:
    """What a reply lets one hear; the lines of one with a count are said into its rest."""
    count = reply.count
    if count is None:
        asked = [reply.question] if reply.question else []
        return Spoken(locale.paragraph([*reply.lines, *asked], reply.turn))
    script = locale.script(plan(count), reply.lines, reply.question, reply.turn)
    lines = [cue.text for cue in script.cues[:1] if cue.phase == "rest" and cue.at_ms == 0]
    return Spoken("".join(lines), script.cues[len(lines) :], count.token, script.length_ms)


def _said(part: Mapping[str, Any]) -> str:
    """The speech of an answer, or of its reprompt."""
    return plain((part.get("outputSpeech") or {}).get("ssml", ""))
