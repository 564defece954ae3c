"""The count as a plan of absolute offsets: every player waits towards `start + at_ms`, so nothing drifts."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["rest", "lead_in", "concentric", "isometric_hold", "eccentric", "after"]


@dataclass(frozen=True)
class Cue:
    """One thing said at an offset. `word` is a locale key; `number` its number, where it has one.

    `rep` is 1 for the first repetition, 0 before and after the reps. `slot_ms` is how long the word may take.
    """

    at_ms: int
    word: str
    number: int | None
    rep: int
    phase: Phase
    slot_ms: int


@dataclass(frozen=True)
class Timeline:
    """The cues of one piece of audio, in order of time, and its whole length."""

    cues: tuple[Cue, ...]
    length_ms: int
