"""An answer as sound: a sentence at a time, so that the first is heard while the second is still being made.

A count is one track. Everything that is made is kept for a while under a name that nobody can guess, because a
player asks for a track in pieces.
"""

import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Final

from skill.locales.script import Script, SpokenCue
from skill.locales.words import spoken_ms
from skill.speaker.conversation.silence import silent_wav
from skill.speaker.conversation.speech import Speech, SpeechMissing
from skill.speaker.conversation.spoken import Heard

LOG: Final = logging.getLogger(__name__)
KEPT: Final = 24
NO_OTHERS: Final[Mapping[str, Callable[[], Speech]]] = {}
_SENTENCE: Final = re.compile(r"(?<=[.?!])\s+")


class Sounds:
    """What was said lately.

    `fault` is "" while there is a voice; else one sentence for the trainee, and every track is silent. `others` are the
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

        `voice` is one of the others; "", or one that is not here (any more), is the coach's own.
        """
        return [self._sentence(each, voice) for each in _SENTENCE.split(text.strip()) if each.strip()]

    def count(self, cues: Sequence[Heard], length_ms: int, voice: str = "") -> str:
        """The name of the one track of a count; `voice` as above."""
        script = _script(cues, length_ms)
        return self._make(length_ms, lambda speech: speech.track(script), voice)

    def wav(self, name: str) -> bytes | None:
        """The sound of that name as a WAV file, waited for; None where there is none (any more)."""
        with self._lock:
            found = self._kept.get(name)
        return found.result() if found else None

    def warm(self, words: Iterable[str], sentences: Iterable[str] = ()) -> None:
        """Make words and parts of answers beforehand, one after the other, giving way to what is wanted at once."""
        wanted = [
            *(partial(_say, text=text) for text in words),
            *(partial(_prepare, text=text) for text in sentences),
        ]
        for make in wanted if self._speech else ():
            try:
                made = self._maker.submit(self._made, 0, make, "")
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
            self.fault = f"The voice failed ({error}). What the coach says stands on the page."
            return silent_wav(length_ms)

    def _of(self, voice: str) -> Speech | None:
        """Who speaks; called by the maker alone, to which every voice belongs."""
        if voice in self._unopened:
            opens = self._unopened.pop(voice)
            try:
                self._opened[voice] = opens()
            except SpeechMissing as error:
                LOG.warning("The coach's own voice speaks instead: %s", error)
        return self._opened.get(voice, self._speech)


def _say(speech: Speech, text: str) -> bytes:
    return speech.sentence(text)


def _prepare(speech: Speech, text: str) -> bytes:
    speech.prepare(text)
    return b""


def _script(cues: Sequence[Heard], length_ms: int) -> Script:
    ends = [*(cue.at_ms for cue in cues[1:]), length_ms]
    said = tuple(
        SpokenCue(cue.at_ms, cue.text, end - cue.at_ms, 0, "rest")
        for cue, end in zip(cues, ends, strict=True)
    )
    return Script(said, length_ms)
