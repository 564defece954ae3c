"""What all satellites of one house share: the trainee's conversation, the recognisers, the voice."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from skill.speaker.conversation.pcm import Pcm, pcm_of
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Talk
from skill.speaker.hearing.opinions import Verdict

UNCLEAR: Final = "(unclear)"
"""Stands for speech that may have been a command: understood as nothing, so that the coach asks again."""
_KEPT: Final = 16


class House:
    """One conversation, whichever satellite carries it on."""

    def __init__(self, talk: Talk, recognise: Callable[[bytes], Verdict], sounds: Sounds) -> None:
        self._talk = talk
        self._recognise = recognise
        self._sounds = sounds
        self._counts: OrderedDict[str, Spoken] = OrderedDict()

    def heard(self, pcm: bytes) -> str:
        """The words of one utterance (16 kHz, 16-bit, mono); "" for talk that is none of the coach's business."""
        verdict = self._recognise(pcm)
        return {"command": verdict.text, "perhaps": UNCLEAR, "talk": ""}[verdict.kind]

    def handled(self, text: str) -> tuple[str, bool]:
        """What the coach says to the words, and whether it waits for more. A count is told as all of its words."""
        answer: Answer = self._talk.say(text, None)
        said = " ".join([answer.spoken.text, *(cue.text for cue in answer.spoken.cues)]).strip()
        if answer.spoken.cues:
            self._counts[said] = answer.spoken
            while len(self._counts) > _KEPT:
                self._counts.popitem(last=False)
        return said, answer.is_open

    def spoken(self, text: str) -> Pcm:
        """The text as sound: a count that was handed out before on its grid, anything else sentence by sentence."""
        count = self._counts.get(text.strip())
        names = [self._sounds.count(count.cues, count.length_ms)] if count else self._sounds.sentences(text)
        parts = [pcm_of(wav) for name in names if (wav := self._sounds.wav(name))]
        return Pcm(parts[0].rate if parts else 16_000, b"".join(part.samples for part in parts))
