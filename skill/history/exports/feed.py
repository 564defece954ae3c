"""The calendar at its secret address, for programs that fetch it again and again."""

from collections.abc import Callable
from hmac import compare_digest

from flask import Blueprint, Response, abort

from skill.history.exports.address import PREFIX


def feed(secret: str, calendar: Callable[[], bytes]) -> Blueprint:
    """The address; whatever is asked for below it but the calendar is not there."""
    blueprint = Blueprint("calendar", __name__)

    @blueprint.get(f"{PREFIX}<name>")
    def fetched(name: str) -> Response:
        if not compare_digest(name.encode(), f"{secret}.ics".encode()):
            abort(404)
        answer = Response(calendar(), mimetype="text/calendar")
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return blueprint
