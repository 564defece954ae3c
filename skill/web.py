"""The Flask application: Alexa's endpoint, the finished counts as files, and whether the coach is well."""

import io
import logging
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec
from flask import Blueprint, Flask, Response, abort, request, send_file

from skill.alexa.handlers import BadRequest
from skill.alexa.heard import short
from skill.alexa.skill import Skill
from skill.alexa.verify import Envelope, Verifier
from skill.alexa.verify.body import part
from skill.app import App, Settings, build
from skill.audio.address import PREFIX, BadAddress
from skill.audio.served_files import Jukebox
from skill.front.admission import ENVELOPE, Admission
from skill.history.exports.address import PREFIX as CALENDAR
from skill.store.base import DamagedDocument, StoreUnavailable
from skill.store.document import Unreadable
from skill.watch.lines import Reporter, write
from skill.watch.metrics import CONTENT_TYPE, Metrics

LOG: Final = logging.getLogger(__name__)
YEAR_S: Final = 31_536_000


def audio_files(jukebox: Jukebox) -> Blueprint:
    """The view below `/audio/`: MP3 files that never change, whole or in ranges."""
    files = Blueprint("audio", __name__)

    @files.get(f"{PREFIX}<name>")
    def file(name: str) -> Response:
        try:
            sound = jukebox.file(name)
        except BadAddress as fault:
            LOG.info("An audio address was refused: %s", fault)
            abort(404)
        answer = send_file(
            io.BytesIO(sound), "audio/mpeg", conditional=True, etag=jukebox.tag(name), max_age=YEAR_S
        )
        answer.cache_control.public = True
        answer.cache_control.immutable = True
        return answer

    return files


LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
ALEXA: Final = "/alexa"
OPEN: Final = ("/healthz", PREFIX, CALENDAR)


class Unverified(RuntimeError):
    """The endpoint would accept unsigned requests from elsewhere than this machine."""


def create_app(
    settings: Settings | None = None,
    *,
    verify: bool = True,
    coach: App | None = None,
    opened: tuple[str, ...] = OPEN,
    verifier: Callable[..., Verifier] = Verifier,
) -> Flask:
    """The WSGI application, within the admission that verifies what Alexa's endpoint gets to see.

    The settings are the environment's (GLUTE_COACH_...) unless given. Only what Alexa signed for one of
    `settings.skill_ids` is let in; without `verify` only programs of this very machine are answered, whatever address
    the server listens on. `opened` are the paths that others than this machine reach: whoever serves them guards
    them. `verifier` is for tests, which have roots and a certificate host of their own.

    Raises Unverified: requests are to be verified, and there is no skill id to verify them for.
    """
    settings = settings or Settings.from_environment(os.environ)
    if verify and not settings.skill_ids:
        raise Unverified(
            "No skill id to let requests in for: set GLUTE_COACH_SKILL_IDS to amzn1.ask.skill..."
        )
    app = Flask("skill", static_folder=None)
    coach = coach or build(settings)
    judge = verifier(settings.skill_ids, answered=partial(_has_answered, coach)) if verify else None
    app.wsgi_app = Admission(  # type: ignore[method-assign]
        app.wsgi_app, judge, ALEXA, opened, proxies=settings.proxies
    )
    metrics = Metrics()
    skill = Skill(coach, Reporter(settings.log_secret, lambda: coach.engine.rebuilds, write, metrics.add))

    @app.post(ALEXA)
    def alexa() -> Response:
        return _json(skill.answer(request.environ[ENVELOPE]))

    @app.get("/healthz")
    def healthz() -> Response:
        return _json({"status": "ok"})

    if coach.jukebox is not None:
        app.register_blueprint(audio_files(coach.jukebox))

    @app.get("/metrics")
    def numbers() -> Response:
        return Response(metrics.text(), content_type=CONTENT_TYPE)

    @app.errorhandler(BadRequest)
    def bad(error: BadRequest) -> Response:
        return _json({"error": str(error)}, 400)

    return app


def _has_answered(coach: App, envelope: Envelope) -> bool:
    """Whether the store holds the answer to this very request: then hearing it again changes nothing.

    A store that cannot tell now is taken for one that does not hold it.
    """
    system = ("context", "System")
    user = part(envelope, *system, "person", "personId") or part(envelope, *system, "user", "userId")
    request_id = part(envelope, "request", "requestId")
    if not isinstance(user, str) or not isinstance(request_id, str):
        return False
    try:
        return coach.has_answered(user, short(request_id))
    except (StoreUnavailable, DamagedDocument, Unreadable):
        return False


def _json(content: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, mimetype="application/json")
