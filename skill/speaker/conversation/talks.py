"""A conversation with a page or a terminal: what is said goes through the skill's endpoint, as an Echo's words do."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Final

from skill.coach.dialogue import TurnTaken
from skill.coach.open_questions import waits_for_number
from skill.locales.texts import DEFAULT
from skill.people.names import introduced
from skill.people.person import FIRST, Person
from skill.speaker.conversation.audio_places import BYTES_PER_MS, Places
from skill.speaker.conversation.ears import Ears, Expected, OpenEars, Room, Sound
from skill.speaker.conversation.endpoint import Endpoint
from skill.speaker.conversation.envelope import Conversation, EndedReason, Playing, ended, utterance
from skill.speaker.conversation.foresight import EVERY_MS, Foresight
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.understanding import language
from skill.speaker.understanding.model import FALLBACK, LAUNCH
from skill.speaker.understanding.understand import Understood, understand

People = Callable[[], Sequence[Person]]
"""Everybody who trains here, as it is now."""


@dataclass(frozen=True)
class Answer:
    """What the coach answered: what it had heard, what it says, and what it says should nobody speak.

    `is_open`: it waits for words. `person` is the id of whom it speaks to, `taken` the turn behind it, `voice` the one
    that this person chose, `locale` the one whose words these are.
    """

    heard: str
    spoken: Spoken
    reprompt: str
    is_open: bool
    person: str = FIRST
    taken: TurnTaken | None = None
    voice: str = ""
    locale: str = ""


@dataclass(frozen=True)
class Hearing:
    """What a piece of the stream brought. `stopped_at` is where the audio was when the trainee began to speak."""

    is_speech: bool
    is_woken: bool = False
    stopped_at: Playing | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class Request:
    """What a device says of a request of its own that it may have to send again.

    `name` is the same each time, so that it is acted on once; `ago` is how long ago it was said.
    """

    name: str = ""
    ago: timedelta = timedelta()


UNNAMED: Final = Request()
NOBODY_ELSE: Final = Person(FIRST)


class Talk:
    """One page: its conversation, its ears, and where its audio was at each instant of the stream.

    `locale` is the one that is spoken here, for somebody who has chosen no language. With `foresight` likely answers
    are made while the coach speaks and a microphone is open.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        device: str,
        person: Person = NOBODY_ELSE,
        people: People = tuple,
        locale: str = DEFAULT,
        foresight: Foresight | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._foresight = foresight
        self._locale = locale
        self._device = device
        self._people = people
        self._person = person
        self._conversation = self._fresh()
        self._ears: Ears | None = None
        self._wake_word = ""
        self._places = Places()
        self._said = Spoken("")
        self._expected: Expected = ""
        self._looks_from_ms = 0.0
        self._lock = RLock()

    def say(self, text: str, playing: Playing | None, request: Request = UNNAMED) -> Answer:
        """Something typed or tapped. What is a command is never taken for a name."""
        with self._lock:
            understood = understand(text, self._conversation.locale)
            if understood.intent == FALLBACK and (person := self._introduced(text)) is not None:
                return self._begin_with(person, text, playing)
            return self._turn(text, understood, playing, request)

    def speak(self, locale: str) -> None:
        """Go on in another language; what is known of the trainee holds no words."""
        with self._lock:
            self._locale = locale
            self._conversation = replace(self._conversation, locale=self._person.language or locale)

    def is_with(self, person: str) -> bool:
        """Whether it is this person's conversation; waits for a turn that is under way."""
        with self._lock:
            return self._person.id == person

    def turn_to(self, person: Person, playing: Playing | None = None) -> None:
        """Somebody else trains from now on: what was under way is kept as when its trainee leaves."""
        with self._lock:
            if person.id != self._person.id:
                self.leave("USER_INITIATED", playing)
                self._person = person
                self._conversation = self._fresh()
            self._person = person

    def leave(self, reason: EndedReason, playing: Playing | None) -> None:
        """The trainee left, or said nothing twice. Nothing is answered."""
        with self._lock:
            if self._conversation.session_id is not None:
                self._endpoint(ended(self._conversation, reason, datetime.now(UTC), playing))
            self._conversation = self._fresh()

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
        """The next piece of the microphone's stream: 16 kHz 16-bit mono.

        `playing` is the audio, and its place at the first sample of the piece. `open_ears` opens the ears of a page
        that has none yet.

        Raises EarsMissing: nothing can be heard here.
        """
        with self._lock:
            wanted = self._person.settings.wake_word
            if self._ears is None or wanted != self._wake_word:
                self._ears, self._places, self._wake_word = open_ears(wanted), Places(), wanted
            self._places.note(len(pcm), playing)
            hearing = Hearing(False)
            own_words = self._own_words(len(pcm), room, playing)
            if room == "coach_speaks":
                self._look_ahead(self._ears, playing)
            for sound in self._ears.hear(pcm, room, own_words, self._expected):
                hearing = self._heard(sound, room, hearing)
            return Hearing(self._ears.is_speech, hearing.is_woken, hearing.stopped_at, hearing.answer)

    def _look_ahead(self, ears: Ears, playing: Playing | None) -> None:
        """Make what may be answered next, while the coach speaks and nobody else does."""
        said, is_in_count = self._said, playing is not None and playing.token == self._said.token
        place_ms = playing.offset_ms if playing is not None and is_in_count else 0
        if self._foresight is None or ears.is_speech or place_ms < self._looks_from_ms:
            return
        self._looks_from_ms = place_ms + EVERY_MS if said.cues else math.inf
        voice = self._person.settings.speaker
        self._foresight.look(
            self._conversation,
            said,
            place_ms,
            voice,
            lambda: self._said is said and not ears.is_speech,
        )

    def _own_words(self, length_bytes: int, room: Room, playing: Playing | None) -> str:
        """What the coach was saying during a piece of the stream: the answer, or the count's words just then."""
        if room != "coach_speaks":
            return ""
        if playing is None or playing.token != self._said.token:
            return self._said.text
        until_ms = playing.offset_ms + length_bytes / BYTES_PER_MS
        begun = [cue for cue in self._said.cues if cue.at_ms <= until_ms]
        during = [cue for cue in begun if cue.at_ms >= playing.offset_ms]
        return " ".join(cue.text for cue in during or begun[-1:]) or self._said.text

    def _heard(self, sound: Sound, room: Room, so_far: Hearing) -> Hearing:
        place = so_far.stopped_at or self._places.at(sound.began_ms)
        if sound.kind == "woken":
            return Hearing(True, True, place, so_far.answer)
        if sound.kind == "understood" and sound.understood is not None:
            return Hearing(True, so_far.is_woken, place, self._turn(sound.text, sound.understood, place))
        if room != "coach_speaks" and (person := self._introduced(sound.text)) is not None:
            return Hearing(True, so_far.is_woken, place, self._begin_with(person, sound.text, place))
        if sound.kind == "unsure" and room in ("awake", "called"):
            return Hearing(True, so_far.is_woken, place, self._turn(sound.text, NOT_UNDERSTOOD, place))
        return so_far

    def _introduced(self, text: str) -> Person | None:
        known = language.load(self._conversation.locale)
        words = known.settings
        return introduced(self._people(), text, words["introductions"], words["denies_a_name"])

    def _begin_with(self, person: Person, text: str, playing: Playing | None) -> Answer:
        self.turn_to(person, playing)
        return self._turn(text, TO_BEGIN, None)

    def _turn(
        self, text: str, understood: Understood, playing: Playing | None, request: Request = UNNAMED
    ) -> Answer:
        said_at = datetime.now(UTC) - request.ago
        envelope = utterance(self._conversation, understood, said_at, playing, request.name)
        told = self._endpoint(envelope)
        self._conversation = self._conversation.after(envelope, told.envelope)
        self._said, self._looks_from_ms = told.spoken, 0.0
        is_open = self._conversation.session_id is not None
        self._expected = "number" if is_open and told.taken and waits_for_number(told.taken.state) else ""
        person = self._person
        voice, locale = person.settings.speaker, self._conversation.locale
        return Answer(text, told.spoken, told.reprompt, is_open, person.id, told.taken, voice, locale)

    def _fresh(self) -> Conversation:
        return Conversation(self._person.account, self._device, self._person.language or self._locale)


NOT_UNDERSTOOD: Final = Understood(FALLBACK, {}, 0.0)
TO_BEGIN: Final = Understood(LAUNCH, {}, 1.0)
