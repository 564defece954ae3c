"""The server of `glute-coach serve`: gunicorn's worker of ours in this very process, without a master above it.

So a half-sent request holds no thread at home either. A connection of the home network begins with TLS or with plain
HTTP on the same port: its first byte tells which, and `skill/front/doors.py` gives either its own door.
"""

import contextlib
import errno
import ipaddress
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final
from weakref import WeakSet
from wsgiref.types import WSGIApplication

from gunicorn.config import Config
from gunicorn.glogging import Logger

from skill.front import gunicorn_conf
from skill.front.buffering_worker import LONGEST_BODY, LONGEST_HEADERS, SEND_S, PatientWorker

HANDSHAKE: Final = 0x16
MOST_OF_ONE: Final = 24
"""Connections of one address of the home network; a browser holds six."""
MOST_OF_HOME: Final = 600
"""Connections of the whole home network, so that this machine's own page always finds one."""
_SETTINGS: Final = (
    *("threads", "worker_connections", "graceful_timeout", "keepalive", "limit_request_line"),
    *("limit_request_fields", "limit_request_field_size", "http_protocols", "errorlog", "loglevel"),
)

Context = Callable[[], ssl.SSLContext]


class Server(PatientWorker):
    """Serves an application on sockets that listen already, until it is stopped.

    `home` is the one of them that the home network reaches, and what gives the certificate for a new connection.
    """

    def __init__(
        self,
        app: WSGIApplication,
        listeners: Sequence[socket.socket],
        home: tuple[socket.socket, Context] | None = None,
    ) -> None:
        config = Config()
        for name in _SETTINGS:
            config.set(name, getattr(gunicorn_conf, name))
        super().__init__(0, os.getppid(), list(listeners), _Loaded(app), 0, config, Logger(config))
        self._home = home
        self._from_home: WeakSet[Any] = WeakSet()

    def serve(self) -> None:
        """Answer until `stop`, SIGTERM or Ctrl-C; turns in flight are finished."""
        try:
            self.init_process()
        finally:
            self.tmp.close()

    def stop(self) -> None:
        """End `serve`, from another thread too. Before it has begun it ends as it begins."""
        with contextlib.suppress(AttributeError):  # gunicorn would wake what does not wait yet
            self.handle_exit(signal.SIGTERM, None)

    def init_signals(self) -> None:
        """Ctrl-C stays Python's own; a polite end is taken where signals can be."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self.handle_exit)

    def is_parent_alive(self) -> bool:
        """There is no master whose end would be ours."""
        return True

    def enqueue_req(self, conn: Any) -> None:
        """Gather a request; a new connection of the home network has to be one that may be held."""
        if self._is_home(conn) and conn.parser is None and not self._may_be_held(conn):
            self.nr_conns -= 1
            conn.close()
            return
        super().enqueue_req(conn)

    def receive(self, conn: Any) -> bytes | None:
        """What has come; over TLS all of it, as the poller does not see what was decrypted already."""
        if conn.parser is None and self._is_home(conn) and not isinstance(conn.sock, ssl.SSLSocket):
            with contextlib.suppress(BlockingIOError):
                return self._receive_first(conn)
            return None
        return _decrypted(conn.sock) if isinstance(conn.sock, ssl.SSLSocket) else super().receive(conn)

    def _receive_first(self, conn: Any) -> bytes | None:
        """Look at the first byte of a connection, and speak TLS where it does."""
        try:
            if conn.sock.recv(1, socket.MSG_PEEK)[:1] != bytes([HANDSHAKE]):
                return super().receive(conn)
            assert self._home is not None
            self.poller.unregister(conn.sock)
            plain = conn.sock
            conn.sock = self._home[1]().wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
            self.poller.register(conn.sock, 1, lambda _: self._gather(conn))
            return _decrypted(conn.sock)
        except BlockingIOError:
            raise
        except (OSError, ValueError):  # gone, or there is no certificate to show now
            return b""

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer; a client behind TLS that takes nothing for `SEND_S` is given up as any other is."""
        if isinstance(conn.sock, ssl.SSLSocket):
            conn.sock.settimeout(SEND_S)
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            raise OSError(errno.EPIPE, "the client takes nothing") from None

    def _is_home(self, conn: Any) -> bool:
        return self._home is not None and conn.server[1] == self._home[0].getsockname()[1]

    def _may_be_held(self, conn: Any) -> bool:
        address = conn.client[0]
        held = [each for each in self._from_home if each.client[0] == address]
        if not is_of_a_home(address) or len(held) >= MOST_OF_ONE or len(self._from_home) >= MOST_OF_HOME:
            return False
        self._from_home.add(conn)
        return True


class _Loaded:
    """What gunicorn's worker asks for its application."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def wsgi(self) -> WSGIApplication:
        return self._app


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens here; port 0 takes a free one.

    Raises OSError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=gunicorn_conf.backlog)


def is_of_a_home(address: str) -> bool:
    """Whether an address can belong to a home network or to this machine, and to nobody on the internet."""
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


def _decrypted(sock: ssl.SSLSocket) -> bytes | None:
    """All that has come, up to what any request may be long; None where nothing has, b"" at the end."""
    pieces = bytearray()
    while len(pieces) <= LONGEST_HEADERS + LONGEST_BODY:
        try:
            piece = sock.recv(65536)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return bytes(pieces) or None
        except OSError:
            return bytes(pieces)
        if not piece:
            break
        pieces += piece
    return bytes(pieces)
