"""Reading a request's text strictly and within bounds, once.

What is refused is what two readers could take for two things, or what would break something further down:
text that is no UTF-8, a name that stands twice in one object, NaN and numbers past 64 bits, nesting past
32, a NUL (no PostgreSQL text) and half a surrogate pair (no UTF-8 can be written from it).
"""

import json
import math
import re
from typing import Any

from skill.alexa.verify.refused import Code, Refused

Envelope = dict[str, Any]

LARGEST = 256 * 1024
DEEPEST = 32  # an Echo Show's envelope is 9 deep
_LONGEST_NUMBER = 19  # digits: what fits 64 bits

# Escapes that may hide a NUL or a lone surrogate; absent from nearly every request, so the long check is
# rare.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def read(raw: bytes) -> Envelope:
    """The JSON object in a body. Raises Refused: the text is not UTF-8, not one JSON object, or past a bound."""
    if len(raw) > LARGEST:
        raise Refused(Code.BODY_SIZE)
    try:
        envelope = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(Code.BODY_TEXT, error.reason) from None
    except RecursionError:
        raise Refused(Code.BODY_DEPTH) from None
    except ValueError as error:
        raise Refused(Code.BODY_JSON, str(error)) from None
    if not isinstance(envelope, dict):
        raise Refused(Code.BODY_SHAPE, type(envelope).__name__)
    _check_depth(envelope)
    if _SUSPECT.search(raw):
        _check_text(envelope)
    return envelope


def part(envelope: Envelope, *names: str) -> Any:
    """What stands at the end of a path of names, None where the path breaks off."""
    here: Any = envelope
    for name in names:
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _check_depth(envelope: Envelope) -> None:
    layer: list[Any] = [envelope]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for node in layer:
            for value in node.values() if type(node) is dict else node:
                if type(value) is dict or type(value) is list:
                    below.append(value)
        if not below:
            return
        layer = below
    raise Refused(Code.BODY_DEPTH)


def _check_text(envelope: Envelope) -> None:
    written = json.dumps(envelope, ensure_ascii=False)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused(Code.BODY_TEXT, error.reason) from None
    if re.search(r"(?<!\\)(?:\\\\)*\\u0000", written):
        raise Refused(Code.BODY_TEXT, "NUL")


def _unique(pairs: list[tuple[str, Any]]) -> Envelope:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(Code.BODY_JSON, "a name stands twice in one object")
    return found


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Refused(Code.BODY_NUMBER)
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if len(text) > 32 or not math.isfinite(number):
        raise Refused(Code.BODY_NUMBER)
    return number


def _constant(text: str) -> float:
    raise Refused(Code.BODY_NUMBER, text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
