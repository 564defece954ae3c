"""What is taken from a satellite: every size is looked at before anything of that size is read or made.

Wyoming knows no passwords, so whoever reaches the port is taken for a stranger here.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from wyoming.audio import AudioChunk
from wyoming.event import Event

LARGEST_BYTES: Final = 65_536
"""Bytes of an event's data, and of its payload."""
LARGEST_CONTEXT: Final = 4096
LONGEST_TEXT: Final = 8000
"""Letters of a text to be spoken: a whole count has three thousand."""
LONGEST_SENTENCE: Final = 400
LONGEST_ID: Final = 200
RATES: Final = range(8_000, 48_001)
WIDTHS: Final = range(1, 5)
CHANNELS: Final = range(1, 3)
IDLE_S: Final = 60.0
"""Seconds that a connection may be silent."""
EVENT_S: Final = 10.0
"""Seconds in which an event that has begun has to be whole."""


class NotWyoming(ValueError):
    """What came is no event at all, or larger than any: nothing after it can be trusted."""


class Unfit(ValueError):
    """An event that cannot be used; the message says why in the coach's own words."""


async def read_event(reader: asyncio.StreamReader) -> Event | None:
    """The next event; None where the other side has left or is silent for too long.

    Raises NotWyoming: no event, too large, or it does not come to its end.
    """
    try:
        line = await asyncio.wait_for(reader.readline(), IDLE_S)
    except TimeoutError:
        return None
    except ValueError:
        raise NotWyoming("a head without an end") from None
    if not line:
        return None
    head = _object(line)
    kind, data = head.get("type"), head.get("data") or {}
    if not isinstance(kind, str) or not isinstance(data, dict):
        raise NotWyoming("a head without a type")
    try:
        more, payload = await asyncio.wait_for(_rest(reader, head), EVENT_S)
    except (TimeoutError, asyncio.IncompleteReadError):
        raise NotWyoming("an event without its end") from None
    return Event(kind, data | (_object(more) if more else {}), payload or None)


async def _rest(reader: asyncio.StreamReader, head: Mapping[str, Any]) -> tuple[bytes, bytes]:
    lengths = [head.get(name) or 0 for name in ("data_length", "payload_length")]
    if any(type(each) is not int or not 0 <= each <= LARGEST_BYTES for each in lengths):
        raise NotWyoming("an event past all bounds")
    return await reader.readexactly(lengths[0]), await reader.readexactly(lengths[1])


def _object(text: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (ValueError, RecursionError):
        raise NotWyoming("no JSON object") from None


def audio_of(event: Event) -> AudioChunk:
    """The sound of an event, of a form that a microphone has. Raises Unfit: of no such form."""
    form: list[Any] = [event.data.get(name) for name in ("rate", "width", "channels")]
    allowed = (RATES, WIDTHS, CHANNELS)
    if any(type(each) is not int or each not in range_ for each, range_ in zip(form, allowed, strict=True)):
        raise Unfit("The coach hears 8 to 48 kHz, 1 to 4 bytes a sample, 1 or 2 channels.")
    rate, width, channels = form
    sound = event.payload or b""
    if len(sound) % (width * channels):
        raise Unfit("Half a sample is missing from this sound.")
    return AudioChunk(rate, width, channels, sound)


def text_of(event: Event, longest: int) -> str:
    """The text of an event. Raises Unfit: there is none, or it is too long."""
    text = event.data.get("text")
    if not isinstance(text, str) or len(text) > longest:
        raise Unfit(f"A text of at most {longest} letters was expected.")
    return text


def context_of(event: Event) -> dict[str, Any]:
    """The context of an event, which is handed back with the answer; {} where there is none.

    Raises Unfit: it is none that can be handed back.
    """
    context = event.data.get("context") or {}
    if not isinstance(context, dict) or len(json.dumps(context)) > LARGEST_CONTEXT:
        raise Unfit("The context of a turn is a small object.")
    return context


def room_of(context: Mapping[str, Any]) -> str:
    """Where something was said: the satellite if it is named, else the device, else the conversation."""
    for name in ("satellite_id", "device_id", "conversation_id"):
        found = context.get(name)
        if isinstance(found, str) and found:
            return found[:LONGEST_ID]
    return ""


def person_of(context: Mapping[str, Any]) -> str:
    """Who trains there, where Home Assistant says so; "" for whoever trains on this machine."""
    person = context.get("person")
    return person[:LONGEST_ID] if isinstance(person, str) else ""
