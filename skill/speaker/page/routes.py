"""The page's addresses. Each takes and gives JSON, but for the sound; all but the page itself want its token."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any, Final, Protocol, get_args

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from rules.files.exercise import Exercise
from skill.coach.counting.timeline import Timeline
from skill.coach.reply import Count
from skill.coach.state import State
from skill.front.doors import DEVICE
from skill.locales.words import Locale
from skill.speaker.conversation.ears import EarsMissing, OpenEars, Room
from skill.speaker.conversation.envelope import EndedReason, Playing
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Endpoint, Hearing, Talk, Talks
from skill.speaker.page.guard import LARGEST, Guard, protect
from skill.speaker.page.picture import picture

LONGEST_TEXT: Final = 400
_PAGE: Final = re.compile(r"[\w-]{8,40}")
_TOKEN: Final = re.compile(r"[ -~]{0,200}")
_KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Coach(Protocol):
    """What the page needs of the application, beside the endpoint."""

    locale: Locale
    exercises: Mapping[str, Exercise]

    def plan(self, count: Count) -> Timeline:
        """The timeline of a count."""

    def state(self, user: str) -> State:
        """What is known of the user."""


class Unfit(ValueError):
    """A request that cannot be used; the message says why."""


@dataclass(frozen=True)
class Desk:
    """Everything that the addresses share."""

    coach: Coach
    guard: Guard
    talks: Talks
    sounds: Sounds
    open_ears: OpenEars


def blueprint(coach: Coach, endpoint: Endpoint, sounds: Sounds, open_ears: OpenEars) -> Blueprint:
    """The page and its addresses."""
    desk = Desk(coach, Guard(), Talks(endpoint), sounds, open_ears)
    page = Blueprint("page", __name__)
    page.after_request(protect)
    _add_files(page, desk)
    _add_talk(page, desk)
    _add_hearing(page, desk)
    _add_refusals(page)
    return page


def _add_files(page: Blueprint, desk: Desk) -> None:
    static = resources.files(__package__) / "static"
    home_html = (static / "page.html").read_text("utf-8")
    files = {
        each.name: (each.read_text("utf-8"), _KINDS[kind])
        for each in static.iterdir()
        if (kind := each.name.rpartition(".")[2]) in _KINDS
    }

    @page.get("/")
    def home() -> Response:
        answer = Response(home_html.replace("{{token}}", desk.guard.given_to(request)), mimetype="text/html")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @page.get("/speaker/<name>")
    def file(name: str) -> Response:
        if name not in files:
            return Response(status=404)
        content, kind = files[name]
        return Response(content, mimetype=kind, headers={"Cache-Control": "no-cache"})

    @page.get("/speaker/sound/<name>.wav")
    def sound(name: str) -> Response:
        made = desk.sounds.wav(name)
        if made is None:
            return Response(status=404)
        return send_file(io.BytesIO(made), mimetype="audio/wav", conditional=True, etag=name)


def _add_talk(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/say")
    def say() -> Response:
        desk.guard.check(request)
        body = _body()
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Unfit("Nothing was said.")
        answer = _talk(desk, body).say(text[:LONGEST_TEXT], _playing(body.get("playing")))
        return jsonify(_answer(desk, answer))

    @page.post("/speaker/left")
    def left() -> Response:
        desk.guard.check(request)
        body = _body()
        if body.get("reason") not in get_args(EndedReason):
            raise Unfit("A conversation ends for one of: " + ", ".join(get_args(EndedReason)))
        _talk(desk, body).leave(body["reason"], _playing(body.get("playing")))
        return jsonify({})


def _add_refusals(page: Blueprint) -> None:
    @page.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return _json_error(f"More than the {LARGEST} bytes that are taken at once.", 413)

    @page.errorhandler(Unfit)
    def unfit(error: Unfit) -> Response:
        return _json_error(str(error), 400)


def _add_hearing(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/hear")
    def hear() -> Response:
        desk.guard.check(request)
        room = request.args.get("room", "")
        if room not in get_args(Room):
            raise Unfit("The room is one of: " + ", ".join(get_args(Room)))
        pcm = request.get_data()
        if len(pcm) % 2:
            raise Unfit("Sound comes as 16-bit samples, and half of one is missing.")
        playing = _playing(request.args) if request.args.get("token") else None
        try:
            hearing = _talk(desk, request.args).hear(pcm, room, playing, desk.open_ears)  # type: ignore[arg-type]
        except EarsMissing as error:
            return _json_error(str(error), 503)
        return jsonify(_hearing(desk, hearing))

    @page.post("/speaker/deafen")
    def deafen() -> Response:
        desk.guard.check(request)
        _talk(desk, _body()).deafen()
        return jsonify({})


def _body() -> dict[str, Any]:
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Unfit("The body is not a JSON object.")
    return body


def _talk(desk: Desk, given: Mapping[str, Any]) -> Talk:
    page = given.get("page")
    if not isinstance(page, str) or not _PAGE.fullmatch(page):
        raise Unfit("The page has no name: `page` is 8 to 40 letters, digits, - or _.")
    return desk.talks.of(page, request.environ.get(DEVICE, ""))


def _playing(given: Any) -> Playing | None:
    """Where the page's audio is, or None where it plays nothing.

    Raises:
        Unfit: it is given and makes no sense.
    """
    if given is None:
        return None
    try:
        token, at_ms = given["token"], round(float(given["at_ms"]))
    except (TypeError, ValueError, KeyError, OverflowError):
        raise Unfit("`playing` needs a token and at_ms.") from None
    if not isinstance(token, str) or not _TOKEN.fullmatch(token) or not 0 <= at_ms <= 600_000:
        raise Unfit("`playing` names no place that audio can have.")
    return Playing(token, at_ms, stopped=given.get("stopped") in (True, "true"))


def _hearing(desk: Desk, hearing: Hearing) -> dict[str, Any]:
    return {
        "is_speech": hearing.is_speech,
        "is_woken": hearing.is_woken,
        "stopped_at": asdict(hearing.stopped_at) if hearing.stopped_at else None,
        "answer": _answer(desk, hearing.answer) if hearing.answer else None,
    }


def _answer(desk: Desk, answer: Answer) -> dict[str, Any]:
    """An answer with its sounds and, for a count, its picture."""
    said = answer.spoken
    sounds = desk.sounds.sentences(said.text)
    shown = None
    if said.cues:
        sounds = [desk.sounds.count(said.cues, said.length_ms)]
        shown = _shown(desk.coach, said.token)
    return {
        "heard": answer.heard,
        "text": said.text or _before(said, shown),
        "question": said.cues[-1].text if said.cues and answer.is_open else "",
        "is_open": answer.is_open,
        "sounds": [_address(name) for name in sounds],
        "reprompt": answer.reprompt,
        "reprompt_sounds": [_address(name) for name in desk.sounds.sentences(answer.reprompt)],
        "count": {"token": said.token, "length_ms": said.length_ms, "picture": shown} if said.cues else None,
        "fault": desk.sounds.fault,
    }


def _shown(coach: Coach, token: str) -> dict[str, Any] | None:
    """The picture of the count that is under way; None where another device has gone on meanwhile."""
    workout = coach.state(LOCAL_USER).workout
    counting = workout.counting if workout else None
    if workout is None or counting is None or counting.count.token != token:
        return None
    count = counting.count
    exercise = coach.exercises[count.exercise]
    return picture(exercise, count, workout.band_of(count.side, counting.round), coach.locale).as_dict()


def _before(said: Spoken, shown: dict[str, Any] | None) -> str:
    """What is said before a count begins: a count that begins at once has nothing."""
    begins_at_ms = shown["lead_in_at_ms"] if shown else 0
    return said.cues[0].text if said.cues and said.cues[0].at_ms < begins_at_ms else ""


def _address(name: str) -> str:
    return f"/speaker/sound/{name}.wav"


def _json_error(message: str, status: int) -> Response:
    answer = jsonify({"error": message})
    answer.status_code = status
    return answer
