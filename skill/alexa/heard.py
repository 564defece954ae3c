"""An Alexa request as the coach hears it: intents and slots read into plain values, nothing decided."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from skill.alexa.reading import Authority, Envelope, Intent, Player, Request, Slot
from skill.alexa.request_time import moment
from skill.coach.heard import Heard
from skill.coach.value import LATEST

Slots = Mapping[str, Slot]

BAND_SLOTS: Final = (
    *(f"band_{each}" for each in ("one", "two", "three", "four", "five", "six", "seven", "eight", "last")),
    "band",
)
TAKE_NEW_BANDS: Final = ("LadderIntent", "AddBandIntent")
"""Where a band may have a name that nobody foresaw; elsewhere such a name is no band."""
OF_MUSCLES: Final = ("SorenessIntent", "EffortIntent")
"""What is normal of a muscle and pain of any other place."""
NUMBERS: Final = ("reps", "how_many")
NO_BAND: Final = "none"
UNCLEAR: Final = "unclear"
ELSEWHERE: Final = "elsewhere"
COMPARED: Final = ("tougher", "lighter")
LONGEST_NAME: Final = 40
TOUCH: Final = "Alexa.Presentation.APL.UserEvent"
BUTTONS: Final = frozenset({"FailIntent", "PainIntent", "AMAZON.PauseIntent"})
"""What the buttons of the screens mean; each has the very meaning of its words."""
_NAME: Final = re.compile(r"[\W_]+")
_THEN: Final = re.compile(r"_then_|\s+")
_WHOLE: Final = re.compile(r"[0-9]{1,6}")


def heard_of(envelope: Envelope, number_words: Mapping[str, int], arrived: datetime) -> Heard:
    """What a LaunchRequest, IntentRequest or event says.

    Args:
        envelope: the request, which has a timestamp.
        number_words: numbers by their words, for clients that leave them as they were said.
        arrived: this endpoint's clock when the request came in.
    """
    request = envelope.request
    kind, intent = request.object_type, request.intent
    slots = _slots(intent)
    player = request if kind in PLAYER_EVENTS else envelope.player
    name = _intent(intent, slots) if intent is not None else _EVENTS.get(kind, kind)
    token = (player and player.token) or ""
    touched = touched_of(request)
    if touched is not None:
        name, token = touched
        player = None
    return Heard(
        intent=name,
        request_id=short(request.request_id),
        number=_reps(slots, number_words),
        bands=_bands(name, slots),
        end=_id_of(slots.get("end")),
        body_part=_id_of(slots.get("place"), ELSEWHERE) or _id_of(slots.get("muscle"), ELSEWHERE),
        feeling=_id_of(slots.get("hurting"), UNCLEAR),
        sign=_id_of(slots.get("symptom"), UNCLEAR),
        condition=_id_of(slots.get("condition"), UNCLEAR),
        side=_id_of(slots.get("side")),
        seconds=_seconds(slots, number_words),
        aspect=_id_of(slots.get("aspect")),
        topic=_id_of(slots.get("topic")),
        unresolved=tuple(each for each, slot in slots.items() if _is_unresolved(slot)),
        exercise=_id_of(slots.get("exercise")),
        device=short(envelope.device.device_id),
        token=token,
        at_ms=offset_of(player),
        reason=_reason(request),
        ms=_within_its_second(request, arrived),
        touched=touched is not None and name in BUTTONS,
    )


def touched_of(request: Request) -> tuple[str, str] | None:
    """What a screen of ours tells and of which count: a button's intent, or that the count was shown to its end.

    None for any other request, and for arguments that no screen of ours sends.
    """
    told = request.arguments if request.object_type == TOUCH else None
    if not isinstance(told, list) or len(told) != 3 or not all(isinstance(each, str) for each in told):
        return None
    kind, intent, token = told
    if kind == "touched" and intent in BUTTONS:
        return intent, token
    return ("PlaybackFinished", token) if kind == "count_over" and not intent else None


_EVENTS: Final = {
    "LaunchRequest": "Launch",
    "SessionEndedRequest": "SessionEnded",
    "AlexaSkillEvent.SkillDisabled": "SkillDisabled",
    "AudioPlayer.PlaybackStopped": "PlaybackStopped",
    "AudioPlayer.PlaybackFinished": "PlaybackFinished",
    "AudioPlayer.PlaybackFailed": "PlaybackFailed",
    "Alexa.Presentation.APLA.RuntimeError": "CountNotPlayed",
    "Alexa.Presentation.APL.RuntimeError": "ScreenFailed",
}
PLAYER_EVENTS: Final = frozenset(
    kind for kind in _EVENTS if kind.startswith(("AudioPlayer.", "Alexa.Presentation."))
)
"""Reports about one piece of audio: token and offset stand in the request itself."""


def _reason(request: Request) -> str:
    """Why a session ended, or of which kind the first fault of a count was; "" where nothing is said of it."""
    fault = request.errors[0] if request.errors else None
    reason = request.reason or (fault and fault.type)
    return reason if isinstance(reason, str) else ""


def user_of(envelope: Envelope) -> str:
    """Whoever is speaking: the person where Alexa knows the voice, else the account. "" where there is neither."""
    person = envelope.system.person
    user = envelope.system.user or (envelope.session and envelope.session.user)
    return (person and person.person_id) or (user and user.user_id) or ""


def now_of(envelope: Envelope) -> int | None:
    """The request's timestamp in whole seconds since 1970, or None where there is none that can be kept."""
    try:
        made_at = envelope.request.made_at()
    except (ValueError, OverflowError):  # a number outside all years
        return None
    seconds = int(made_at.timestamp()) if made_at else -1
    return seconds if 0 <= seconds <= LATEST else None


def _within_its_second(request: Request, arrived: datetime) -> int:
    """Milliseconds into its second at which the request was made: stamped so, or judged by its arrival."""
    stamp = request.made_at() or arrived
    exact = stamp if stamp.microsecond else moment(stamp, arrived)
    return exact.microsecond // 1000


@lru_cache(maxsize=512)
def short(identity: str | None) -> str:
    """A long id made short and opaque; no raw id is kept with a workout."""
    return hashlib.sha256(identity.encode()).hexdigest()[:12] if identity else ""


def offset_of(player: Request | Player | None) -> int | None:
    """The place in its audio that a player, or a report of one, tells (ms); None where it tells none."""
    if isinstance(player, Request) and player.current_playback_state:
        player = player.current_playback_state
    if not player or not player.token or player.offset_in_milliseconds is None:
        return None
    return max(0, player.offset_in_milliseconds)


def _slots(intent: Intent | None) -> Slots:
    """The slots that hold anything."""
    return {name: slot for name, slot in ((intent and intent.slots) or {}).items() if slot}


def _bands(intent: str, slots: Slots) -> tuple[str, ...]:
    """The bands in their order. A name that did not resolve is one only where bands are told."""
    known = slots if intent in TAKE_NEW_BANDS else _resolved_of(slots)
    singles = tuple(name for each in BAND_SLOTS if (name := _name_of(known.get(each))))
    return (*_run(known.get("band_run")), *singles, *_compared(known))


def _resolved_of(slots: Slots) -> Slots:
    return {name: slot for name, slot in slots.items() if not _is_unresolved(slot)}


def _compared(slots: Slots) -> tuple[str, ...]:
    """The tougher and the lighter of two bands, "" for the one that has no name; nothing where none has."""
    found = tuple(_name_of(slots.get(each)) for each in COMPARED)
    return found if any(found) else ()


def _run(slot: Slot | None) -> tuple[str, ...]:
    """Several bands said in one breath: the id of such a value joins theirs by "then"."""
    if slot is None:
        return ()
    return tuple(name for each in _THEN.split(_id_or_words(slot).lower()) if (name := _plain(each)))


def _name_of(slot: Slot | None) -> str:
    """What a slot resolved to, else its words, as a name; "" where it holds nothing."""
    return _plain(_id_or_words(slot)) if slot is not None else ""


MATCH: Final = "ER_SUCCESS_MATCH"


def _id_of(slot: Slot | None, unresolved: str = "") -> str:
    """The id of the entry that a slot names; `unresolved` where it was filled and names none, "" where it was not."""
    return unresolved if _is_unresolved(slot) else _name_of(slot)


def _is_unresolved(slot: Slot | None) -> bool:
    """Whether a slot was filled with words that name no entry of its type (ER_SUCCESS_NO_MATCH and its like)."""
    if slot is None or not slot.value:
        return False
    authorities = slot.authorities()
    return bool(authorities) and not any(_is_match(each) and _entries(each) for each in authorities)


def _is_match(authority: Authority) -> bool:
    """Whether an authority says that it knows the words; one whose answer nobody knows does not."""
    return authority.status is None or authority.status.code == MATCH


def _entries(authority: Authority) -> list[str]:
    """The ids of the entries that an authority found, or their names."""
    found = [each.value for each in authority.values or () if each and each.value]
    return [name for each in found if (name := each.id or each.name)]


def _id_or_words(slot: Slot) -> str:
    if not slot.value:
        return ""
    return next((name for each in slot.authorities() for name in _entries(each)), slot.value)


def _plain(words: str) -> str:
    return _NAME.sub("_", words.lower()).strip("_")[:LONGEST_NAME]


def _reps(slots: Slots, number_words: Mapping[str, int]) -> int | None:
    """How many were said: reps, or bands; no band at all ("none") is also the number none."""
    counted = (_number(slots.get(each), number_words) for each in NUMBERS)
    found = next((each for each in counted if each is not None), None)
    return 0 if found is None and _name_of(slots.get("band_one")) == NO_BAND else found


def _seconds(slots: Slots, number_words: Mapping[str, int]) -> int | None:
    """The length of time that was said, in seconds; None where none was."""
    minutes, seconds = (_number(slots.get(each), number_words) for each in ("minutes", "seconds"))
    return None if minutes is None and seconds is None else 60 * (minutes or 0) + (seconds or 0)


def _number(slot: Slot | None, number_words: Mapping[str, int]) -> int | None:
    """A whole number from 0 to 999, or None where the slot holds anything else ("?", "-3", "a few")."""
    value = ((slot and slot.value) or "").strip().lower()
    if _WHOLE.fullmatch(value):
        return min(999, int(value))
    return number_words.get(value.replace("-", " "))


def _intent(intent: Intent, slots: Slots) -> str:
    """The intent's name. "No" with no number after it is a plain no, whatever sample it was matched with.

    "My knee is sore" or "I feel it in my back" matches a sample of muscles, yet these are none: there it is pain.
    """
    reps = slots.get("reps")
    if intent.name == "LogSetIntent" and reps is not None and reps.value == "":
        return "AMAZON.NoIntent"
    is_no_muscle = intent.name in OF_MUSCLES and _is_unresolved(slots.get("muscle"))
    return "PainIntent" if is_no_muscle else intent.name or ""
