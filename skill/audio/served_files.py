"""Finished MP3 files by address: made when they are first asked for, and kept in memory for a while."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from skill.audio.address import Addresses
from skill.locales.script import Script

KEPT = 32
"""Files that are kept, about half a megabyte each."""
Maker = Callable[[Script], bytes]


class Jukebox:
    """The files of a deployment that serves its own audio; safe to share between threads."""

    def __init__(self, addresses: Addresses, make: Maker) -> None:
        self.addresses = addresses
        self._make = make
        self._kept: OrderedDict[str, Future[bytes]] = OrderedDict()
        self._lock = Lock()

    def file(self, name: str) -> bytes:
        """The MP3 behind the last part of an address; who asks while it is made waits for it.

        Raises BadAddress: this server did not make the address.
        """
        script = self.addresses.script(name)
        with self._lock:
            found = self._kept.get(name)
            file = self._kept.setdefault(name, Future())
            self._kept.move_to_end(name)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if found is None:
            self._fill(file, name, script)
        return file.result()

    def _fill(self, file: Future[bytes], name: str, script: Script) -> None:
        """Make the file; one that could not be made is made anew when it is asked for again."""
        try:
            file.set_result(self._make(script))
        except BaseException as fault:
            with self._lock:
                self._kept.pop(name, None)
            file.set_exception(fault)

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
