"""Who may use the page's own addresses: the page itself, opened on this machine, and nothing else.

Another site may post to a loopback address from the trainee's browser, and a name of its own may be made to
point here. So the host must be this machine's, the origin the page's own, and the token the one that only the
page was given.
"""

import secrets
from hmac import compare_digest
from typing import Final

from flask import Flask, Request, Response

LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
TOKEN_HEADER: Final = "X-Coach-Token"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}


class Stranger(PermissionError):
    """A request that did not come from the page; the message says what was wrong with it and what to do."""


class Guard:
    """One server's token, new with each start."""

    def __init__(self) -> None:
        self.token: Final = secrets.token_urlsafe(24)

    def check_host(self, request: Request) -> None:
        """Only this machine's own names: another name that points here belongs to somebody else.

        Raises:
            Stranger: the request names another host.
        """
        if _name(request.host) not in LOCAL_NAMES:
            raise Stranger(
                "Open the page as http://127.0.0.1 or http://localhost: no other name is answered."
            )

    def check(self, request: Request) -> None:
        """Before anything is read of the body.

        Raises:
            Stranger: the request comes from another site, or from a page of an earlier start of the server.
        """
        self.check_host(request)
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"{request.scheme}://{request.host}":
            raise Stranger("Another site asked. Only the coach's own page may.")
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Stranger("Another site asked. Only the coach's own page may.")
        if not compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self.token.encode()):
            raise Stranger("The coach was started anew since this page was opened. Reload the page.")


def protect(answer: Response) -> Response:
    """The headers that keep a page to itself."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def refuse(app: Flask) -> None:
    """Answer strangers with 403 and the reason."""

    @app.errorhandler(Stranger)
    def stranger(error: Stranger) -> tuple[dict[str, str], int]:
        return {"error": str(error)}, 403


def _name(host: str) -> str:
    return host.rpartition(":")[0] if ":" in host.removeprefix("[::1]") else host
