"""A document as the text that every store keeps: compact ASCII JSON, the same bytes in all of them."""

import json
from typing import Any

from skill.store.base import MAX_BYTES, Document, StoreError, TooLarge

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode
_decode = json.JSONDecoder().decode


class NotADocument(StoreError):
    """The stored text is not the JSON object that was saved."""


def to_text(document: Document) -> str:
    """The document as one line of ASCII, so that its length in characters is its length in bytes.

    Raises:
        TooLarge: it is longer than any store takes.
    """
    text = _encode(document)
    if len(text) > MAX_BYTES:
        raise TooLarge(f"{len(text)} bytes are more than a store takes in one document ({MAX_BYTES})")
    return text


def from_text(text: str | bytes) -> Document:
    """The document back from its text.

    Raises:
        NotADocument: the text is not valid UTF-8, not JSON, or not a JSON object.
    """
    try:
        value: Any = _decode(text if isinstance(text, str) else str(text, "utf-8"))
    except (ValueError, TypeError, RecursionError) as fault:
        raise NotADocument(f"not JSON: {fault}") from fault
    if type(value) is not dict:
        raise NotADocument(f"a JSON {type(value).__name__} where an object belongs")
    return value
