"""What a signed body claims of itself: when it was sent, and for which skill."""

import re
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

from skill.alexa.request_time import from_number
from skill.alexa.verify.body import Envelope, part
from skill.alexa.verify.refused import Code, Refused

TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(hours=1)
_EVENT = "AlexaSkillEvent."

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def check_freshness(envelope: Envelope, now: datetime) -> datetime:
    """The moment until which this request counts as fresh, for the memory of replays.

    A request is fresh for 150 seconds to either side of its timestamp. Skill events, which Amazon delivers
    again and again until they are taken, may be an hour late; never earlier than any other.

    Raises Refused: there is no readable timestamp, or it is too old, or lies in the future.
    """
    sent_at = _timestamp(part(envelope, "request", "timestamp"))
    kind = part(envelope, "request", "type")
    if not isinstance(kind, str):
        raise Refused(Code.BODY_SHAPE, "request.type")
    late = EVENT_TOLERANCE if kind.startswith(_EVENT) else TOLERANCE
    if now - sent_at > late:
        raise Refused(Code.STALE, f"{(now - sent_at).total_seconds():.0f} s old")
    if sent_at - now > TOLERANCE:
        raise Refused(Code.FUTURE, f"{(sent_at - now).total_seconds():.0f} s ahead")
    return sent_at + late


def check_application(envelope: Envelope, ours: AbstractSet[str]) -> None:
    """Nothing, if every application id in the envelope is one of ours, and there is one.

    Raises Refused: a request that Amazon signed for somebody else's skill.
    """
    found = [
        part(envelope, *where, "application", "applicationId")
        for where in (("context", "System"), ("session",))
        if part(envelope, *where) is not None
    ]
    if not found or not all(isinstance(one, str) and one in ours for one in found):
        raise Refused(Code.APPLICATION, ", ".join(map(str, found)))


def _timestamp(text: object) -> datetime:
    try:
        if type(text) is int:
            return from_number(text)
        if not isinstance(text, str) or _TIMESTAMP.fullmatch(text) is None:
            raise Refused(Code.TIMESTAMP_FORM, str(text))
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused(Code.TIMESTAMP_FORM, str(text)) from None
