"""Which door a request came by: this machine's own, the home's over TLS, or the plain one where trust is explained.

The socket tells it, which no header can claim.
"""

import ssl
from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

DEVICE: Final = "glute_coach.device"
"""Under this name the environment holds the id of the paired device that asks; on this machine it holds none."""
LANGUAGE: Final = "coach-language"
"""The cookie in which a page keeps the language that its person chose."""


class Doors:
    """Gives each request to the application behind the door it came by.

    `local` is for this machine, `home` for the home network, over TLS, `plain` for plain HTTP to the home's `port`.
    """

    def __init__(
        self, local: WSGIApplication, home: WSGIApplication, plain: WSGIApplication, port: int
    ) -> None:
        self._local, self._home, self._plain, self._port = local, home, plain, port

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        sock = environ["gunicorn.socket"]
        if isinstance(sock, ssl.SSLSocket):
            environ["wsgi.url_scheme"] = "https"
            return self._home(environ, start)
        return (self._plain if sock.getsockname()[1] == self._port else self._local)(environ, start)
