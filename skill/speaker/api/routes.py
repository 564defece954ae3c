"""The API's addresses, all below `/api/v1/`: docs/openapi.yaml describes them."""

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    LengthRequired,
    RequestEntityTooLarge,
    ServiceUnavailable,
    Unauthorized,
)

from skill.app import App
from skill.coach.messages.heard import Heard
from skill.coach.turn import Turn
from skill.coach.workout.calendar import in_the_last_week, ready_at
from skill.speaker.api.token import read_token
from skill.speaker.conversation.ears import SAMPLE_RATE, EarsMissing
from skill.speaker.conversation.local_trainee import LONGEST_NAME, user_of
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.house import House, is_asking


def check(request: Request, file: Path, largest: int) -> None:
    """Before anything of the body is read.

    Raises Unauthorized: the token is not the one in the file, or there is none there; LengthRequired: nobody knows
    how much will come; RequestEntityTooLarge: more would come than is taken.
    """
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    token = read_token(file)
    if not token or kind.lower() != "bearer" or not compare_digest(given.strip().encode(), token.encode()):
        raise Unauthorized(
            "The token is not this coach's: `glute-coach token` prints it.",
            www_authenticate=WWWAuthenticate("bearer"),
        )
    if request.method == "POST" and request.content_length is None:
        raise LengthRequired
    if (request.content_length or 0) > largest:
        raise RequestEntityTooLarge(f"At most {largest} bytes are taken at once.")


def standing(coach: App, user: str, now: datetime) -> dict[str, Any]:
    """The trainee's state as JSON takes it.

    `next_workout` is a day (never one that is over), None while training is on hold; a leg without a band yet is None.
    """
    state = coach.state(user)
    turn = Turn(state, Heard("Launch"), int(now.timestamp()), coach.brain)
    ready = max(datetime.fromtimestamp(ready_at(turn), UTC), now).astimezone(coach.locale.zone)
    legs = {side: turn.record.legs.get(side) for side in ("left", "right")}
    return {
        "next_workout": None if turn.is_on_hold else ready.date().isoformat(),
        "bands": {
            side: coach.locale.band(leg.rung) if leg and leg.rung else None for side, leg in legs.items()
        },
        "workouts_this_week": len(in_the_last_week(turn)),
        "on_hold": turn.is_on_hold,
        "is_training": state.workout is not None,
    }


API: Final = "/api/v1/"
LARGEST_JSON: Final = 32_768
LARGEST_SOUND: Final = 2 * SAMPLE_RATE * 15
"""Bytes: no command takes 15 s."""
LONGEST_TEXT: Final = 400
_OPEN_END: Final = 0x7FFFFFFF
_NOT_BLANK: Final = r"\S"

_B = TypeVar("_B", bound=msgspec.Struct)
_Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)] | None


class _Turn(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(pattern=_NOT_BLANK, max_length=LONGEST_TEXT)]
    room: Annotated[str, msgspec.Meta(pattern=_NOT_BLANK, max_length=200)]
    person: _Name = None
    people: Annotated[list[_Name], msgspec.Meta(max_length=32)] | None = None
    stopped_ms: Annotated[int, msgspec.Meta(ge=0, le=600_000)] | None = None


class _Speech(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(pattern=_NOT_BLANK, max_length=8000)]


@dataclass(frozen=True)
class Entrance:
    """Everything that the addresses share."""

    coach: App
    house: House
    token: Path


def blueprint(coach: App, house: House, token: Path) -> Blueprint:
    """The API; `token` is the file that holds its token."""
    entrance = Entrance(coach, house, token)
    api = Blueprint("api", __name__, url_prefix=API)
    for path, method, answer in (
        ("", "GET", _about),
        ("turn", "POST", _turn),
        ("state", "GET", _state),
        ("speech", "POST", _speech),
        ("hear", "POST", _hear),
    ):
        api.add_url_rule(path, f"{answer.__name__[1:]}", _guarded(entrance, answer), methods=[method])
    api.register_error_handler(HTTPException, _refused)
    return api


def _guarded(entrance: Entrance, answer: Callable[[Entrance], Response]) -> Callable[[], Response]:
    def guarded() -> Response:
        check(request, entrance.token, LARGEST_SOUND if answer is _hear else LARGEST_JSON)
        given = answer(entrance)
        given.headers["Cache-Control"] = "no-store"
        return given

    return guarded


def _about(entrance: Entrance) -> Response:
    return _json(
        {
            "name": "glute-coach",
            "api": 1,
            "version": version("hands-free-band-coach"),
            "voice": entrance.house.voice,
        }
    )


def _turn(entrance: Entrance) -> Response:
    """One thing said, and the answer in lines of JSON: the words, the count where there is one, the end."""
    turn = _body(_Turn)
    people = [name for each in turn.people or () if (name := (each or "").strip())]
    said, answer, who = entrance.house.handled(
        turn.room, turn.text, turn.person or "", people, turn.stopped_ms
    )
    lines: list[dict[str, Any]] = [{"kind": "words", "text": said, "reprompt": answer.reprompt}]
    if answer.spoken.cues:
        question = answer.spoken.cues[-1].text if answer.is_open else ""
        count = {"token": answer.spoken.token, "length_ms": answer.spoken.length_ms, "question": question}
        lines.append({"kind": "count", **count, "audio": f"{API}speech"})

    def told() -> Iterator[str]:
        yield from (f"{json.dumps(line)}\n" for line in lines)
        state = standing(entrance.coach, user_of(who), datetime.now(UTC))
        end = {"kind": "end", "continue_conversation": is_asking(answer), "person": who, "state": state}
        yield f"{json.dumps(end)}\n"

    return Response(told(), mimetype="application/x-ndjson")


def _state(entrance: Entrance) -> Response:
    person = request.args.get("person", "")
    if len(person) > LONGEST_NAME:
        raise BadRequest(f"A person is a name of at most {LONGEST_NAME} letters.")
    return _json(standing(entrance.coach, user_of(person), datetime.now(UTC)))


def _speech(entrance: Entrance) -> Response:
    """The text as a WAV file that begins to flow before its end is made."""
    pieces = entrance.house.spoken(_body(_Speech).text)
    first = next(pieces, Pcm(SAMPLE_RATE, b""))

    def flow() -> Iterator[bytes]:
        yield _wav_head(first.rate)
        yield first.samples
        yield from (piece.samples for piece in pieces)

    return Response(flow(), mimetype="audio/wav")


def _hear(entrance: Entrance) -> Response:
    """The words of one utterance: 16 kHz 16-bit mono, without a head."""
    pcm = request.get_data()
    if len(pcm) % 2:
        raise BadRequest("Sound comes as 16-bit samples, and half of one is missing.")
    try:
        return _json({"text": entrance.house.heard(pcm) if pcm else ""})
    except EarsMissing as fault:
        raise ServiceUnavailable(str(fault)) from fault


def _wav_head(rate: int) -> bytes:
    """The head of a WAV file whose length is not known yet."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", _OPEN_END, b"WAVE")
        + form
        + struct.pack("<4sI", b"data", _OPEN_END - 36)
    )


def _body(form: type[_B]) -> _B:
    try:
        return msgspec.json.decode(request.get_data(), type=form)
    except (ValueError, RecursionError) as fault:
        raise BadRequest(f"The body cannot be used: {fault}.") from None


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")


def _refused(fault: HTTPException) -> Response:
    answer = _json({"error": fault.description or fault.name}, fault.code or 500)
    if fault.code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
