"""The coach's own voice taken out of the microphone, so that a trainee who speaks into the count is heard.

The exact track that plays is the reference. Its delay is measured (`echo_delay`) and followed, because a canceller
looks for the echo only a little way behind the reference.
"""

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from skill.speaker.conversation.ears import SAMPLE_RATE, EarsMissing
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.hearing import second_look
from skill.speaker.hearing.echo_delay import FARTHEST, WINDOW, Samples, delay

FRAME: Final = SAMPLE_RATE // 100
_HEAD: Final = SAMPLE_RATE // 100
"""So much earlier than the echo is the reference: the first sound of it must not come before its cause."""
_MEASURES_EVERY: Final = SAMPLE_RATE
_MOVES_FROM: Final = SAMPLE_RATE // 125
_BELIEVES_WITHIN_MS: Final = 100
_GONE_AFTER: Final = 3
"""So often nothing of the track was found in the microphone: the trainee wears headphones, and nothing is taken out."""
_MUCH: Final = SAMPLE_RATE // 20

_CURE: Final = "Install the canceller with: pip install 'hands-free-band-coach[microphone]'."

Whole = NDArray[np.int16]


class Cancel(Protocol):
    """Takes a reference out of a microphone's stream, in frames of 10 ms."""

    def process(self, near: Whole, far: Whole) -> Whole:
        """The microphone's samples without what of them is the reference."""


class EchoCanceller:
    """One microphone beside one loudspeaker."""

    def __init__(self, cancel: Cancel) -> None:
        self._cancel = cancel
        self._heard = 0
        self._history: Samples = np.zeros(WINDOW, np.float32)
        self._track: Samples | None = None
        self._anchor: int | None = None
        self._delay = 0
        self._candidate: int | None = None
        self._measured = 0
        self._missed = 0
        self._waiting: Whole = np.zeros(0, np.int16)
        self._far: Whole = np.zeros(0, np.int16)
        self._past: Whole = np.zeros((2, 0), np.int16)
        self._done: Whole = np.zeros(FRAME, np.int16)

    def plays(self, sound: Samples, goes_on: bool = False) -> None:
        """A sound (`at_our_rate`) begins in place of what played, or goes on behind it."""
        if goes_on and self._track is not None:
            self._track = np.concatenate([self._track, sound])
        else:
            self._track, self._anchor = sound, None

    def without(self, piece: bytes, place_ms: int | None) -> bytes:
        """The next piece of the microphone without the coach's voice, 10 ms later than it came.

        Args:
            piece: 16 kHz 16-bit mono, of any length.
            place_ms: where in the sound the loudspeaker is as the piece begins; None while nothing plays.
        """
        near = np.frombuffer(piece, "<i2").astype(np.int16)
        self._believe(place_ms)
        self._far = np.concatenate([self._far, self._reference(self._heard, len(near))])
        self._waiting = np.concatenate([self._waiting, near])
        self._note(near)
        whole = len(self._waiting) // FRAME * FRAME
        if whole:
            done = self._cancel.process(self._waiting[:whole], self._far[:whole])
            # A canceller that finds no echo may take a voice for one now and then.
            done = self._waiting[:whole] if self._missed >= _GONE_AFTER else done
            past = np.stack([self._waiting[:whole], self._far[:whole]])
            self._past = np.concatenate([self._past, past], axis=1)[:, -second_look.LOOKS_BACK :]
            self._waiting, self._far = self._waiting[whole:], self._far[whole:]
            self._done = np.concatenate([self._done, done])
        out, self._done = self._done[: len(near)], self._done[len(near) :]
        return out.astype("<i2").tobytes()

    def again(self, began_ms: int, ended_ms: int) -> bytes | None:
        """What was said so long ago (ms, of what `without` gave), with nothing taken out but the coach's own voice.

        None where the coach's voice cannot be told, or begins too long ago.
        """
        late = FRAME - len(self._waiting)
        began, ended = (ms * SAMPLE_RATE // 1000 + late for ms in (began_ms, ended_ms))
        if self._missed >= _GONE_AFTER or began > self._past.shape[1]:
            return None
        near, far = self._past.astype(np.float32) / 32768
        left = second_look.without_echo(near, far, len(near) - began, len(near) - ended)
        return None if left is None else (np.clip(left, -1, 1) * 32767).astype("<i2").tobytes()

    def _believe(self, place_ms: int | None) -> None:
        """The place that was told first holds, for it moves in steps; it is told anew where something was lost."""
        if place_ms is None:
            self._anchor = None
            return
        told = place_ms * SAMPLE_RATE // 1000 - self._heard
        if self._anchor is None or abs(told - self._anchor) > _BELIEVES_WITHIN_MS * SAMPLE_RATE // 1000:
            self._anchor, self._measured = told, self._heard

    def _reference(self, since: int, length: int) -> Whole:
        """The track as it is heard from a sample of the stream on, by the delay that was measured."""
        return (self._played(since - self._delay + _HEAD, length) * 32767).astype(np.int16)

    def _played(self, since: int, length: int) -> Samples:
        """The track as the card says that it plays from a sample of the stream on; silence outside it."""
        out = np.zeros(length, np.float32)
        if self._track is None or self._anchor is None:
            return out
        begin = since + self._anchor
        first, last = max(begin, 0), min(begin + length, len(self._track))
        if first < last:
            out[first - begin : last - begin] = self._track[first:last]
        return out

    def _note(self, near: Whole) -> None:
        """Keep what was heard, and now and then measure how late the echo is."""
        self._history = np.concatenate([self._history, near.astype(np.float32) / 32768])[-WINDOW:]
        self._heard += len(near)
        if self._anchor is None or self._heard - self._measured < _MEASURES_EVERY:
            return
        self._measured = self._heard
        played = self._played(self._heard - WINDOW - FARTHEST, WINDOW + 2 * FARTHEST)
        if not played.any():
            return
        found = delay(self._history, played)
        self._missed = 0 if found is not None else self._missed + 1
        if found is not None and abs(found - self._delay) > _MOVES_FROM:
            # A jump is believed only when it is found twice.
            is_sure = self._candidate is not None and abs(found - self._candidate) < _MUCH
            self._candidate = found
            if is_sure or abs(found - self._delay) < _MUCH:
                self._delay = found


def canceller() -> EchoCanceller:
    """What takes the coach's voice out of a new microphone.

    Raises:
        EarsMissing: its package is not there.
    """
    try:
        from pywebrtc_audio import EchoCanceller as WebRtc
    except (ImportError, OSError) as error:
        raise EarsMissing(f"The coach's own voice stays in the microphone: {error}. {_CURE}") from error
    return EchoCanceller(WebRtc(SAMPLE_RATE, 1, 0))


def at_our_rate(sound: Pcm) -> Samples:
    """A sound at 16 kHz, without what lies above half of that; never longer than it was, as it is laid in time."""
    samples: Samples = np.frombuffer(sound.samples, "<i2").astype(np.float32) / np.float32(32768)
    if sound.rate == SAMPLE_RATE or not len(samples):
        return samples
    length = len(samples) * SAMPLE_RATE // sound.rate
    spectrum = np.fft.rfft(samples)
    kept = spectrum[: min(len(spectrum), length // 2 + 1)]
    resampled: Samples = (np.fft.irfft(kept, length) * (length / len(samples))).astype(np.float32)
    return resampled
