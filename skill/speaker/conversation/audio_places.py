"""Where the audio was at each instant of the microphone's stream, so that a word said into a count has its place."""

from collections import deque
from dataclasses import replace
from typing import Final

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.conversation.envelope import Playing

BYTES_PER_MS: Final = SAMPLE_RATE * 2 // 1000
REMEMBERED: Final = 600
"""Pieces of the stream that are remembered: over a minute of them."""


class Places:
    """The stream's pieces, each with the place of the audio at its first sample."""

    def __init__(self) -> None:
        self._fed_ms = 0.0
        self._pieces: deque[tuple[float, Playing | None]] = deque(maxlen=REMEMBERED)

    def note(self, length_bytes: int, playing: Playing | None) -> None:
        """The next piece of the stream begins with the audio at this place."""
        self._pieces.append((self._fed_ms, playing))
        self._fed_ms += length_bytes / BYTES_PER_MS

    def at(self, stream_ms: float) -> Playing | None:
        """The place of the audio at an instant of the stream, as a device reports what was spoken into."""
        began_ms, playing = next(
            (piece for piece in reversed(self._pieces) if piece[0] <= stream_ms),
            self._pieces[0] if self._pieces else (0.0, None),
        )
        if playing is None or playing.stopped:
            return playing
        offset_ms = playing.offset_ms + max(0.0, stream_ms - began_ms)
        return replace(playing, offset_ms=round(offset_ms), stopped=True)
