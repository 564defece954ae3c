"""A gunicorn worker that gives a thread to a whole request only.

gunicorn's threads read what a client sends, so a client that sends a byte a second holds a thread, and as
many such clients as there are threads hold the skill. Here the worker's own loop gathers the bytes, of all
connections at once, and a thread gets the connection when headers and body have arrived; who is not done
in `REQUEST_S` is hung up on. An answer of which nothing is taken for `SEND_S` is given up too.

Behind TLS that gunicorn itself speaks, bytes cannot be gathered this way and its own ways apply: speak TLS
in a proxy or a tunnel before it, as docs/deploy.md does.
"""

import contextlib
import re
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from skill.front.unreadable_requests import answer_to, is_misread, line_about

REQUEST_S = 10.0
SEND_S = 5.0
LEAVE_S = 1.0
LONGEST_HEADERS = 16 * 1024
LONGEST_BODY = 256 * 1024

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*(?=\r\n)", re.IGNORECASE)
_CODED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_WAITS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class Gathering:
    """What has come of one request, and whether a thread can answer it without waiting for its client.

    It can when all of the body is there, and when the answer needs no body: where the headers are too
    long, where there is no length, where it is too large, or where the body comes in chunks.
    """

    def __init__(self, until: float, got: bytes = b"") -> None:
        self.until = until
        self.is_waited_for = False
        self._got = bytearray()
        self._needed: int | None = None
        self.add(got)

    @property
    def got(self) -> bytes:
        """The bytes so far."""
        return bytes(self._got)

    @property
    def is_whole(self) -> bool:
        """Whether a thread has nothing to wait for."""
        if self._needed is None:
            return len(self._got) > LONGEST_HEADERS
        return len(self._got) >= self._needed

    def add(self, piece: bytes) -> None:
        """Take in what came; the headers are looked for in what is new only."""
        searched = max(0, len(self._got) - 3)
        self._got += piece
        if self._needed is None and (end := self._got.find(b"\r\n\r\n", searched)) >= 0:
            self._needed = end + 4 + self._body_length(end + 2)
            self.is_waited_for = not self.is_whole and bool(_WAITS.search(self._got, 0, end + 2))

    def _body_length(self, end: int) -> int:
        lengths = _LENGTH.findall(self._got, 0, end)
        if not lengths or _CODED.search(self._got, 0, end):
            return 0
        return int(lengths[0]) if int(lengths[0]) <= LONGEST_BODY else 0


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # it has no types
    """gunicorn's threaded worker, with the reading of requests taken into its loop."""

    request_s = REQUEST_S

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._gatherings: dict[Any, Gathering] = {}
        self._leaving: dict[Any, float] = {}

    def set_accept_enabled(self, enabled: bool) -> None:
        """Let in who waits before the door already, before it is shut for good: they have asked in time."""
        if self._accepting and not (enabled or self.alive):
            for listener in self.sockets:
                before = -1
                while before < self.nr_conns < self.worker_connections:
                    before = self.nr_conns
                    self.accept(listener)
        super().set_accept_enabled(enabled)

    def enqueue_req(self, conn: Any) -> None:
        """Gather the request before a thread gets the connection, a new one or one that was kept alive."""
        if self.cfg.is_ssl or conn.is_http2:
            super().enqueue_req(conn)
            return
        ahead = b"" if conn.parser is None else conn.parser.unreader.take_buffered()
        _limit_waits(conn.sock)
        conn.sock.setblocking(False)
        self._gatherings[conn] = Gathering(time.monotonic() + self.request_s, ahead)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._gather, conn))
        self._gather(conn)

    def _gather(self, conn: Any, _file: object = None) -> None:
        gathering = self._gatherings[conn]
        piece = self.receive(conn)
        gathering.add(piece or b"")
        if gathering.is_waited_for:
            gathering.is_waited_for = False
            with contextlib.suppress(OSError):  # whoever is gone is dropped below, or in time
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if gathering.is_whole:
            self._release(conn)
            conn.init()
            conn.parser.unreader.unread(gathering.got)
            conn.data_ready = True
            super().enqueue_req(conn)
        elif piece == b"":
            self._drop(conn)

    def receive(self, conn: Any) -> bytes | None:
        """What has come on a connection: None where nothing has yet, and nothing at all where it has ended."""
        try:
            return bytes(conn.sock.recv(65536))
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def murder_pending(self) -> None:
        """Hang up on whoever is not done asking in time, and, when stopping, on whoever has not begun.

        gunicorn calls this after whatever happened, at least once a second.
        """
        super().murder_pending()
        now = time.monotonic()
        for conn, gathering in list(self._gatherings.items()):
            if gathering.until < now or not (self.alive or gathering.got):
                self._drop(conn)
        for conn, until in list(self._leaving.items()):
            if until < now:
                self._drop(conn)

    def finish_request(self, conn: Any, done: Any) -> None:
        """See a connection off without waiting: gunicorn's own farewell halts its whole loop for up to 2 s."""
        over = not done.cancelled() and done.exception() is None and done.result() is False
        if self.cfg.is_ssl or not over:
            super().finish_request(conn, done)
            return
        try:
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._see_off, conn))
        except (OSError, ValueError):  # gunicorn has hung up already: the answer broke off in the middle
            self.nr_conns -= 1
            return
        self._leaving[conn] = time.monotonic() + LEAVE_S
        with contextlib.suppress(OSError):  # the client may be gone already, which reading will tell
            conn.sock.shutdown(socket.SHUT_WR)

    def _see_off(self, conn: Any, _file: object = None) -> None:
        try:
            gone = conn.sock.recv(65536) == b""
        except BlockingIOError:
            gone = False
        except OSError:
            gone = True
        if gone:
            self._drop(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer; where some of the body has yet to come, the answer says that the connection ends with it.

        Nobody waits for the rest, so where the next request would begin is not known.
        """
        if not (self.cfg.is_ssl or _is_all_here(req, conn)):
            req.force_close()
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Turn away what is no request as everything else is turned away: without a word, and with one line."""
        if not is_misread(exc):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("%s", line_about(exc, str((addr or [""])[0])))
        with contextlib.suppress(OSError):  # who is gone needs no answer
            client.sendall(answer_to(exc))

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Keep what the answer has promised to keep: what is left of the body is here, and nothing is waited for.

        gunicorn's own limit of a few milliseconds would hang up on a client that has been told to go on, where a thread
        was not given the processor for so long.
        """
        return keepalive and bool(conn.parser.finish_body())

    def murder_keepalived(self, force: bool = False) -> None:
        """Hang up on the silent, but look once more for whoever has begun to ask since the loop last looked."""
        kept = self.keepalived_conns
        if not force and kept and kept[0].timeout <= time.monotonic():
            self.wait_for_and_dispatch_events(timeout=0)
        super().murder_keepalived(force)

    def _release(self, conn: Any) -> None:
        self._gatherings.pop(conn, None)
        self._leaving.pop(conn, None)
        self.poller.unregister(conn.sock)

    def _drop(self, conn: Any) -> None:
        self._release(conn)
        self.nr_conns -= 1
        conn.close()


def _is_all_here(req: Any, conn: Any) -> bool:
    """Whether the rest of a request's body, as gunicorn itself understood it, lies in memory."""
    left = getattr(req.body.reader, "length", None)
    return left is not None and left <= len(conn.parser.unreader.buf.getvalue())


def _limit_waits(sock: socket.socket) -> None:
    """Bound what a thread can wait for in one send or receive.

    These limits are the kernel's, so that they hold although gunicorn sets the socket to wait for ever.
    """
    limit = struct.pack("ll", int(SEND_S), 0)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
