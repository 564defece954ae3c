"""The call by the wake word: whether it was for what was said, and what was said after it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from skill.speaker.hearing.endpoint import FRAME_BYTES, FRAME_MS, Utterance


@dataclass
class Call:
    """The latest call of one microphone. All times are milliseconds of its stream.

    `ends_within_ms`: speech that goes on no longer after it was found was the call alone. `lags_ms`: how long before it
    was found the name ended, at most. `lasts_ms`: how long before it was found the name began, at most. `holds_ms`: for
    how long somebody is called.
    """

    ends_within_ms: int
    lags_ms: int
    lasts_ms: int
    holds_ms: int
    found_ms: float = float("-inf")

    @classmethod
    def by(cls, name: str, settings: Mapping[str, Any]) -> "Call":
        """Calls by this name; `lasts_ms` is set by the number of its words."""
        words = max(1, len(name.split()))
        return cls(**{**settings, "lasts_ms": settings["lasts_ms"][words]})

    def heard(self, at_ms: int) -> None:
        """The name was found in the stream by then."""
        self.found_ms = at_ms

    def is_for(self, utterance: Utterance) -> bool:
        """Whether the coach was called for it."""
        return utterance.ended_ms - self.found_ms < self.holds_ms

    def is_all(self, utterance: Utterance) -> bool:
        """Whether nothing but the name was said."""
        return utterance.began_ms <= self.found_ms > utterance.ended_ms - self.ends_within_ms

    def after(self, utterance: Utterance) -> Utterance:
        """What was said after the name, if it begins the utterance and is not all of it; else the whole."""
        before_ms = self.found_ms - utterance.began_ms
        if not 0 <= before_ms <= self.lasts_ms or self.is_all(utterance):
            return utterance
        frames = max(0, int((before_ms - self.lags_ms) / FRAME_MS))
        began_ms = round(utterance.began_ms + frames * FRAME_MS)
        return replace(utterance, pcm=utterance.pcm[frames * FRAME_BYTES :], began_ms=began_ms)
