"""Conversations as requests: recorded once with a coach that nothing disturbs, sent again to those that are."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from skill.app import Settings, build
from skill.speaker.conversation.envelope import Conversation, ended, utterance
from skill.speaker.understanding.understand import understand
from skill.store.base import Store
from skill.store.transfer import record_of
from skill.web import create_app

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
KEY = "amzn1.ask.account."

Saying = tuple[str, float]
"""What is said, and how long after the answer before (s); "" is the end of the session."""


def first_workout() -> Iterator[Saying]:
    """From the very first word to the last set; the answer that was heard is sent in."""
    yield "start glute workout", 0
    answer = yield "yellow, red and green", 6
    yield from do_as_told(answer, utterances=40)


def two_workouts() -> Iterator[Saying]:
    """And another two days later: asked about, broken off by leaving, and gone on with."""
    yield from first_workout()
    yield "start glute workout", 200_000
    answer = yield "why", 4
    yield from do_as_told(answer, utterances=6)
    yield "", 20
    answer = yield "start glute workout", 60
    yield from do_as_told(answer, utterances=40)


def do_as_told(answer: dict[str, Any], utterances: int) -> Iterator[Saying]:
    """Begin, train some eighty seconds, say how many, until the coach takes its leave."""
    for n in range(utterances):
        if answer["response"].get("shouldEndSession") is not False:
            return
        if answer["response"].get("directives"):
            answer = yield "i can't do any more", 95 + n
        elif "Right?" in speech(answer) or "How many" in speech(answer):
            answer = yield ("twelve", "thirteen", "fourteen")[n % 3], 4
        else:
            answer = yield "ready", 5


@dataclass(frozen=True)
class Recorded:
    """What was sent, what was answered, and what was stored of the user in the end."""

    user: str
    requests: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    record: dict[str, Any] | None


def recorded(folder, user: str = "amy", conversation=two_workouts) -> Recorded:
    coach = build(Settings(store=str(folder / f"undisturbed-{user}.db")))
    client = create_app(verify=False, coach=coach).test_client()
    talk, now = Conversation(user, "kitchen"), START
    requests, answers = [], []
    talking = conversation()
    saying = next(talking)
    with suppress(StopIteration):
        while True:
            said, after = saying
            now += timedelta(seconds=after)
            request = utterance(talk, understand(said), now) if said else ended(talk, "USER_INITIATED", now)
            answer = client.post("/alexa", json=request).get_json()
            requests.append(request)
            answers.append(answer)
            talk = talk.after(request, answer)
            saying = talking.send(answer)
    record = record_of(coach.store, KEY + user)
    coach.store.close()
    return Recorded(KEY + user, requests, answers, record)


def post(url: str, request: dict[str, Any], timeout: float = 120) -> dict[str, Any]:
    """Send as Alexa would; raises OSError where no whole answer comes."""
    body = json.dumps(request).encode()
    message = urllib.request.Request(url + "/alexa", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(message, timeout=timeout) as answer:
        return json.load(answer)


def speech(answer: dict[str, Any]) -> str:
    return (answer["response"].get("outputSpeech") or {}).get("ssml", "")


def sets_of(store: Store, user: str) -> list[tuple[str, ...]]:
    """Which sets are kept, in order; their numbers may still be corrected."""
    record = record_of(store, user) or {"workouts": [], "document": None}
    at_hand = (record["document"] or {}).get("workout") or {}
    workouts = [*record["workouts"], at_hand]
    return [(each["side"], each["at"]) for workout in workouts for each in workout.get("sets", ())]
