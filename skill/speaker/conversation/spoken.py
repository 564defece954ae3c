"""An answer of the skill as a speaker plays it: text, or the cues of a count."""

import html
import re
from dataclasses import dataclass
from typing import Final

_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Heard:
    """One thing heard at an offset (ms)."""

    at_ms: int
    text: str


@dataclass(frozen=True)
class Spoken:
    """What is to be heard: the speech, then the cues of a count with its token and length."""

    text: str
    cues: tuple[Heard, ...] = ()
    token: str = ""
    length_ms: int = 0


def plain(ssml: str) -> str:
    """Speech without its markup."""
    return html.unescape(" ".join(_TAG.sub(" ", ssml).split()))
