"""The two pages that a phone may see before it is paired: how it trusts the authority, and where its code is typed.

Over plain HTTP there is only the first, with the certificate to load: a phone that does not trust the authority yet
cannot ask for it any other way. The fingerprint stands there and in the terminal, to be compared.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from importlib import resources
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request

from skill.front.doors import LANGUAGE
from skill.front.headers import with_security
from skill.locales.texts import DEFAULT, of_language, text_of
from skill.speaker.pairing.authority import Signed
from skill.speaker.pairing.whereabouts import Whereabouts

TRUST: Final = "/trust"
CERTIFICATE: Final = "/trust/glute-coach.crt"
_KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_PLACE: Final = re.compile(r"\{\{(\w+)\}\}")
_PAGES: Final = {"/trust": "trust.html", "/pair": "pair.html"}

Answer = tuple[str, list[tuple[str, str]], bytes]


class Pages:
    """The pages, filled in; `authority` gives what is shown, None where the certificate is one of one's own."""

    def __init__(self, authority: Callable[[], Signed | None], where: Whereabouts) -> None:
        static = resources.files(__package__) / "static"
        self._files = {each.name: each.read_text("utf-8") for each in static.iterdir()}
        self._authority, self._where = authority, where

    def answer(self, path: str, locale: str) -> Answer | None:
        """The answer to a path of these pages, in a locale's words; None for every other."""
        authority = self._authority()
        if path == CERTIFICATE and authority is not None:
            name = ("Content-Disposition", 'attachment; filename="glute-coach.crt"')
            return _found("application/x-x509-ca-cert", authority.pem, name)
        if path in _PAGES:
            page = self._filled(_PAGES[path], authority, locale).encode()
            return _found("text/html; charset=utf-8", page, ("Vary", "Accept-Language"))
        name_, kind = path.rpartition("/")[2], path.rpartition(".")[2]
        if path == f"/trust/{name_}" and name_ in self._files and kind in _KINDS:
            return _found(_KINDS[kind], self._files[name_].encode())
        return None

    def plain(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """The WSGI application for plain HTTP: how to trust, and nothing else."""
        path = str(environ.get("PATH_INFO", ""))
        is_known = environ.get("HTTP_HOST", "") in self._where.hosts() and path.startswith(TRUST)
        is_asked = is_known and environ["REQUEST_METHOD"] in ("GET", "HEAD")
        found = self.answer(path, locale_for(environ)) if is_asked else None
        moved = ("303 See Other", [("Location", TRUST), ("Cache-Control", "no-store")], b"")
        status, headers, body = found or (moved if path == "/" else ("404 Not Found", [], b""))
        start(status, with_security([*headers, ("Content-Length", str(len(body)))]))
        return [body]

    def _filled(self, name: str, authority: Signed | None, locale: str) -> str:
        title = authority.certificate.subject.rfc4514_string().removeprefix("CN=") if authority else ""
        words: dict[str, str] = text_of(locale, "page")["home"]
        values = {
            **{key: text.format(title=title.replace("\\,", ",")) for key, text in words.items()},
            "locale": locale,
            "url": self._where.url,
            "fingerprint": authority.fingerprint if authority else "",
            "own": "" if authority else "hidden",
        }
        return _PLACE.sub(lambda found: escape(values[found[1]]), self._files[name])


def locale_for(environ: WSGIEnvironment) -> str:
    """The language that the page's person chose, or the browser's."""
    page = Request(environ)
    wanted = (page.cookies.get(LANGUAGE, ""), *page.accept_languages.values())
    return next(filter(None, map(of_language, wanted)), DEFAULT)


def _found(kind: str, body: bytes, *headers: tuple[str, str]) -> Answer:
    return "200 OK", [("Content-Type", kind), ("Cache-Control", "no-store"), *headers], body
