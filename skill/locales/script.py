"""A timeline put into words: what every renderer takes (APLA, audio, SSML, the terminal)."""

import hashlib
import json

from msgspec.structs import replace

from skill.coach.counting.timeline import Phase
from skill.coach.value import Value


class SpokenCue(Value, frozen=True):
    """Plain text to be heard at an offset (ms), the time it may take, and where in the set it stands."""

    at_ms: int
    text: str
    slot_ms: int = 0
    rep: int = 0
    phase: Phase = "rest"


class Run(Value, frozen=True, eq=False):
    """Cues that follow each other; where they `stand`, the very same object serves every count of that kind."""

    cues: tuple[SpokenCue, ...]
    stands: bool = False


class Script(Value, frozen=True):
    """The words of one piece of audio, in order of time, and its whole length (ms).

    `runs` are the same cues in pieces, for a renderer that keeps what it made of a piece that stands.
    """

    cues: tuple[SpokenCue, ...]
    length_ms: int
    runs: tuple[Run, ...] = ()

    def longer(self, by_ms: int) -> "Script":
        """The same with more time for its last words."""
        if not by_ms or not self.cues:
            return self
        last = replace(self.cues[-1], slot_ms=self.cues[-1].slot_ms + by_ms)
        return Script((*self.cues[:-1], last), self.length_ms + by_ms)

    def parts(self) -> tuple["Script", "Script", "Script"]:
        """What comes before the lead-in, the set from its lead-in to its last rep, and what follows: each from zero."""
        in_set = [cue for cue in self.cues if cue.phase not in ("rest", "after")]
        begins = in_set[0].at_ms if in_set else self.length_ms
        ends = in_set[-1].at_ms + in_set[-1].slot_ms if in_set else self.length_ms
        return self._part(0, begins), self._part(begins, ends), self._part(ends, self.length_ms)

    def _part(self, from_ms: int, to_ms: int) -> "Script":
        cues = (cue for cue in self.cues if from_ms <= cue.at_ms < to_ms)
        return Script(tuple(replace(cue, at_ms=cue.at_ms - from_ms) for cue in cues), to_ms - from_ms)

    @property
    def key(self) -> str:
        """A short name for what is heard: scripts with one name are the same words at the same instants."""
        heard = [self.length_ms, *([cue.at_ms, cue.text, cue.slot_ms] for cue in self.cues)]
        return hashlib.sha256(json.dumps(heard, separators=(",", ":")).encode()).hexdigest()[:32]
