"""Connections lent to one thread at a time, kept for the next, and never used on both sides of a fork.

Lending beats one connection a thread: a server that makes a thread for each request would open a connection
for each. Where connections are dear, there is a most of them, and who finds all of them lent waits for one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore
from typing import Generic, Protocol, TypeVar

from skill.store.base import StoreError, StoreUnavailable


class Closable(Protocol):
    """A connection, as far as the pool has to do with it."""

    def close(self) -> None:
        """Give the connection back."""


Connection = TypeVar("Connection", bound=Closable)


class Pool(Generic[Connection]):
    """As many connections as threads are in the store at once, or as `most` says; the warmest is lent first."""

    def __init__(self, connect: Callable[[], Connection], most: int | None = None) -> None:
        self._connect = connect
        self._most = most
        self._idle: list[Connection] = []
        self._inherited: list[Connection] = []
        self._process = os.getpid()
        self._places = _places(most)
        self._is_closed = False

    @contextmanager
    def lent(self, wait_s: float = 0.0) -> Iterator[Connection]:
        """One connection for the length of a `with`; closed and not kept if the driver failed in between.

        Raises StoreUnavailable: all were lent to others for `wait_s`, and at least as long as it takes to look.
        """
        self._be_of_this_process()
        with self._place(wait_s):
            connection = self._idle.pop() if self._idle else self._connect()
            try:
                yield connection
            except StoreError:
                self._take_back(connection)
                raise
            except BaseException:
                connection.close()
                raise
            self._take_back(connection)

    def _take_back(self, connection: Connection) -> None:
        """Keep it for the next who asks, unless the pool was closed: then nobody would close it later."""
        self._idle.append(connection)
        if self._is_closed:
            self.drain()

    @contextmanager
    def _place(self, wait_s: float) -> Iterator[None]:
        """A place among the `most` who may borrow at once, given back to the semaphore that it came from."""
        places = self._places
        if places is None:
            yield
            return
        if not places.acquire(timeout=max(0.0, wait_s)):
            raise StoreUnavailable(
                f"all {self._most} connections of this process were lent to other turns: raise the pool's size"
            )
        try:
            yield
        finally:
            places.release()

    def _be_of_this_process(self) -> None:
        if self._process != os.getpid():
            # Closing what the parent opened would drop its locks or end its server session: let it lie.
            self._inherited += self._idle
            self._idle = []
            self._places = _places(self._most)
            self._process = os.getpid()

    def drain(self) -> None:
        """Close every idle connection; the pool may be used again afterwards."""
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def close(self) -> None:
        """Close every idle connection and, as it comes back, each that is lent now or later: none is kept."""
        self._is_closed = True
        self.drain()


def _places(most: int | None) -> BoundedSemaphore | None:
    return None if most is None else BoundedSemaphore(most)
