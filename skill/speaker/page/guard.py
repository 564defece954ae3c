"""Who may use the page's own addresses: the page itself, as this server gave it out, and nothing else.

The front already lets in only this machine (skill/front/local.py) and paired devices (skill/speaker/pairing/door.py).
But another page on this machine, on another port, is not the coach's either: so the origin must be the page's own, and
the token the one that only it was given.
"""

import hmac
import secrets
from hmac import compare_digest
from typing import Final

from flask import Request, Response
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

from skill.front.doors import DEVICE
from skill.locales.refusals import NotDone

TOKEN_HEADER: Final = "X-Coach-Token"
LARGEST: Final = 96_000
"""Bytes of a body that is read at all: three seconds of sound."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Stranger(NotDone, PermissionError):
    """A request that did not come from the page; the message says what was wrong with it and what to do."""


class Guard:
    """One server's token, new with each start."""

    def __init__(self) -> None:
        self.token: Final = secrets.token_urlsafe(24)

    def given_to(self, request: Request) -> str:
        """The token for whoever asks for the page: this machine's, or one that holds for that paired device alone."""
        device = request.environ.get(DEVICE)
        return (
            self.token
            if device is None
            else hmac.new(self.token.encode(), device.encode(), "sha256").hexdigest()
        )

    def check(self, request: Request) -> None:
        """Before anything of the body is read.

        Raises Stranger: the request comes from another site, or from a page of an earlier start of the server;
        LengthRequired: nobody knows how much will come; RequestEntityTooLarge: more would come than is taken.
        """
        origin = request.headers.get("Origin")
        is_foreign = origin is not None and origin != f"{request.scheme}://{request.host}"
        if is_foreign or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Stranger("foreign")
        if not compare_digest(
            request.headers.get(TOKEN_HEADER, "").encode(), self.given_to(request).encode()
        ):
            raise Stranger("restarted")
        if request.content_length is None:
            raise LengthRequired
        if request.content_length > LARGEST:
            raise RequestEntityTooLarge


def protect(answer: Response) -> Response:
    """The headers that keep a page to itself."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
