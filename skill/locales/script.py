"""A timeline put into words: what every renderer takes (APLA, audio, SSML, the terminal)."""

from dataclasses import dataclass

from skill.coach.count import Phase


@dataclass(frozen=True)
class SpokenCue:
    """Plain text to be heard at an offset (ms), the time it may take, and where in the set it stands."""

    at_ms: int
    text: str
    slot_ms: int
    rep: int
    phase: Phase


@dataclass(frozen=True)
class Script:
    """The words of one piece of audio, in order of time, and its whole length (ms)."""

    cues: tuple[SpokenCue, ...]
    length_ms: int
