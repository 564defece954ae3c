"""Who gets in: around the whole Flask application, so that no view of it sees what was not let in.

For the path that Alexa posts to, a request is looked at in this order: method, content type, length, and only
then are its bytes read, verified and, as JSON, handed on under `ENVELOPE`. Whatever is not named as open is
for this machine alone: its pages speak for the trainee without any signature. Every refusal is one status
without a body and one line in the log; only on this machine alone, where nobody is verified, the body says
what was wrong.
"""

import io
import json
import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from skill.alexa.verify import Code, Refused, Verifier, read
from skill.alexa.verify.body import LARGEST
from skill.front.headers import with_security
from skill.front.local import check_local
from skill.front.rate_limit import Refusals

ENVELOPE = "glute_coach.envelope"

_STATUS = {
    Code.PATH: "404 Not Found",
    Code.METHOD: "405 Method Not Allowed",
    Code.CONTENT_TYPE: "415 Unsupported Media Type",
    Code.LENGTH_MISSING: "411 Length Required",
    Code.BODY_SIZE: "413 Content Too Large",
    Code.NOT_LOCAL: "403 Forbidden",
}

_log = logging.getLogger(__name__)


def _clock() -> datetime:
    return datetime.now(UTC)


class Admission:
    """A WSGI application around another, which the admitted get to.

    `verifier` judges requests to the skill at `path`; without one whoever asks from this very machine is let in, and
    nobody else. `opened` are the other paths that are for everybody; one that ends in a slash opens all below it.
    `clock` is this machine's, for judging how fresh a request is. Only `proxies` may say who asked (the last of
    X-Forwarded-For); nobody else is believed. `admitted` is the application itself, for a door with rules of its own
    (skill/speaker/pairing/door.py).
    """

    def __init__(
        self,
        app: WSGIApplication,
        verifier: Verifier | None,
        path: str = "/alexa",
        opened: tuple[str, ...] = ("/healthz",),
        clock: Callable[[], datetime] = _clock,
        proxies: tuple[str, ...] = (),
    ) -> None:
        self.admitted = app
        self._verifier = verifier
        self._path = path
        self._opened = opened
        self._clock = clock
        self._proxies = proxies
        self._refusals = Refusals()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        served = False

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal served
            served = not status.startswith("5")
            return start_response(status, with_security(headers), *rest)

        try:
            raw = self._admit(environ)
        except Refused as refused:
            return self._turn_away(environ, start, refused)
        try:
            return self.admitted(environ, start)
        finally:
            if self._verifier is not None and raw is not None and not served:
                self._verifier.not_served(raw)

    def _admit(self, environ: WSGIEnvironment) -> bytes | None:
        path = environ.get("PATH_INFO", "")
        if path == self._path:
            return self._admit_to_skill(environ)
        if not any(path == each or (each.endswith("/") and path.startswith(each)) for each in self._opened):
            check_local(environ)
            # To Flask it would be the path with one slash, and the view of /alexa would find no envelope.
            if not path.startswith("/") or path.startswith("//"):
                raise Refused(Code.PATH, path)
        return None

    def _admit_to_skill(self, environ: WSGIEnvironment) -> bytes:
        if environ["REQUEST_METHOD"] != "POST":
            raise Refused(Code.METHOD, environ["REQUEST_METHOD"])
        _check_type(environ.get("CONTENT_TYPE", ""))
        if self._verifier is None:
            check_local(environ)
        raw = _body(environ)
        if self._verifier is None:
            environ[ENVELOPE] = read(raw)
        else:
            known_only = self._refusals.too_many(self._address(environ), time.monotonic())
            environ[ENVELOPE] = self._verifier.verify(_headers(environ), raw, self._clock(), known_only)
        environ["wsgi.input"] = io.BytesIO(raw)
        return raw

    def _turn_away(self, environ: WSGIEnvironment, start: StartResponse, refused: Refused) -> Iterable[bytes]:
        address = self._address(environ)
        self._refusals.refused(address, time.monotonic())
        _log.warning("refused %s from %s", refused, ascii(address)[1:-1][:64])
        told = (
            b""
            if self._verifier is not None
            else json.dumps({"error": f"The request was refused: {refused}"}).encode()
        )
        headers = [("Content-Length", str(len(told))), ("Connection", "close"), ("Cache-Control", "no-store")]
        if told:
            headers.append(("Content-Type", "application/json"))
        if refused.code is Code.METHOD:
            headers.append(("Allow", "POST"))
        start(_STATUS.get(refused.code, "400 Bad Request"), headers)
        return [told]

    def _address(self, environ: WSGIEnvironment) -> str:
        """Who asked, as far as it can be told: it bounds what is fetched, and lets nobody in."""
        address = str(environ.get("REMOTE_ADDR", ""))
        if address not in self._proxies:
            return address
        return str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or address


def _check_type(given: str) -> None:
    kind, _, parameters = given.partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise Refused(Code.CONTENT_TYPE, given)


def _body(environ: WSGIEnvironment) -> bytes:
    # A request that names no length and no encoding has no body.
    length = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ or not (length.isascii() and length.isdigit()):
        raise Refused(Code.LENGTH_MISSING)
    if len(length) > 9 or int(length) > LARGEST:
        raise Refused(Code.BODY_SIZE, length)
    raw: bytes = environ["wsgi.input"].read(int(length))
    if len(raw) != int(length):
        raise Refused(Code.CUT_SHORT)
    return raw


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    prefix = "HTTP_"
    return {n[5:].replace("_", "-"): v for n, v in environ.items() if n.startswith(prefix)}
