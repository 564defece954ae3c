"""Hearing ahead: an utterance is recognised in the silence by which Home Assistant knows its end."""

import asyncio
from array import array
from collections.abc import Awaitable, Callable

_MS = 2 * 16
_LONGEST = 15_000 * _MS
_LULL = 300 * _MS  # quiet for so long, it is most likely over
_AT_MOST = 1000 * _MS  # where more came than Home Assistant waits for, it heard more than silence
_QUIETER = 20  # quiet is 26 dB below the loudest; a second sentence under the breath is louder than that


class Ahead:
    """One utterance: 16 kHz, 16 bits, one channel. `hear` makes words of it."""

    def __init__(self, hear: Callable[[bytes], Awaitable[str]]) -> None:
        """Nothing was said yet."""
        self._hear, self._pcm = hear, bytearray()
        self._loudest = self._loud_at = self._begun_at = 0
        self._begun: asyncio.Future[str] | None = None

    def take(self, piece: bytes) -> None:
        """The next piece of the sound; after a lull what was said so far is recognised, in case that was all."""
        self._pcm += piece[: _LONGEST - len(self._pcm)]
        peak = max(map(abs, array("h", piece[: len(piece) // 2 * 2])), default=0)
        self._loudest = max(self._loudest, peak)
        if peak * _QUIETER > self._loudest:
            self._loud_at = len(self._pcm)
        is_lull = self._begun_at < self._loud_at <= len(self._pcm) - _LULL
        if is_lull and (self._begun is None or self._begun.done()):
            self._begun, self._begun_at = asyncio.ensure_future(self._so_far()), len(self._pcm)

    async def text(self) -> str:
        """The words, once all of the sound was taken."""
        is_all = self._loud_at <= self._begun_at and len(self._pcm) - self._begun_at <= _AT_MOST
        return await (self._begun if self._begun and is_all else self._so_far())

    async def _so_far(self) -> str:
        return await self._hear(bytes(self._pcm[: len(self._pcm) // 2 * 2]))
