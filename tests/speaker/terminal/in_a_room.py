"""A sound card in a simulated room: its microphone gets the trainee on the floor, and the coach from its loudspeaker.

Its clock is the samples that were read, so a busy machine spoils nothing: each run hears the very same sound.
"""

from dataclasses import dataclass

import numpy as np

from bench.hearing.barge_in import HISS, LATE_MS, TRAINEE
from bench.hearing.clips import LEVEL, Clip, spoken
from bench.hearing.rooms import LIVING, from_the_floor, from_the_loudspeaker, loudness
from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.hearing.echo import at_our_rate
from skill.speaker.terminal.sound_card import PIECE_SAMPLES


@dataclass
class Heard:
    """A sound as the microphone gets it, from so many samples of the stream on."""

    begins: int
    clip: Clip


class RoomCard:
    """A loudspeaker and a microphone on the same table, `louder_db` between the coach and the trainee."""

    def __init__(self, louder_db: float) -> None:
        self._coach_level = TRAINEE * 10 ** (louder_db / 20)
        self._now = 0
        self._heard: list[Heard] = []
        self._coach = Heard(0, np.zeros(0, np.float32))
        self._began: int | None = None
        self._piece_begins = 0
        self._track: Clip = np.zeros(0, np.float32)
        self._hiss = np.random.default_rng(1)

    def say(self, text: str, who: str) -> None:
        """The trainee says something now."""
        clip = from_the_floor(spoken(text, who) / LEVEL, LIVING)
        self._heard.append(Heard(self._now, clip * TRAINEE / loudness(clip)))

    def read(self) -> bytes:
        """The next piece of the microphone, at once."""
        room = HISS * self._hiss.standard_normal(PIECE_SAMPLES).astype(np.float32)
        for each in self._heard:
            begin = self._now - each.begins
            piece = each.clip[max(0, begin) : max(0, begin + PIECE_SAMPLES)]
            at = max(0, -begin)
            room[at : at + len(piece)] += piece
        self._now += PIECE_SAMPLES
        return (np.clip(room, -1, 1) * 32767).astype("<i2").tobytes()

    def play(self, sound: Pcm) -> None:
        """Begin a sound, in place of what plays."""
        self.stop()
        self._track, self._began, self._piece_begins = at_our_rate(sound), self._now, 0
        late = LATE_MS * SAMPLE_RATE // 1000
        self._coach = Heard(self._now + late, self._from_the_table(self._track))
        self._heard = [each for each in self._heard if self._now < each.begins + len(each.clip)]
        self._heard.append(self._coach)

    def follow(self, sound: Pcm) -> None:
        """Play this behind what plays; where that has run out, from now on."""
        piece, before = at_our_rate(sound), len(self._track)
        self._began = self._now - before if self.place_ms() is None else self._began
        begins = (self._began or 0) + before
        self._track = np.concatenate([self._track, piece])
        self._coach = Heard(begins + LATE_MS * SAMPLE_RATE // 1000, self._from_the_table(piece))
        self._piece_begins = before
        self._heard.append(self._coach)

    def ends(self) -> None:
        """Nothing follows."""

    def stop(self) -> None:
        """Be quiet now; the room rings on."""
        place_ms = self.place_ms()
        if place_ms is not None:
            cut = self._track[self._piece_begins : place_ms * SAMPLE_RATE // 1000]
            self._coach.clip = self._from_the_table(cut)
        self._began = None

    def place_ms(self) -> int | None:
        """How far the sound has come, as far as the card knows: what is heard is later."""
        if self._began is None or self._now - self._began >= len(self._track):
            return None
        return (self._now - self._began) * 1000 // SAMPLE_RATE

    def _from_the_table(self, track: Clip) -> Clip:
        if not track.any():
            return track
        echo = from_the_loudspeaker(track, LIVING)
        return echo * self._coach_level / loudness(echo)
