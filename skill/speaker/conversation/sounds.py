"""An answer as sound: a sentence at a time, so that the first is heard while the second is still being made.

A count is one track, which may be entered where the sentences before it end. Everything that is made is kept for a
while under a name that nobody can guess, because a player asks for a track in pieces.
"""

import io
import logging
import re
import secrets
import wave
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Final

from skill.locales.script import Script, SpokenCue
from skill.locales.words import spoken_ms
from skill.people.person import AT_SPEED
from skill.speaker.conversation.pcm import Pcm, pcm_of
from skill.speaker.conversation.speech import Speech, SpeechMissing
from skill.speaker.conversation.spoken import Spoken

RATE: Final = 8000


def silent_wav(length_ms: int) -> bytes:
    """Silence of this length (ms) as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(RATE)
        out.writeframes(b"\x80" * (RATE * length_ms // 1000))
    return file.getvalue()


LOG: Final = logging.getLogger(__name__)
KEPT: Final = 48
BETWEEN_MS: Final = 200
"""Silence between two sentences of a stream."""
NO_OTHERS: Final[Mapping[str, Callable[[], Speech]]] = {}
_SENTENCE: Final = re.compile(r"(?<=[.?!])\s+")


class Sounds:
    """What was said lately.

    `fault` is "" while there is a voice; else why there is none, and every track is silent. `others` are the
    further voices that a trainee may choose, by name, each opened when it is first wanted.
    """

    def __init__(
        self, speech: Speech | None, fault: str = "", others: Mapping[str, Callable[[], Speech]] = NO_OTHERS
    ) -> None:
        self.fault = fault
        self.others: Final = tuple(others)
        self._speech = speech
        self._unopened = dict(others)
        self._opened: dict[str, Speech] = {}
        self._kept: OrderedDict[str, Future[bytes]] = OrderedDict()
        self._lock = Lock()
        self._maker = ThreadPoolExecutor(1, "voice")

    @property
    def voice(self) -> str:
        """Who speaks, with a version that changes with anything that could make the same words sound otherwise."""
        return self._speech.version if self._speech else "silent"

    def sentences(self, text: str, voice: str = "") -> list[str]:
        """The names of the sounds that say the text, in order; they are made in that order too.

        `voice` is one of the others; "", or one that is not here (any more), is the coach's own. A speed may follow it
        ("espeak:en@115").
        """
        return [self._sentence(each, voice) for each in _SENTENCE.split(text.strip()) if each.strip()]

    def answer(self, said: Spoken, voice: str = "") -> list[str]:
        """The names of an answer's sounds: its sentences, then the track of its count where it has one."""
        sentences = self.sentences(said.text, voice)
        return [*sentences, self.count(said.cues, said.length_ms, voice)] if said.cues else sentences

    def flow(self, said: Spoken, voice: str = "") -> Iterator[Pcm]:
        """An answer for whoever plays it without a break, each piece as soon as it is made.

        The count begins behind its sentences, so much later in its track: in the stream every beat is on the grid.
        """
        names = self.answer(said, voice)
        begins_ms = 0.0
        for place, name in enumerate(names):
            sound = pcm_of(self.wav(name) or silent_wav(0))
            is_count = bool(said.cues) and place == len(names) - 1
            if is_count:
                yield sound.since(min(begins_ms, said.enters_by_ms))
            else:
                spoken = sound.longer(BETWEEN_MS) if place < len(names) - 1 else sound
                begins_ms += spoken.length_ms
                yield spoken

    def count(self, cues: Sequence[SpokenCue], length_ms: int, voice: str = "") -> str:
        """The name of the one track of a count; `voice` as above."""
        script = Script(tuple(cues), length_ms)
        return self._make(length_ms, lambda speech: speech.track(script), voice)

    def wav(self, name: str) -> bytes | None:
        """The sound of that name as a WAV file, waited for; None where there is none (any more)."""
        with self._lock:
            found = self._kept.get(name)
        return found.result() if found else None

    def warm(
        self, texts: Iterable[str], voice: str = "", is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        """Say to nobody what will be said: the voice remembers it.

        Sentence by sentence, giving way to what is wanted at once, and no more of it when `is_wanted` says so.
        """
        sentences = (each for text in texts for each in _SENTENCE.split(text.strip()) if each.strip())
        for sentence in sentences if self._speech else ():
            if not is_wanted():
                return
            try:
                made = self._maker.submit(self._made, 0, partial(_say, text=sentence), voice)
            except RuntimeError:  # the coach is being stopped
                return
            made.result()

    def _sentence(self, text: str, voice: str) -> str:
        return self._make(spoken_ms(text), partial(_say, text=text), voice)

    def _make(self, length_ms: int, say: Callable[[Speech], bytes], voice: str) -> str:
        name = secrets.token_urlsafe(12)
        made = self._maker.submit(self._made, length_ms, say, voice)
        with self._lock:
            self._kept[name] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return name

    def _made(self, length_ms: int, say: Callable[[Speech], bytes], voice: str) -> bytes:
        speech = self._of(voice)
        if speech is None:
            return silent_wav(length_ms)
        try:
            return say(speech)
        except Exception as error:  # a voice that fails costs the sound, never the workout
            LOG.error("The voice failed: %s", error, exc_info=error)
            self.fault = str(error) or type(error).__name__
            return silent_wav(length_ms)

    def _of(self, voice: str) -> Speech | None:
        """Who speaks; called by the maker alone, to which every voice belongs."""
        name, _, percent = voice.partition(AT_SPEED)
        if name in self._unopened:
            opens = self._unopened.pop(name)
            try:
                self._opened[name] = opens()
            except SpeechMissing as error:
                LOG.warning("The coach's own voice speaks instead: %s", error)
        speech = self._opened.get(name, self._speech)
        return speech.at(int(percent)) if speech and percent else speech


def _say(speech: Speech, text: str) -> bytes:
    return speech.sentence(text)
