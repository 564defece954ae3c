"""The voice of this machine as the page uses it: sentences and counts as WAV files."""

import logging
from collections.abc import Callable
from functools import cached_property, partial
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Final, Protocol

from skill.locales.script import Script

if TYPE_CHECKING:
    from skill.audio.words import Words

LOG: Final = logging.getLogger(__name__)


class SpeechMissing(RuntimeError):
    """No voice can speak here; the message says why and what to install."""


class Speech(Protocol):
    """Something that speaks into WAV files."""

    @property
    def version(self) -> str:
        """A name for the voice and the grid: what would sound otherwise has another one."""

    def sentence(self, text: str) -> bytes:
        """One sentence, as long as it takes."""

    def track(self, script: Script) -> bytes:
        """A count, each word on its beat."""

    def at(self, percent: int) -> "Speech":
        """The same voice, so much faster or slower; a count keeps its beats."""


class LocalSpeech:
    """A voice with its words kept on disk; it says one thing at a time, so it belongs to one thread."""

    def __init__(self, words: "Words") -> None:
        self._words = words

    @cached_property
    def version(self) -> str:
        """The voice and what puts it on the grid, as they are installed."""
        made_by = sorted(
            (each for each in resources.files("skill.audio").iterdir() if each.name.endswith(".py")),
            key=lambda each: each.name,
        )
        sources = b"".join(each.read_bytes() for each in made_by)
        return sha256(self._words.speaker.identity.encode() + sources).hexdigest()[:10]

    def at(self, percent: int) -> "LocalSpeech":
        """The same voice, so much faster or slower."""
        return LocalSpeech(self._words.at(percent))

    def sentence(self, text: str) -> bytes:
        """One sentence, as long as it takes."""
        from skill.audio.files import wav

        return wav(self._words.word(text).samples)

    def track(self, script: Script) -> bytes:
        """A count, each word on its beat."""
        from skill.audio.files import wav_of
        from skill.audio.track import spoken_pcm

        return wav_of(spoken_pcm(script, self._words))


def open_speech(voice_name: str | None = None) -> Speech:
    """The named voice, or the best one of this machine.

    Raises SpeechMissing: neither Piper nor espeak-ng can be used.
    """
    try:
        from skill.audio.voice import VoiceMissing
        from skill.audio.voices import voice
        from skill.audio.words import Words, default_folder
    except ImportError as error:
        raise SpeechMissing(f"no voice can speak here: {error}") from error
    try:
        return LocalSpeech(Words(voice(voice_name), default_folder(), LOG.warning))
    except VoiceMissing as error:
        raise SpeechMissing(str(error)) from error


def other_speeches() -> dict[str, Callable[[], Speech]]:
    """The further voices of this machine by name, none of them opened yet."""
    try:
        from skill.audio.voices import others
    except ImportError:
        return {}
    return {name: partial(open_speech, name) for name in others()}
