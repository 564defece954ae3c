"""A document as every store keeps it: one line of ASCII JSON, deflated where it has grown long.

What a turn reads and writes stays under 4 kB however much a trainee does in a workout: a long document is so
repetitive that it packs to a quarter. A short one stays as it is, since packing costs more time than it saves.
ISA-L packs the fast level, into zlib's own format, in a sixth of zlib's time; anybody's zlib unpacks it.
"""

import json
import zlib
from typing import Any, Final

from isal import isal_zlib

from skill.store.base import MAX_BYTES, Body, Document, StoreError, TooLarge

PLAIN_BYTES: Final = 4000
"""The longest text that is kept unpacked."""
FAST: Final = 0
"""ISA-L's fastest level: twice as fast as its next, for a fifth more of bytes."""

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode
_decode = json.JSONDecoder().decode


class NotADocument(StoreError):
    """What is stored is not the JSON object that was saved."""


def to_body(document: Document, plain_bytes: int = PLAIN_BYTES, level: int = FAST) -> Body:
    """The document as text, or as bytes (zlib) where the text is longer than `plain_bytes`.

    Raises TooLarge: it is longer than any store takes.
    """
    return packed(_encode(document).encode("ascii"), plain_bytes, level)


def packed(text: bytes, plain_bytes: int, level: int) -> Body:
    """The text of a document as a body. Raises TooLarge: it is longer than any store takes."""
    if len(text) <= plain_bytes:
        return text.decode()
    if len(text) > MAX_BYTES:
        raise TooLarge(f"{len(text)} bytes are more than a store takes in one document ({MAX_BYTES})")
    return isal_zlib.compress(text, level) if level == FAST else zlib.compress(text, level)


def from_body(body: Body) -> Document:
    """The document back from its text, or from its packed bytes.

    Raises NotADocument: the body is neither, or its text is not a JSON object.
    """
    try:
        value: Any = _decode(body if isinstance(body, str) else str(unpacked(body), "utf-8"))
    except (ValueError, TypeError, RecursionError, zlib.error) as fault:
        raise NotADocument(f"not JSON: {fault}") from fault
    if type(value) is not dict:
        raise NotADocument(f"a JSON {type(value).__name__} where an object belongs")
    return value


def unpacked(body: bytes) -> bytes:
    """The text of a body; it begins with a brace, zlib's bytes with its header. More than we ever pack is not ours.

    Raises zlib.error: it is neither.
    """
    if body[:1] == b"{":
        return body
    unpacking = isal_zlib.decompressobj()
    text = unpacking.decompress(body, MAX_BYTES)
    if not unpacking.eof:
        raise zlib.error("the packed text is cut off, or too long to be ours")
    return text


class _Documents:
    """Plain documents: what a store reads and keeps for whoever brings no form of their own."""

    read = staticmethod(from_body)
    write = staticmethod(to_body)


DOCUMENTS: Final = _Documents()
