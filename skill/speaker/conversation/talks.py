"""The conversation of each open page: what is said goes through the skill's own endpoint, as an Echo's words do."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock, RLock
from typing import Any, Final

from skill.speaker.conversation.audio_places import BYTES_PER_MS, Places
from skill.speaker.conversation.ears import Ears, OpenEars, Room, Sound
from skill.speaker.conversation.envelope import Conversation, EndedReason, Playing, ended, utterance
from skill.speaker.conversation.local_trainee import LOCAL_NAME
from skill.speaker.conversation.spoken import Spoken, plain, spoken
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import Understood, understand

MOST_PAGES: Final = 64
MOST_PAGES_OF_ONE: Final = 16
"""Open pages of this machine, or of one paired device: a guest's seventeenth page costs a guest's first."""

Endpoint = Callable[[dict[str, Any]], dict[str, Any]]
"""The skill's endpoint: an envelope in, an answer out."""


@dataclass(frozen=True)
class Answer:
    """What the coach answered: what it had heard, what it says, and what it says should nobody speak.

    `is_open`: it waits for words.
    """

    heard: str
    spoken: Spoken
    reprompt: str
    is_open: bool


@dataclass(frozen=True)
class Hearing:
    """What a piece of the stream brought. `stopped_at` is where the audio was when the trainee began to speak."""

    is_speech: bool
    is_woken: bool = False
    stopped_at: Playing | None = None
    answer: Answer | None = None


class Talk:
    """One page: its conversation, its ears, and where its audio was at each instant of the stream."""

    def __init__(self, endpoint: Endpoint, device: str, account: str = LOCAL_NAME) -> None:
        self._endpoint = endpoint
        self._conversation = Conversation(account, device)
        self._ears: Ears | None = None
        self._places = Places()
        self._said = Spoken("")
        self._lock = RLock()

    def say(self, text: str, playing: Playing | None) -> Answer:
        """Something typed."""
        with self._lock:
            return self._turn(text, understand(text, self._conversation.locale), playing)

    def leave(self, reason: EndedReason, playing: Playing | None) -> None:
        """The trainee left, or said nothing twice. Nothing is answered."""
        with self._lock:
            if self._conversation.session_id is not None:
                self._endpoint(ended(self._conversation, reason, datetime.now(UTC), playing))
            self._conversation = Conversation(self._conversation.user, self._conversation.device)

    def stopped_at(self, offset_ms: int) -> Playing | None:
        """The place (ms) at which the count that was said last was stopped; None where the last answer was none."""
        with self._lock:
            is_count = bool(self._said.cues) and 0 <= offset_ms < self._said.length_ms
            return Playing(self._said.token, offset_ms, stopped=True) if is_count else None

    def deafen(self) -> None:
        """The microphone was closed: the next stream begins anew."""
        with self._lock:
            self._ears, self._places = None, Places()

    def hear(self, pcm: bytes, room: Room, playing: Playing | None, open_ears: OpenEars) -> Hearing:
        """The next piece of the microphone's stream.

        Args:
            pcm: 16 kHz 16-bit mono.
            room: what is going on.
            playing: the audio, and its place at the first sample of the piece.
            open_ears: opens the ears of a page that has none yet.

        Raises:
            EarsMissing: nothing can be heard here.
        """
        with self._lock:
            if self._ears is None:
                self._ears = open_ears()
            self._places.note(len(pcm), playing)
            hearing = Hearing(False)
            for sound in self._ears.hear(pcm, room, self._own_words(len(pcm), room, playing)):
                hearing = self._heard(sound, room, hearing)
            return Hearing(self._ears.is_speech, hearing.is_woken, hearing.stopped_at, hearing.answer)

    def _own_words(self, length_bytes: int, room: Room, playing: Playing | None) -> str:
        """What the coach was saying during a piece of the stream: the answer, or the count's words just then."""
        if room != "coach_speaks":
            return ""
        if playing is None or playing.token != self._said.token:
            return self._said.text
        until_ms = playing.offset_ms + length_bytes / BYTES_PER_MS
        begun = [cue for cue in self._said.cues if cue.at_ms <= until_ms]
        during = [cue for cue in begun if cue.at_ms >= playing.offset_ms]
        return " ".join(cue.text for cue in during or begun[-1:])

    def _heard(self, sound: Sound, room: Room, so_far: Hearing) -> Hearing:
        place = so_far.stopped_at or self._places.at(sound.began_ms)
        if sound.kind == "woken":
            return Hearing(True, True, place, so_far.answer)
        if sound.kind == "understood" and sound.understood is not None:
            return Hearing(True, so_far.is_woken, place, self._turn(sound.text, sound.understood, place))
        if sound.kind == "unsure" and room in ("awake", "called"):
            return Hearing(True, so_far.is_woken, place, self._turn(sound.text, NOT_UNDERSTOOD, place))
        return so_far

    def _turn(self, text: str, understood: Understood, playing: Playing | None) -> Answer:
        request = utterance(self._conversation, understood, datetime.now(UTC), playing)
        answer = self._endpoint(request)
        self._conversation = self._conversation.after(request, answer)
        self._said = spoken(answer)
        return Answer(text, self._said, _reprompt(answer), self._conversation.session_id is not None)


NOT_UNDERSTOOD: Final = Understood(FALLBACK, {}, 0.0)


class Talks:
    """The open pages; of many of one owner, the one that was silent longest is forgotten."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._open: OrderedDict[tuple[str, str], Talk] = OrderedDict()
        self._lock = Lock()

    def of(self, page: str, owner: str = "") -> Talk:
        """The talk of the page with this name.

        Args:
            page: the page's own name for itself.
            owner: the paired device whose page it is; "" for this machine. Nobody reaches another's page by its name.
        """
        with self._lock:
            key = owner, page
            if key not in self._open:
                self._open[key] = Talk(self._endpoint, "-".join(filter(None, ("page", owner, page))))
                self._make_room(owner)
            self._open.move_to_end(key)
            return self._open[key]

    def _make_room(self, owner: str) -> None:
        own = [key for key in self._open if key[0] == owner]
        if len(own) > MOST_PAGES_OF_ONE:
            del self._open[own[0]]
        if len(self._open) > MOST_PAGES:
            self._open.popitem(last=False)


def _reprompt(answer: dict[str, Any]) -> str:
    reprompt = answer.get("response", {}).get("reprompt") or {}
    return plain((reprompt.get("outputSpeech") or {}).get("ssml", ""))
