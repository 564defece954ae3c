"""The Flask application: Alexa's endpoint, and whether the coach is well."""

import json
from typing import Any, Final

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from flask import Flask, Response, request

from skill.alexa.handlers import BadRequest, skill_builder
from skill.app import App, Settings, build

LARGEST_BODY: Final = 256 * 1024
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Unverified(RuntimeError):
    """The endpoint would accept unsigned requests from elsewhere than this machine."""


def create_app(settings: Settings | None = None, *, verify: bool = True, coach: App | None = None) -> Flask:
    """The WSGI application.

    Raises:
        Unverified: verification is asked for and is not there yet, so that nobody serves an open endpoint by accident.
    """
    if verify:
        raise Unverified("Requests cannot be verified yet: serve on loopback with `glute-coach serve`")
    app = Flask("skill", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    coach = coach or build(settings or Settings())
    skill = skill_builder(coach).create()
    serializer = DefaultSerializer()

    @app.post("/alexa")
    def alexa() -> Response:
        envelope = _envelope(serializer, request.get_data())
        answer = serializer.serialize(skill.invoke(request_envelope=envelope, context=None))
        return _json(answer)

    @app.get("/healthz")
    def healthz() -> Response:
        return _json({"status": "ok"})

    @app.errorhandler(BadRequest)
    def bad(error: BadRequest) -> Response:
        return _json({"error": str(error)}, 400)

    return app


def _envelope(serializer: DefaultSerializer, body: bytes) -> Any:
    try:
        parsed = json.loads(body)
    except ValueError:
        raise BadRequest("The body is not JSON") from None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("request"), dict):
        raise BadRequest("The body is no Alexa request: it has no `request`")
    try:
        return serializer.deserialize(json.dumps(parsed), RequestEnvelope)
    except Exception as error:
        raise BadRequest(f"The body is no Alexa request: {type(error).__name__}") from None


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")
