"""Fetching a certificate chain: from one host, at most 64 KiB, at most 2 seconds in all, no redirects.

A time limit on a socket bounds one wait, not the sum of them, and none bounds the look-up of a name. So
the whole fetch runs in a thread of its own and the request waits for it 2 seconds: whoever drips a byte a
second, or a resolver that does not answer, cannot hold a request for longer. The thread is told to give up
by closing its connection.
"""

import contextlib
import socket
import ssl
import threading
from concurrent.futures import Future
from http.client import HTTPException, HTTPSConnection

import certifi

from skill.alexa.verify.refused import Code, Refused
from skill.alexa.verify.urls import HOST

TIME_LIMIT_S = 2.0
SIZE_LIMIT = 64 * 1024

# Abandoned threads are waiting for a resolver and end by themselves; until then no more than these may be
# alive.
_threads = threading.BoundedSemaphore(8)


def fetch_chain(
    path: str, *, host: str = HOST, port: int = 443, limit_s: float = TIME_LIMIT_S, roots: str | None = None
) -> bytes:
    """The text at a path that `urls.path_of` gave, on Amazon's certificate host; the tests name one of their own.

    It may take `limit_s` altogether. `roots` is a PEM file of what is trusted; certifi's unless given.

    Raises Refused: it could not be fetched, was redirected or is no 200, is too long or took too long.
    """
    if not _threads.acquire(blocking=False):
        raise Refused(Code.FETCH_BUSY)
    connection = _Line(host, port, timeout=limit_s, context=_context(roots))
    answer: Future[bytes] = Future()
    threading.Thread(target=_work, args=(connection, path, answer), daemon=True, name="chain").start()
    try:
        return answer.result(limit_s)
    except TimeoutError:
        connection.hang_up()
        raise Refused(Code.FETCH_SLOW) from None


class _Line(HTTPSConnection):
    """A connection that can be hung up on by whoever waits for it, wherever it is in its work."""

    wire: socket.socket | None = None

    def connect(self) -> None:
        super().connect()
        self.wire = self.sock

    def hang_up(self) -> None:
        if self.wire is not None:
            with contextlib.suppress(OSError):  # it may be gone already
                self.wire.shutdown(socket.SHUT_RDWR)


def _work(connection: _Line, path: str, answer: Future[bytes]) -> None:
    try:
        answer.set_result(_get(connection, path))
    except Refused as refused:
        answer.set_exception(refused)
    except (
        OSError,
        HTTPException,
        ValueError,
        AttributeError,
    ) as error:  # AttributeError: hung up on in mid-read
        slow = isinstance(error, TimeoutError)
        answer.set_exception(Refused(Code.FETCH_SLOW if slow else Code.FETCH_FAILED, repr(error)))
    finally:
        connection.close()
        _threads.release()


def _get(connection: _Line, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept": "*/*", "Connection": "close"})
    with connection.getresponse() as response:
        if response.status != 200:
            raise Refused(Code.FETCH_STATUS, str(response.status))
        text = response.read(SIZE_LIMIT + 1)
        if len(text) > SIZE_LIMIT:
            raise Refused(Code.FETCH_SIZE)
        if response.length:
            raise Refused(Code.FETCH_FAILED, "cut short")
        return text


def _context(roots: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=roots or certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
