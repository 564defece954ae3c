"""What a speaker on the trainee's own machine needs of hearing: the seam between a microphone and the conversation.

Whoever has a stream (the page, the terminal, a satellite) feeds it in pieces and says what is going on in the
room; the ears say what they heard and where in the stream it lies, so that its place in the audio is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from skill.people.person import WAKE_WORDS
from skill.speaker.understanding.understand import Understood

SAMPLE_RATE = 16_000
"""Samples a second of every stream: 16-bit, one channel, little end first."""

Room = Literal["asleep", "awake", "called", "coach_speaks"]
"""`asleep`: nobody was asked anything, so only a launch, or the wake word before a command. `awake`: the coach waits
for an answer. `called`: the button was pressed or the wake word said, so that whatever is said next is said to the
coach, and asked again if it is no command. `coach_speaks`: its own voice is in the room; the wake word, pain, stop."""

Expected = Literal["", "number", "interruption"]
"""What is waited for. `number`: reps are to be said, so a number alone. `interruption`: the coach counts, and only what
stops, hurts, pauses or ends the set is for it."""


@dataclass(frozen=True)
class Sound:
    """Something that was heard, and where in the stream (ms) it began and ended.

    `woken`: the wake word. `understood`: a command. `unsure`: speech that was no command for certain.
    """

    kind: Literal["woken", "understood", "unsure"]
    began_ms: int
    ended_ms: int
    text: str = ""
    understood: Understood | None = None


class Ears(Protocol):
    """The hearing of one microphone."""

    @property
    def is_speech(self) -> bool:
        """Whether somebody is in the middle of an utterance."""

    def hear(self, pcm: bytes, room: Room, own_words: str = "", expected: Expected = "") -> Sequence[Sound]:
        """Take the next piece of the stream, of any length.

        `own_words` are what the coach itself was saying meanwhile, `expected` is what it waits for.
        """


class EarsMissing(RuntimeError):
    """Nothing can be heard here; the message says what is missing and how to install it. Typing works."""


class OpenEars(Protocol):
    """Opens ears for a new microphone."""

    def __call__(self, wake_word: str = WAKE_WORDS[0], /) -> Ears:
        """New ears, which listen for this wake word. Raises EarsMissing: a package or its model is not there."""
