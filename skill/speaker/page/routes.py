"""The page's addresses. Each takes and gives JSON, but for the sound; all but the page itself want its token."""

import io
import json
import re
from functools import partial
from html import escape
from importlib import resources
from typing import Final, get_args

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from skill.app import App
from skill.coach.brain import DEFAULT_EXERCISE
from skill.locales.refusals import NotDone
from skill.locales.texts import text_of
from skill.people.pin import WrongPin
from skill.people.registry import Registry, UnknownPerson
from skill.speaker.conversation.ears import EarsMissing, OpenEars, Room
from skill.speaker.conversation.endpoint import Endpoint, imagined_of
from skill.speaker.conversation.envelope import EndedReason
from skill.speaker.conversation.foresight import Foresight
from skill.speaker.conversation.open_pages import Talks
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.page.desk import Desk, Unfit, playing, refusal, repeatable, said
from skill.speaker.page.drawing import drawing
from skill.speaker.page.guard import LARGEST, Guard, Stranger, protect
from skill.speaker.page.history_routes import add_history
from skill.speaker.page.people_routes import add_people
from skill.speaker.page.view import answer_shown, hearing_shown, practice
from skill.speaker.understanding.language import is_heard

_PLACE: Final = re.compile(r"\{\{([\w.]+)\}\}")
_REFUSED: Final = {NotDone: 400, WrongPin: 401, Stranger: 403, UnknownPerson: 410}
_KINDS: Final = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def blueprint(coach: App, endpoint: Endpoint, sounds: Sounds, open_ears: OpenEars) -> Blueprint:
    """The page and its addresses."""
    registry = Registry(coach.store)
    registry.touch()
    talks = Talks(endpoint, registry.people, foresight=Foresight(imagined_of(coach), sounds))
    desk = Desk(coach, Guard(), talks, sounds, open_ears, registry)
    page = Blueprint("page", __name__)
    page.after_request(protect)
    _add_files(page, desk)
    _add_talk(page, desk)
    _add_hearing(page, desk)
    add_history(page, desk)
    add_people(page, desk)
    _add_refusals(page, desk)
    return page


def _add_files(page: Blueprint, desk: Desk) -> None:
    static = resources.files(__package__) / "static"
    written = (static / "page.html").read_text("utf-8")
    app = json.loads((static / "coach.webmanifest").read_text("utf-8"))
    files = {
        each.name: (each.read_bytes(), _KINDS[kind])
        for each in static.iterdir()
        if (kind := each.name.rpartition(".")[2]) in _KINDS
    }

    @page.get("/")
    def home() -> Response:
        page_html = written.replace("{{token}}", desk.guard.given_to(request))
        answer = Response(_in_words(desk, page_html), mimetype="text/html")
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Vary"] = "Accept-Language"
        return answer

    @page.get("/speaker/coach.webmanifest")
    def manifest() -> Response:
        """What the page is called where it is added to a phone's home screen, in its browser's words."""
        locale = desk.page_locale.name
        own = text_of(locale, "page")["fixed"]
        named = {"name": own["title"], "description": own["greeting"], "lang": locale}
        answer = Response(json.dumps(app | named), mimetype="application/manifest+json")
        answer.headers.update({"Cache-Control": "no-cache", "Vary": "Accept-Language"})
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


def _in_words(desk: Desk, page: str) -> str:
    """The page in its browser's words, with what can be shown before anything was said."""
    exercise, locale = desk.coach.exercises[DEFAULT_EXERCISE], desk.page_locale
    words, own = locale.data["words"]["cues"], text_of(locale.name, "page")
    tempo = [
        {"phase": each.phase, "seconds": each.seconds, "word": words[each.word]} for each in exercise.tempo
    ]
    said = (f'  <li data-key="{key}">{escape(text)}</li>' for key, text in own["messages"].items())
    filled = {
        "locale": locale.name,
        "tempo": escape(json.dumps(tempo)),
        "drawing": drawing(exercise, "left", "", locale),
        "messages": "\n".join(said),
        "hears": "yes" if is_heard(locale.name) else "no",
        **{f"word.{key}": escape(text) for key, text in own["fixed"].items()},
    }
    return _PLACE.sub(lambda found: filled[found[1]], page)


def _add_talk(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/say")
    def say() -> Response:
        body = desk.asked()
        text, request_ = said(body), repeatable(body)
        answer = desk.talk(body).say(text, playing(body.get("playing")), request_)
        return jsonify(answer_shown(desk, answer))

    @page.post("/speaker/left")
    def left() -> Response:
        body = desk.asked()
        if body.get("reason") not in get_args(EndedReason):
            raise Unfit("A conversation ends for one of: " + ", ".join(get_args(EndedReason)))
        desk.talk(body).leave(body["reason"], playing(body.get("playing")))
        return jsonify({})

    @page.post("/speaker/practice")
    def one_rep() -> Response:
        body = desk.asked()
        return jsonify(practice(desk, desk.person(body)))


def _add_refusals(page: Blueprint, desk: Desk) -> None:
    """What cannot be done is told in the page's words; to a program that asks for what makes no sense, in English."""
    for fault, status in _REFUSED.items():
        page.register_error_handler(fault, partial(_refused, desk, status))

    @page.errorhandler(Unfit)
    def unfit(fault: Unfit) -> Response:
        return refusal(str(fault), 400)

    @page.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return refusal(f"More than the {LARGEST} bytes that are taken at once.", 413)


def _refused(desk: Desk, status: int, fault: NotDone) -> Response:
    return refusal(fault.told(desk.page_locale.name), status)


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
        locale = desk.locale(desk.person(request.args)).name
        if not is_heard(locale):
            return refusal(text_of(locale, "page")["messages"]["mic_other_language"], 503)
        where = playing(request.args.to_dict()) if request.args.get("token") else None
        try:
            hearing = desk.talk(request.args).hear(pcm, room, where, desk.open_ears)  # type: ignore[arg-type]
        except EarsMissing as error:
            return refusal(str(error), 503)
        return jsonify(hearing_shown(desk, hearing))

    @page.post("/speaker/deafen")
    def deafen() -> Response:
        desk.talk(desk.asked()).deafen()
        return jsonify({})
