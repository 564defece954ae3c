"""The conversation of a terminal with a sound card, a piece of the microphone's stream at a time."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Final, Literal

import numpy as np

from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars, Room
from skill.speaker.conversation.envelope import Playing
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Talk
from skill.speaker.hearing.echo import EchoCanceller, at_our_rate
from skill.speaker.hearing.echo_delay import Samples
from skill.speaker.terminal.sound_card import PIECE_MS, Card

Health = Literal["well", "silent", "clipping"]

# A microphone in the quietest room still gives noise of some units; a muted one gives zeros.
_DEAD_LEVEL = 2
_DEAD_AFTER_S = 5
_FULL_SCALE = 32_440
_CLIPPED_SHARE = 0.005


class Level:
    """Watches the last seconds of a stream."""

    def __init__(self) -> None:
        self._silent_samples = 0

    def feed(self, pcm: bytes) -> Health:
        """Take 16 kHz 16-bit mono audio and say how the microphone does."""
        samples = np.abs(np.frombuffer(pcm, dtype="<i2").astype(np.int32))
        if not len(samples):
            return "well"
        if samples.max() > _DEAD_LEVEL:
            self._silent_samples = 0
        else:
            self._silent_samples += len(samples)
        if self._silent_samples > _DEAD_AFTER_S * SAMPLE_RATE:
            return "silent"
        return "clipping" if np.mean(samples >= _FULL_SCALE) > _CLIPPED_SHARE else "well"


Coming = SimpleQueue[tuple[Pcm, Samples | None] | None]
"""An answer's sounds as they are made, each also as the echo canceller wants it; None behind the last."""
SILENCE_MS: Final = 8_000
"""How long the coach waits for words, once before and once after it asks again: as long as an Echo."""

_FAULTS: Final[dict[Health, str]] = {
    "silent": "The microphone gives silence: is it muted?",
    "clipping": "The microphone is too loud and clips: turn it down, or speak from further away.",
}


class Loop:
    """Hears, answers, waits; `tell` shows the trainee what was heard and said.

    `echo` takes the coach's own voice out of the microphone, so that nobody has to speak louder than the count.
    """

    def __init__(
        self,
        talk: Talk,
        open_ears: OpenEars,
        sounds: Sounds,
        card: Card,
        tell: Callable[[str], None],
        echo: EchoCanceller | None = None,
        beside: Executor | None = None,
    ) -> None:
        """`beside` makes the sounds, so that the microphone is never kept waiting: a thread of its own unless given."""
        self._talk = talk
        self._open_ears = open_ears
        self._sounds = sounds
        self._card = card
        self._tell = tell
        self._echo = echo
        self._beside = beside or ThreadPoolExecutor(1, "answering")
        self._coming: Coming = SimpleQueue()
        self._is_coming = self._has_begun = False
        self._level = Level()
        self._health: Health = "well"
        self._token = ""
        self._stopped: Playing | None = None
        self._reprompt = self._voice = ""
        self._is_open = self._is_called = False
        self._silence_ms = 0

    def run(self) -> None:
        """Until the microphone is closed."""
        while (piece := self._card.read()) is not None:
            self.step(piece)
        self._talk.leave("USER_INITIATED", self._stopped)

    def step(self, piece: bytes) -> None:
        """One piece of the stream."""
        self._mind_the_microphone(piece)
        self._hand_over()
        place_ms = self._card.place_ms()
        if self._echo is not None:
            piece = self._echo.without(piece, place_ms)
        playing = Playing(self._token, place_ms) if place_ms is not None and self._token else self._stopped
        speaks = place_ms is not None or self._is_coming
        room: Room = "coach_speaks" if speaks else self._room()
        hearing = self._talk.hear(piece, room, playing, self._open_ears)
        if hearing.is_woken or hearing.answer:
            self._card.stop()
            self._stopped = hearing.stopped_at
            self._is_open = self._is_called = True
            self._silence_ms = 0
        if hearing.answer:
            self._say(hearing.answer)
        elif not speaks and not hearing.is_speech:
            self._mind_the_silence()

    def _room(self) -> Room:
        """What goes on while the coach says nothing."""
        if not self._is_open:
            return "asleep"
        return "called" if self._is_called else "awake"

    def _say(self, answer: Answer) -> None:
        self._stopped = None
        self._is_open, self._reprompt, self._silence_ms = answer.is_open, answer.reprompt, 0
        self._is_called = False
        self._token, self._voice = answer.spoken.token, answer.voice
        self._tell(f"> {answer.heard}")
        self._tell(f"  {answer.spoken.text}{' ...' if answer.spoken.cues else ''}")
        self._play(answer.spoken)

    def _play(self, said: Spoken) -> None:
        self._coming, self._is_coming, self._has_begun = SimpleQueue(), True, False
        self._beside.submit(self._make, said, self._voice, self._coming)
        self._hand_over()

    def _make(self, said: Spoken, voice: str, coming: Coming) -> None:
        """Every piece of an answer as soon as it is made, unless another answer has taken its place."""
        try:
            for sound in self._sounds.flow(said, voice):
                if coming is not self._coming:
                    return
                coming.put((sound, at_our_rate(sound) if self._echo is not None else None))
        finally:
            coming.put(None)

    def _hand_over(self) -> None:
        """Give the card what has been made by now."""
        while self._is_coming and not self._coming.empty():
            made = self._coming.get()
            if made is None:
                self._is_coming = False
                self._card.ends()
                return
            sound, as_reference = made
            if as_reference is not None and self._echo is not None:
                self._echo.plays(as_reference, goes_on=self._has_begun)
            (self._card.follow if self._has_begun else self._card.play)(sound)
            self._has_begun = True

    def _mind_the_silence(self) -> None:
        """Twice as long as an Echo waits, with one more question in between; then it sleeps, and nothing is lost."""
        if not self._is_open:
            return
        self._silence_ms += PIECE_MS
        if self._silence_ms < SILENCE_MS:
            return
        self._silence_ms = 0
        if self._reprompt:
            self._tell(f"  {self._reprompt}")
            self._token = ""
            self._play(Spoken(self._reprompt))
            self._reprompt = ""
        else:
            self._talk.leave("EXCEEDED_MAX_REPROMPTS", self._stopped)
            self._is_open, self._is_called, self._stopped = False, False, None

    def _mind_the_microphone(self, piece: bytes) -> None:
        health = self._level.feed(piece)
        if health != self._health and health in _FAULTS:
            self._tell(_FAULTS[health])
        self._health = health
