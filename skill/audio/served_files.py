"""Finished MP3 files by address: made when they are first asked for, and kept in memory for a while."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from skill.audio.address import Addresses
from skill.locales.script import Script

KEPT = 32
"""Files that are kept, about half a megabyte each."""
Maker = Callable[[Script], bytes]


class Jukebox:
    """The files of a deployment that serves its own audio; safe to share between threads."""

    def __init__(self, addresses: Addresses, make: Maker) -> None:
        self.addresses = addresses
        self._made = lru_cache(KEPT)(lambda name: make(addresses.script(name)))

    def file(self, name: str) -> bytes:
        """The MP3 behind the last part of an address. Raises BadAddress: this server did not make the address."""
        return self._made(name)

    @staticmethod
    def tag(name: str) -> str:
        """The file's entity tag: it never changes, for its name is all that it is made of."""
        return hashlib.sha256(name.encode()).hexdigest()[:16]


def speaking(voice_name: str | None, tell: Callable[[str], None]) -> Maker:
    """Makes MP3 files with a voice of this machine. Raises VoiceMissing: no such voice is installed."""
    from skill.audio.files import mp3
    from skill.audio.track import track
    from skill.audio.voices import voice
    from skill.audio.words import Words, default_folder

    words = Words(voice(voice_name), default_folder(), tell)
    return lambda script: mp3(track(script, words, tell=tell))
