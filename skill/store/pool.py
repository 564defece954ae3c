"""Connections lent to one thread at a time, kept for the next, and never used on both sides of a fork.

Lending beats one connection a thread: a server that makes a thread for each request would open a connection
for each. Where connections are dear, there is a most of them, and who finds all of them lent waits for one.
"""

import os
from collections.abc import Callable
from threading import BoundedSemaphore
from types import TracebackType
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

    def lent(self, wait_s: float = 0.0) -> "Loan[Connection]":
        """One connection for the length of a `with`; closed and not kept if the driver failed in between.

        Args:
            wait_s: how long to wait where all are lent; never shorter than it takes to look.

        Raises:
            StoreUnavailable: all of them were lent to others for as long as that.
        """
        return Loan(self, wait_s)

    def place(self, wait_s: float) -> BoundedSemaphore | None:
        """A place among the `most` who may borrow at once, to be released; None where there is no such number.

        Raises:
            StoreUnavailable: none came free for as long as that.
        """
        self._be_of_this_process()
        places = self._places
        if places is not None and not places.acquire(timeout=max(0.0, wait_s)):
            raise StoreUnavailable(
                f"all {self._most} connections of this process were lent to other turns: raise the pool's size"
            )
        return places

    def take(self) -> Connection:
        """The warmest idle connection, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def give(self, connection: Connection) -> None:
        """Take a connection back that is as good as new."""
        self._idle.append(connection)

    def _be_of_this_process(self) -> None:
        if self._process != os.getpid():
            # Closing what the parent opened would drop its locks or end its server session: let it lie.
            self._inherited += self._idle
            self._idle = []
            self._places = _places(self._most)
            self._process = os.getpid()

    def drain(self) -> None:
        """Close every idle connection; the pool may be used again afterwards."""
        while self._idle:
            self._idle.pop().close()


class Loan(Generic[Connection]):
    """A connection on loan; a class, since a turn borrows twice and a generator would cost it as much as the lock."""

    __slots__ = ("_connection", "_place", "_pool", "_wait_s")

    def __init__(self, pool: Pool[Connection], wait_s: float = 0.0) -> None:
        self._pool, self._wait_s = pool, wait_s

    def __enter__(self) -> Connection:
        self._place = self._pool.place(self._wait_s)
        try:
            self._connection = self._pool.take()
        except BaseException:
            self._leave()
            raise
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if fault is None or isinstance(fault, StoreError):
                self._pool.give(self._connection)
            else:
                self._connection.close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._place is not None:
            self._place.release()


def _places(most: int | None) -> BoundedSemaphore | None:
    return None if most is None else BoundedSemaphore(most)
