"""What all satellites of one house share: the rooms' conversations, the recognisers, the voice."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Final

from skill.speaker.conversation.pcm import Pcm
from skill.speaker.conversation.rooms import Rooms
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.hearing.own_process import UNCLEAR

_KEPT: Final = 32
LONGEST_OTHER: Final = 2000
"""Letters of a text that is no count of ours: the voice is one, and everybody's."""


class House:
    """One house: a conversation a room, one pair of ears and one voice for all."""

    def __init__(self, rooms: Rooms, recognise: Callable[[bytes], Verdict], sounds: Sounds) -> None:
        self._rooms = rooms
        self._recognise = recognise
        self._sounds = sounds
        self._counts: OrderedDict[str, Spoken] = OrderedDict()
        self._lock = Lock()

    @property
    def voice(self) -> str:
        """The voice with its version: other sound for the same words has another name."""
        return self._sounds.voice

    def heard(self, pcm: bytes) -> str:
        """The words of one utterance (16 kHz, 16-bit, mono); "" for talk that is none of the coach's business."""
        verdict = self._recognise(pcm)
        return {"command": verdict.text, "perhaps": UNCLEAR, "talk": ""}[verdict.kind]

    def handled(
        self,
        room: str,
        text: str,
        person: str = "",
        people: Sequence[str] = (),
        stopped_ms: int | None = None,
    ) -> tuple[str, Answer, str]:
        """What the coach says to the words from a room, as one text; the answer itself; and who it is for.

        A count is told as all of its words, so that `spoken` knows it again.
        """
        answer, who = self._rooms.say(room, text, person, people, stopped_ms)
        said = answer.spoken.whole
        if answer.spoken.cues:
            with self._lock:
                self._counts[said] = answer.spoken
                self._counts.move_to_end(said)
                while len(self._counts) > _KEPT:
                    self._counts.popitem(last=False)
        return said, answer, who

    def spoken(self, text: str) -> Iterator[Pcm]:
        """The text as sound, a piece as soon as it is made: its sentences, and a count that was handed out before."""
        with self._lock:
            count = self._counts.get(text.strip())
        yield from self._sounds.flow(count or Spoken(text[:LONGEST_OTHER]))


def is_asking(answer: Answer) -> bool:
    """Whether the microphone is to open after the answer: the coach asks, and no count plays."""
    return answer.is_open and not answer.spoken.cues
