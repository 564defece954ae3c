"""The state as a store keeps it, and a memory of the last ones, so that a turn pays only for what it changed.

A body means the same state whoever wrote it and whenever, so a body that was read or written lately need not be
read again: no revision, process or machine comes into it, and what was changed behind our back is another body.
For the same reason only those parts of a state are written anew that are not the very parts that were read.
"""

import json
import zlib
from dataclasses import dataclass
from typing import Any, Final

import orjson

from skill.coach.document import Unreadable, from_document, to_document
from skill.coach.state import State
from skill.store.base import Body, Document
from skill.store.body import NotADocument, from_body, packed, unpacked
from skill.store.migrations import STATE

REMEMBERED: Final = 64
"""How many states a process keeps in mind; each takes some 50 kB, and a trainee who trains needs one."""


Key = tuple[int, bytes]
"""The version of the documents that this code writes, and a body as it is stored."""


@dataclass(frozen=True)
class Known:
    """A state and the document that it was read from or written as."""

    state: State
    document: Document


class Memory:
    """The states of the bodies that were seen last; safe to share between threads."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._known: dict[Key, Known] = {}

    def recall(self, body: Key) -> Known | None:
        """What is known of a body, if it was seen lately."""
        return self._known.get(body)

    def keep(self, body: Key, known: Known, instead_of: Key = (0, b"")) -> None:
        """Remember a body; forget the one in whose place it is stored, and what was kept longest."""
        self._known.pop(instead_of, None)
        self._known[body] = known
        while len(self._known) > self._size:
            self._known.pop(next(iter(self._known)), None)


class StateForm:
    """One turn's reading and writing of a state: what it writes is compared with what it has read."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._read: Key = (0, b"")
        self._before: Known | None = None

    def read(self, body: Body) -> State:
        """The state of a body, in today's version.

        Raises:
            NotADocument: it is no state.
            NewerDocument: a newer coach has saved it.
            MigrationFailed: it is of an older version and could not be made newer.
        """
        key = _key(body)
        known = self._memory.recall(key)
        if known is None:
            document = STATE.upgraded(_parsed(key[1]))
            try:
                known = Known(from_document(document), document)
            except Unreadable as fault:
                raise NotADocument(f"no state: {fault}") from fault
            self._memory.keep(key, known)
        self._read, self._before = key, known
        return known.state

    def write(self, state: State, plain_bytes: int, level: int) -> Body:
        """The body of a state.

        Raises:
            TooLarge: it is longer than any store takes.
        """
        before = self._before
        document = to_document(state, before.state, before.document) if before else to_document(state)
        body = packed(_text(document), plain_bytes, level)
        self._memory.keep(_key(body), Known(state, document), instead_of=self._read)
        return body


def _key(body: Body) -> Key:
    return STATE.version, body if isinstance(body, bytes) else body.encode()


def _parsed(body: bytes) -> Document:
    """The document of a body; what orjson does not take is read by the slower and more patient reader."""
    try:
        value: Any = orjson.loads(unpacked(body))
    except (ValueError, zlib.error):
        return from_body(body)
    return value if type(value) is dict else from_body(body)


def _text(document: Document) -> bytes:
    """A document as one line of JSON; half a surrogate pair, which orjson refuses, goes the way of the plain ones."""
    try:
        return orjson.dumps(document)
    except TypeError:
        return json.dumps(document, separators=(",", ":"), allow_nan=False).encode("ascii")
