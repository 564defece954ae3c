"""An Alexa request as the coach hears it: intents and slots read into plain values, nothing decided."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from skill.alexa.reading import Envelope, Intent, Player, Request
from skill.alexa.request_time import moment
from skill.alexa.shown import shown_of, touched_at
from skill.alexa.slots import (
    Slots,
    bands_of,
    beyond_of,
    filled,
    id_of,
    is_unresolved,
    number_of,
    reps_of,
    seconds_of,
)
from skill.coach.messages.heard import Heard
from skill.coach.value import LATEST

OF_MUSCLES: Final = ("SorenessIntent", "EffortIntent")
"""What is normal of a muscle and pain of any other place."""
ROUNDS: Final = {"first": 1, "second": 2, "third": 3, "before": -1}
"""Which of the sets a number is said to be of."""
MEANT_AS: Final = ("leg_meant", "other_leg", "no_count", "miscount")
"""How a word about a leg, a set or a number is meant."""
UNCLEAR: Final = "unclear"
ELSEWHERE: Final = "elsewhere"
TOUCH: Final = "Alexa.Presentation.APL.UserEvent"
BUTTONS: Final = frozenset({"FailIntent", "PainIntent", "AMAZON.PauseIntent", "SkipRestIntent"})
"""What the buttons of the screens mean; each has the very meaning of its words."""


def heard_of(envelope: Envelope, number_words: Mapping[str, int], arrived: datetime) -> Heard:
    """What a LaunchRequest, IntentRequest or event with a timestamp says; it `arrived` by this endpoint's clock.

    `number_words` are for clients that leave numbers as they were said.
    """
    request = envelope.request
    kind, intent = request.object_type, request.intent
    slots = filled(intent)
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
        number=reps_of(slots, number_words),
        fewer=beyond_of(slots, "fewer", number_words) or int(_is_one_rep(slots)),
        further=beyond_of(slots, "further", number_words),
        bands=bands_of(name, slots),
        end=id_of(slots.get("end")),
        worn=id_of(slots.get("mistake")) or id_of(slots.get("back")) or id_of(slots.get("worn")),
        answer=id_of(slots.get("answer")) or id_of(slots.get("not_yet")),
        body_part=id_of(slots.get("place"), ELSEWHERE) or id_of(slots.get("muscle"), ELSEWHERE),
        feeling=id_of(slots.get("hurting"), UNCLEAR),
        sign=id_of(slots.get("symptom"), UNCLEAR),
        condition=id_of(slots.get("condition"), UNCLEAR) or id_of(slots.get("asked_about"), UNCLEAR),
        healer=id_of(slots.get("healer")),
        is_asked=bool(id_of(slots.get("asked_about"), UNCLEAR)),
        is_done=bool(id_of(slots.get("done"))),
        side=id_of(slots.get("side")),
        round=ROUNDS.get(id_of(slots.get("which_set")), 0),
        of_last_workout=id_of(slots.get("earlier")) == "last_time",
        other=number_of(slots, "reps_other", number_words),
        names_set=bool(id_of(slots.get("set"))),
        names_next=id_of(slots.get("set")) == "next_set",
        meant_as=next((id_of(slots[each]) for each in MEANT_AS if each in slots), ""),
        seconds=seconds_of(slots, number_words),
        aspect=id_of(slots.get("aspect")) or id_of(slots.get("reason_of")),
        topic=id_of(slots.get("topic")),
        meant=_meant(name, slots),
        past=id_of(slots.get("past")),
        unresolved=tuple(each for each, slot in slots.items() if is_unresolved(slot)),
        exercise=id_of(slots.get("exercise")),
        device=short(envelope.device.device_id),
        token=token,
        at_ms=offset_of(player),
        reason=_reason(request),
        ms=_within_its_second(request, arrived),
        touched=touched is not None and name in BUTTONS,
        shown=(touched_at(request.arguments) if touched else None) or shown_of(envelope),
    )


def touched_of(request: Request) -> tuple[str, str] | None:
    """What a screen of ours tells and of which count: a button's intent, or that the count was shown to its end.

    None for any other request, and for arguments that no screen of ours sends.
    """
    told = request.arguments if request.object_type == TOUCH else None
    if (
        not isinstance(told, list)
        or len(told) not in (3, 4)
        or not all(isinstance(each, str) for each in told[:3])
    ):
        return None
    kind, intent, token = told[:3]
    if kind == "touched" and intent in BUTTONS:
        return intent, token
    return ("CountShown", token) if kind == "count_over" and not intent else None


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


def _meant(name: str, slots: Slots) -> str:
    """What a sentence that was not understood is a little like, where the speaker tells it; Alexa never does."""
    meant = slots.get("meant")
    return (meant.value or "") if name == "AMAZON.FallbackIntent" and meant is not None else ""


def _is_one_rep(slots: Slots) -> bool:
    return id_of(slots.get("no_count")) == "rep"


def _intent(intent: Intent, slots: Slots) -> str:
    """The intent's name. "No" with no number after it is a plain no, whatever sample it was matched with.

    "My knee is sore" or "I feel it in my back" matches a sample of muscles, yet these are none: there it is pain. A rep
    that does not count is one fewer, and no set that is taken back.
    """
    reps = slots.get("reps")
    if _is_one_rep(slots):
        return "LogSetIntent"
    if intent.name == "LogSetIntent" and reps is not None and reps.value == "":
        return "AMAZON.NoIntent"
    is_no_muscle = intent.name in OF_MUSCLES and is_unresolved(slots.get("muscle"))
    return "PainIntent" if is_no_muscle else intent.name or ""
