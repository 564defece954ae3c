"""Where an utterance begins, pauses and ends: the microphone's stream cut by how likely each moment holds a voice.

A short pause already offers the utterance so far, so that a plain command is answered at once; a longer silence
ends it. A lull before the pause says that one is likely coming. Whoever hears enough in the pause calls `taken`,
otherwise the words after it belong to the same utterance; whoever hears that more is to come calls `wait_for`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.babble import Babble, Loud

FRAME_SAMPLES = 512
FRAME_BYTES = 2 * FRAME_SAMPLES
FRAME_MS = FRAME_SAMPLES * 1000 / SAMPLE_RATE

_FRAMES_BEFORE_VOICE = 4
"""A voice begins a few frames before it is sure to be one."""

SpeechLikelihood = Callable[[bytes], float]
Kind = Literal["lull", "pause", "end", "too_long", "stands_out"]


@dataclass(frozen=True)
class Pauses:
    """How long things take, in milliseconds, and how sure (0 to 1) a frame must be to count as voice.

    `if_awaited`: speech begins more easily where somebody is waited for.
    """

    voice: float
    silence: float
    starts_after_ms: int
    voice_if_awaited: float
    starts_after_if_awaited_ms: int
    keeps_before_ms: int
    lulls_after_ms: int
    pauses_after_ms: int
    ends_after_ms: int
    longest_ms: int
    stands_out: Mapping[str, float]

    def loud(self) -> Loud:
        """What makes a voice stand out of talk without a pause."""
        given = {
            name.removesuffix("_ms"): _frames(value) if name.endswith("_ms") else value
            for name, value in self.stands_out.items()
        }
        return msgspec.convert(given, Loud)


@dataclass(frozen=True)
class Utterance:
    """Speech as 16 kHz 16-bit mono, where in the stream it began and its last voice ended (ms).

    `kind` is `lull` where a pause is likely coming, `pause` while more may follow, `end` after a longer silence,
    `too_long` for speech that is no command, `stands_out` for a voice louder than talk that does not pause.
    """

    kind: Kind
    pcm: bytes
    began_ms: int
    ended_ms: int


class Endpointer:
    """Cuts a stream into utterances. Feed it audio as it comes, in pieces of any length."""

    def __init__(self, likelihood: SpeechLikelihood, pauses: Pauses) -> None:
        self._likelihood = likelihood
        self._pauses = pauses
        self._rest = b""
        self._frames = 0
        self._before: deque[bytes] = deque(maxlen=_frames(pauses.keeps_before_ms))
        self.taken()

    @property
    def is_speech(self) -> bool:
        """Whether somebody is in the middle of an utterance."""
        return self._speaking

    def wait_for(self, silence_ms: int) -> None:
        """In the pause that was just offered: so long a silence, rather than the usual one, ends the utterance."""
        self._ends_after = _frames(silence_ms)

    def taken(self) -> None:
        """The utterance was understood: what follows is a new one."""
        self._ends_after = _frames(self._pauses.ends_after_ms)
        self._speaking = False
        self._voice = self._pauses.voice
        self._babble: Babble | None = None
        self._voiced = 0
        self._silent = 0
        self._kept: list[bytes] = []
        self._began = 0
        self._last_voice = 0

    def feed(self, pcm: bytes, is_awaited: bool = False) -> Iterator[Utterance]:
        """Take 16 kHz 16-bit mono audio and yield what came to a pause or an end in it.

        `is_awaited`: the coach is silent and waits for an answer.
        """
        stream = self._rest + pcm
        whole = len(stream) - len(stream) % FRAME_BYTES
        self._rest = stream[whole:]
        for at in range(0, whole, FRAME_BYTES):
            frame = stream[at : at + FRAME_BYTES]
            self._frames += 1
            likelihood = self._likelihood(frame)
            yield from (
                self._in_speech(frame, likelihood)
                if self._speaking
                else self._waiting(frame, likelihood, is_awaited)
            )

    def _waiting(self, frame: bytes, likelihood: float, is_awaited: bool) -> Iterator[Utterance]:
        by = self._pauses
        voice = by.voice_if_awaited if is_awaited else by.voice
        starts_after_ms = by.starts_after_if_awaited_ms if is_awaited else by.starts_after_ms
        self._before.append(frame)
        self._voiced = self._voiced + 1 if likelihood >= voice else 0
        if self._voiced >= _frames(starts_after_ms):
            self._speaking = True
            self._voice = voice
            self._kept = list(self._before)
            self._began = max(0, self._frames - len(self._kept))
            self._last_voice = self._frames
            self._silent = 0
        return iter(())

    def _in_speech(self, frame: bytes, likelihood: float) -> Iterator[Utterance]:
        if self._babble is not None:
            yield from self._standing_out(self._babble.feed(frame, likelihood >= self._pauses.voice))
        else:
            self._kept.append(frame)
        # What began so softly goes on as softly ("sixteen" by telephone is not "six").
        threshold = min(self._pauses.silence, self._voice) if self._silent == 0 else self._voice
        if likelihood >= threshold:
            self._silent = 0
            self._last_voice = self._frames
        else:
            self._silent += 1
            if (
                self._silent > _frames(self._pauses.pauses_after_ms)
                and len(self._kept) >= _FRAMES_BEFORE_VOICE
            ):
                # A pause in the middle of a sentence is no longer than this to the recognisers.
                del self._kept[-_FRAMES_BEFORE_VOICE]
        if len(self._kept) > _frames(self._pauses.longest_ms):
            # Babble: nothing of it is kept, and only a louder voice is heard until it ends.
            self._babble, self._kept = Babble(self._pauses.loud(), self._kept), []
        is_short = self._babble is None
        if self._silent == _frames(self._pauses.lulls_after_ms) and is_short:
            yield self._utterance("lull")
        elif self._silent == _frames(self._pauses.pauses_after_ms) and is_short:
            self._ends_after = _frames(self._pauses.ends_after_ms)
            yield self._utterance("pause")
        elif self._silent >= self._ends_after:
            yield self._utterance("end" if is_short else "too_long")
            self.taken()

    def _standing_out(self, frames: Sequence[bytes]) -> Iterator[Utterance]:
        """What was said louder than the talk around it, which ended a pause ago."""
        if frames:
            began = self._frames - len(frames)
            ended = self._frames - _frames(self._pauses.pauses_after_ms)
            yield Utterance("stands_out", b"".join(frames), round(began * FRAME_MS), round(ended * FRAME_MS))

    def _utterance(self, kind: Kind) -> Utterance:
        return Utterance(
            kind, b"".join(self._kept), round(self._began * FRAME_MS), round(self._last_voice * FRAME_MS)
        )


def _frames(ms: float) -> int:
    return max(1, round(ms / FRAME_MS))
