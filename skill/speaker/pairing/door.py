"""The home's door: what of a request over TLS gets to the page, and what is turned away before anything sees it.

In this order: the exact host and port, the exact origin, a path that is the page's, the cookie of a paired device,
its limits. Alexa's endpoint, the metrics and whatever else the application has are not there behind this door.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from skill.front.doors import DEVICE
from skill.front.headers import with_security
from skill.locales.refusals import refusals
from skill.speaker.pairing.devices import DAY_S, TOKEN_DAYS, Device
from skill.speaker.pairing.limits import Limits
from skill.speaker.pairing.pages import Pages, locale_for
from skill.speaker.pairing.pairing import NotPaired, Pairing, TooEarly
from skill.speaker.pairing.whereabouts import Whereabouts

COOKIE: Final = "__Host-glute-coach"
PAIR: Final = "/pair"
LONGEST_PAIRING: Final = 1024
OPEN_BELOW: Final = ("/speaker/", "/progress")

_log = logging.getLogger(__name__)

Answer = tuple[str, list[tuple[str, str]], bytes]


class Door:
    """A WSGI application around the page's, for the paired alone, at the hosts that `where` knows."""

    def __init__(
        self,
        app: WSGIApplication,
        pairing: Pairing,
        where: Whereabouts,
        pages: Pages,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app, self._pairing, self._where, self._pages = app, pairing, where, pages
        self._clock, self._limits = clock, Limits()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        refused = self._refusal(environ) or self._in_the_open(environ)
        device = None if refused else self._device(environ)
        if refused is None:
            refused = _unpaired(environ) if device is None else self._beyond(environ, device)
        if refused is not None:
            status, headers, body = refused
            start_response(status, with_security([*headers, ("Content-Length", str(len(body)))]))
            return [body]
        assert device is not None
        environ[DEVICE] = device.id
        return self._app(
            environ, lambda status, headers, *rest: start_response(status, with_security(headers), *rest)
        )

    def _refusal(self, environ: WSGIEnvironment) -> Answer | None:
        """What is wrong with where a request was sent, or with who sent it."""
        host = str(environ.get("HTTP_HOST", ""))
        if host not in self._where.hosts():
            _log.warning("refused a host that is not the coach's, from %s", _address(environ))
            return _told("421 Misdirected Request", "The coach has another name and address.")
        site = environ.get("HTTP_SEC_FETCH_SITE", "same-origin")
        is_foreign = environ.get("HTTP_ORIGIN", f"https://{host}") != f"https://{host}"
        is_change = environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        if is_foreign or (is_change and site != "same-origin"):
            return _told("403 Forbidden", _words(environ)["foreign"])
        return None

    def _in_the_open(self, environ: WSGIEnvironment) -> Answer | None:
        """The answer to whoever pairs; None for every other path."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path == PAIR and method == "POST":
            return self._pair(environ)
        return self._pages.answer(path, locale_for(environ)) if method in ("GET", "HEAD") else None

    def _pair(self, environ: WSGIEnvironment) -> Answer:
        # Another site's page can send a form, but not with this type and without asking first.
        length = str(environ.get("CONTENT_LENGTH") or "")
        if environ.get("CONTENT_TYPE") != "application/json" or not (length.isascii() and length.isdigit()):
            return _told("415 Unsupported Media Type", "The code comes as JSON.")
        if int(length[:9]) > LONGEST_PAIRING:
            return _told("413 Content Too Large", "A code is short.")
        code, name = _code_and_name(environ["wsgi.input"].read(int(length)))
        try:
            token, _ = self._pairing.swap(code, name, _address(environ), self._clock())
        except TooEarly as early:
            return _told(
                "429 Too Many Requests", early.told(locale_for(environ)), ("Retry-After", str(early.wait_s))
            )
        except NotPaired as fault:
            _log.warning("refused a wrong pairing code, from %s", _address(environ))
            return _told("403 Forbidden", fault.told(locale_for(environ)))
        kept = f"{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={TOKEN_DAYS * DAY_S}"
        return _told("200 OK", "", ("Set-Cookie", kept))

    def _device(self, environ: WSGIEnvironment) -> Device | None:
        try:
            cookie = SimpleCookie(str(environ.get("HTTP_COOKIE", ""))).get(COOKIE)
        except CookieError:
            return None
        return self._pairing.devices.of(cookie.value, self._clock()) if cookie else None

    def _beyond(self, environ: WSGIEnvironment, device: Device) -> Answer | None:
        """Why a paired device does not get to what it asks for, if it does not."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path != "/" and not path.startswith(OPEN_BELOW):
            return _told("404 Not Found", "There is nothing here.")
        length = str(environ.get("CONTENT_LENGTH") or "0")
        size = int(length[:9]) if length.isascii() and length.isdigit() else 0
        if not self._limits.allow(device.id, path, method, size):
            return _told("429 Too Many Requests", _words(environ)["limited"], ("Retry-After", "5"))
        return None


def _unpaired(environ: WSGIEnvironment) -> Answer:
    if environ["REQUEST_METHOD"] == "GET" and environ.get("PATH_INFO") == "/":
        return "303 See Other", [("Location", PAIR), ("Cache-Control", "no-store")], b""
    return _told("401 Unauthorized", _words(environ)["unpaired"])


def _words(environ: WSGIEnvironment) -> Mapping[str, str]:
    return refusals(locale_for(environ))


def _told(status: str, error: str, *headers: tuple[str, str]) -> Answer:
    body = json.dumps({"error": error} if error else {}).encode()
    return status, [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *headers], body


def _code_and_name(body: bytes) -> tuple[str, str]:
    try:
        given = json.loads(body)
        code, name = given["code"], given["name"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", ""
    code = "".join(each for each in str(code) if each not in " -")
    return code, str(name)


def _address(environ: WSGIEnvironment) -> str:
    return ascii(environ.get("REMOTE_ADDR", ""))[1:-1][:64]
