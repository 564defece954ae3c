"""The secret address of the calendar: whoever knows it may read the days of the workouts, and nothing else."""

import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort

from skill.store.choose import beside, file_of
from skill.store.whole_files import OWNER_ONLY, NotWritable, write_whole

PREFIX: Final = "/calendar/"
VARIABLE: Final = "GLUTE_COACH_CALENDAR_SECRET"
SUFFIX: Final = ".calendar-secret"
_FIT: Final = re.compile(r"[A-Za-z0-9_-]{24,128}")


class NoSecret(ValueError):
    """The address has no secret; the message says where to put one."""


def path_of(secret: str) -> str:
    """The path of the calendar below the coach's address."""
    return f"{PREFIX}{secret}.ics"


def known_secret(store: str, environment: Mapping[str, str]) -> str | None:
    """The secret that was made for this store, or given by the environment; None where there is none yet.

    Raises NoSecret: what is given could be guessed.
    """
    given = environment.get(VARIABLE, "")
    if not given:
        with suppress(OSError, NoSecret, UnicodeDecodeError):
            given = _beside(store).read_text("ascii").strip()
    if not given:
        return None
    if not _FIT.fullmatch(given):
        raise NoSecret(
            f"the calendar's secret is 24 or more letters and digits: {VARIABLE}=$(openssl rand -hex 16)"
        )
    return given


def new_secret(store: str) -> str:
    """Make a secret, and keep it beside the store; the one before is no longer good.

    Raises NoSecret: there is no file beside which it could be kept, or it cannot be written.
    """
    secret, place = secrets.token_urlsafe(24), _beside(store)
    try:
        write_whole(place, f"{secret}\n", OWNER_ONLY)
    except NotWritable as fault:
        raise NoSecret(f"{fault}; or give the secret as {VARIABLE}") from fault
    return secret


def _beside(store: str) -> Path:
    if file_of(store) is None:
        kind = store.partition(":")[0]
        raise NoSecret(
            f"{kind} keeps no files: give the calendar's secret as {VARIABLE}=$(openssl rand -hex 16)"
        )
    return beside(store, SUFFIX)


def feed(secret: str, calendar: Callable[[], bytes]) -> Blueprint:
    """The calendar at its address, for programs that fetch it again and again; nothing else lies below it."""
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
