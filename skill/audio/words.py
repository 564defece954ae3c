"""Each word is synthesised once: kept in memory, and on disk under a name made of all it depends on."""

import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from pathlib import Path
from struct import Struct
from threading import Lock
from typing import Final

import numpy as np

from skill.audio.sound import RATE, Word, resampled, word
from skill.audio.voice import Voice

FORMAT: Final = "2"
MOST_FILES: Final = 3000
SPARED_FILES: Final = 2000
MOST_IN_MEMORY: Final = 400
"""Of the words and sentences that were said last: some 50 MB at most."""
_HEAD: Final = Struct("<32si")


def default_folder() -> Path:
    """Where words are kept: under XDG_CACHE_HOME, or ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "glute-coach" / "words"


class Words:
    """A voice with a memory, safe to share between threads: it says one thing at a time.

    A folder that cannot be written to, or a damaged word in it, costs only time.
    """

    def __init__(
        self, speaker: Voice, folder: Path | None, say: Callable[[str], None] = lambda _: None
    ) -> None:
        """Open the cache; without a folder, or with one that cannot be used (`say` tells it), it is in memory only."""
        self.speaker = speaker
        self._folder = folder
        self._tell = say
        self._known: OrderedDict[tuple[str, int], Word] = OrderedDict()
        self._lock = Lock()
        self._pace = 100
        self._prune()

    def at(self, percent: int) -> "Words":
        """The same voice and memory, so much faster or slower in all that it says."""
        paced = copy(self)
        paced._pace = percent
        return paced

    def word(self, text: str, percent: int = 100) -> Word:
        """The text as a word, at this rate (percent)."""
        key = (text, percent * self._pace // 100)
        with self._lock:
            if key not in self._known:
                self._known[key] = self._read(key) or self._make(key)
                if len(self._known) > MOST_IN_MEMORY:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return self._known[key]

    def _make(self, key: tuple[str, int]) -> Word:
        raw = self.speaker.say(*key)
        made = word(resampled(raw, self.speaker.sample_rate))
        as_kept = Word(_from_16_bit(_to_16_bit(made)), made.beat)
        self._write(key, as_kept)
        return as_kept

    def _path(self, key: tuple[str, int]) -> Path | None:
        if self._folder is None:
            return None
        parts = (FORMAT, self.speaker.identity, str(RATE), key[0], str(key[1]))
        return self._folder / hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _read(self, key: tuple[str, int]) -> Word | None:
        """The kept word; None where it is missing or does not match its checksum (it is then made again)."""
        path = self._path(key)
        try:
            data = path.read_bytes() if path else b""
        except OSError:
            return None
        if len(data) < _HEAD.size:
            return None
        digest, beat = _HEAD.unpack_from(data)
        if hashlib.sha256(data[32:]).digest() != digest:
            return None
        return Word(_from_16_bit(data[_HEAD.size :]), beat)

    def _write(self, key: tuple[str, int], made: Word) -> None:
        """Keep the word: written beside its place and moved there, so that no reader ever sees half of it."""
        path = self._path(key)
        if path is None:
            return
        body = _HEAD.pack(b"", made.beat)[32:] + _to_16_bit(made)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, hashlib.sha256(body).digest() + body)
        except OSError as fault:
            self._folder = None
            self._tell(
                f"Words cannot be kept in {path.parent} ({fault.strerror}): they are made anew each time."
            )

    def _prune(self) -> None:
        """Forget the words that were made longest ago once there are thousands."""
        with suppress(OSError):
            files = (
                sorted(self._folder.iterdir(), key=lambda each: each.stat().st_mtime) if self._folder else []
            )
            for path in files[:-SPARED_FILES] if len(files) > MOST_FILES else []:
                path.unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(half, path)
    except OSError:
        os.unlink(half)
        raise


def _to_16_bit(made: Word) -> bytes:
    return (made.samples * 32767).round().astype("<i2").tobytes()


def _from_16_bit(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32767)
