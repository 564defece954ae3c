"""Connections lent to one thread at a time, kept for the next, and never used on both sides of a fork.

Lending beats one connection a thread: a server that makes a thread for each request would open a connection
for each.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from skill.store.base import StoreError


class Closable(Protocol):
    """A connection, as far as the pool has to do with it."""

    def close(self) -> None:
        """Give the connection back."""


Connection = TypeVar("Connection", bound=Closable)


class Pool(Generic[Connection]):
    """As many connections as threads are in the store at once; the warmest is lent first."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._idle: list[Connection] = []
        self._inherited: list[Connection] = []
        self._process = os.getpid()

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """One connection for the length of a `with`; closed and not kept if the driver failed in between."""
        connection = self._take()
        try:
            yield connection
        except StoreError:
            self._idle.append(connection)
            raise
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def _take(self) -> Connection:
        if self._process != os.getpid():
            # Closing what the parent opened would drop its locks or end its server session: let it lie.
            self._inherited += self._idle
            self._idle = []
            self._process = os.getpid()
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def drain(self) -> None:
        """Close every idle connection; the pool may be used again afterwards."""
        while self._idle:
            self._idle.pop().close()
