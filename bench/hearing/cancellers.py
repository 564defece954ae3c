"""Echo cancellers that are compared in the same scenes; the coach has the first (`skill.speaker.hearing.echo`).

pip install pywebrtc-audio pyaec livekit
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.echo import FRAME, Cancel, EchoCanceller, Whole, canceller

WITH_SECOND_LOOK: Final = "the coach's"
"""WebRTC's, and a second look at what it may have swallowed."""
_SPEEX_TAIL = SAMPLE_RATE // 5


class _ByFrame:
    """A canceller that wants 10 ms at a time."""

    def process(self, near: Whole, far: Whole) -> Whole:
        places = range(0, len(near), FRAME)
        return np.concatenate([self.frame(near[at : at + FRAME], far[at : at + FRAME]) for at in places])

    def frame(self, near: Whole, far: Whole) -> Whole:
        raise NotImplementedError


class _Speex(_ByFrame):
    def __init__(self, cleans: bool) -> None:
        from pyaec import Aec  # type: ignore[import-not-found,import-untyped,unused-ignore]

        self._aec: Any = Aec(FRAME, _SPEEX_TAIL, SAMPLE_RATE, cleans)

    def frame(self, near: Whole, far: Whole) -> Whole:
        return np.array(self._aec.cancel_echo(near.tolist(), far.tolist()), np.int16)


class _LiveKit(_ByFrame):
    def __init__(self) -> None:
        from livekit import rtc  # type: ignore[import-not-found,import-untyped,unused-ignore]

        self._rtc: Any = rtc
        self._module: Any = rtc.AudioProcessingModule(echo_cancellation=True)
        self._module.set_stream_delay_ms(0)

    def frame(self, near: Whole, far: Whole) -> Whole:
        self._module.process_reverse_stream(self._framed(far))
        heard = self._framed(near)
        self._module.process_stream(heard)
        return np.frombuffer(bytes(heard.data), np.int16)

    def _framed(self, samples: Whole) -> Any:
        return self._rtc.AudioFrame(bytearray(samples.tobytes()), SAMPLE_RATE, 1, FRAME)


def _with(cancel: Callable[[], Cancel]) -> Callable[[], EchoCanceller]:
    return lambda: EchoCanceller(cancel())


CANCELLERS: Mapping[str, Callable[[], EchoCanceller] | None] = {
    "none": None,
    WITH_SECOND_LOOK: canceller,
    "webrtc": canceller,
    "speex": _with(lambda: _Speex(cleans=False)),
    "speex cleaned": _with(lambda: _Speex(cleans=True)),
    "livekit": _with(_LiveKit),
}
"""By name: what makes one for a new microphone."""
