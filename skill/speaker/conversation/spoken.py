"""An answer of the skill as a speaker plays it: text, or the cues of a count."""

import html
import re
from dataclasses import dataclass
from typing import Final

from skill.locales.script import SpokenCue

_TAG: Final = re.compile(r"<[^>]+>")
BEFORE_A_BEAT_MS: Final = 250
"""A word begins before its beat, by a few hundredths of a second; so it is never cut."""


@dataclass(frozen=True)
class Spoken:
    """What is to be heard: the speech, then the cues of a count with its token and length.

    The speech before a count is said into its rest. So the count is a track of its own: it counts from where the speech
    begins, has silence in its place, and may be entered where the speech ends.
    """

    text: str
    cues: tuple[SpokenCue, ...] = ()
    token: str = ""
    length_ms: int = 0

    @property
    def enters_by_ms(self) -> int:
        """Where the count is entered at the latest, however long the speech takes: the rest grows, no beat is lost."""
        return max(0, self.cues[0].at_ms - BEFORE_A_BEAT_MS) if self.cues else 0

    @property
    def whole(self) -> str:
        """All of its words in order."""
        return " ".join([self.text, *(cue.text for cue in self.cues)]).strip()


def plain(ssml: str) -> str:
    """Speech without its markup."""
    return html.unescape(" ".join(_TAG.sub(" ", ssml).split()))
