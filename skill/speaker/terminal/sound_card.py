"""A sound card: the microphone in pieces, one sound at a time to the loudspeaker, and how far that one has come."""

import queue
import threading
from typing import Any, Final, Protocol

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.conversation.pcm import Pcm

PIECE_SAMPLES: Final = 2048
PIECE_MS: Final = PIECE_SAMPLES * 1000 // SAMPLE_RATE
_GIVES_UP_AFTER_S: Final = 5.0


class NoSoundCard(RuntimeError):
    """Nothing to hear or to speak with; the message says what is missing. Typing does everything too."""


class Card(Protocol):
    """What the conversation needs of a sound card."""

    def read(self) -> bytes | None:
        """The next piece of the microphone (16 kHz, 16-bit, mono), waited for; None when it is closed."""

    def play(self, sound: Pcm) -> None:
        """Begin a sound, in place of what plays. More of it may follow, until it `ends`."""

    def follow(self, sound: Pcm) -> None:
        """Play this behind what plays, without a break."""

    def ends(self) -> None:
        """Nothing follows."""

    def stop(self) -> None:
        """Be quiet now."""

    def place_ms(self) -> int | None:
        """How much of the sound was heard so far; None while nothing plays."""


class LocalCard:
    """This machine's microphone and loudspeaker, by PortAudio."""

    def __init__(self, volume: int = 100) -> None:
        """Open the microphone; the loudspeaker gets sounds at this `volume` (percent).

        Raises NoSoundCard: there is no PortAudio, no microphone, or somebody else has it.
        """
        self._volume = volume
        try:
            import sounddevice  # type: ignore[import-untyped]
        except (ImportError, OSError) as error:
            raise NoSoundCard(
                f"talking needs PortAudio ({error}): apt-get install libportaudio2, "
                "pip install 'hands-free-band-coach[microphone]'. Without it: glute-coach talk"
            ) from error
        self._device = sounddevice
        self._pieces: queue.Queue[bytes] = queue.Queue()
        self._lock = threading.Lock()
        self._speaker: Any = None
        self._left, self._rate, self._played, self._goes_on = b"", SAMPLE_RATE, 0, False
        try:
            self._microphone = sounddevice.RawInputStream(
                samplerate=SAMPLE_RATE,
                channels=1,
                dtype="int16",
                blocksize=PIECE_SAMPLES,
                callback=self._heard,
            )
            self._microphone.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoSoundCard(
                f"no microphone can be opened here ({error}). Without one: glute-coach talk"
            ) from error

    def read(self) -> bytes | None:
        """The next piece; None if the microphone gives nothing for five seconds."""
        try:
            return self._pieces.get(timeout=_GIVES_UP_AFTER_S)
        except queue.Empty:
            return None

    def play(self, sound: Pcm) -> None:
        """Begin a sound, in place of what plays. More of it may follow, until it `ends`.

        Raises NoSoundCard: there is no loudspeaker.
        """
        self.stop()
        self._left, self._rate, self._played = sound.at(self._volume).samples, sound.rate, 0
        self._goes_on = True
        try:
            self._speaker = self._device.RawOutputStream(
                samplerate=sound.rate, channels=1, dtype="int16", callback=self._wanted
            )
            self._speaker.start()
        except (self._device.PortAudioError, ValueError) as error:
            raise NoSoundCard(
                f"no loudspeaker can be opened here ({error}). Without one: glute-coach talk"
            ) from error

    def follow(self, sound: Pcm) -> None:
        """Play this behind what plays; where that has run out, silence was heard and has no place in the sound."""
        with self._lock:
            self._left += sound.at(self._volume).samples

    def ends(self) -> None:
        """Nothing follows."""
        self._goes_on = False

    def stop(self) -> None:
        """Be quiet now."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.close()

    def place_ms(self) -> int | None:
        """What was handed over, less what still waits in the card."""
        with self._lock:
            speaker, played = self._speaker, self._played
        if speaker is None or not speaker.active:
            return None
        return max(0, int((played / self._rate - float(speaker.latency)) * 1000))

    def _heard(self, pcm: Any, *_: Any) -> None:
        self._pieces.put(bytes(pcm))

    def _wanted(self, out: Any, frames: int, *_: Any) -> None:
        with self._lock:
            piece, self._left = self._left[: 2 * frames], self._left[2 * frames :]
            self._played += len(piece) // 2
        out[: len(piece)] = piece
        out[len(piece) :] = bytes(2 * frames - len(piece))
        if not piece and not self._goes_on:
            raise self._device.CallbackStop
