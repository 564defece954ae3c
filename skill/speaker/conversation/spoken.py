"""An answer of the skill as a speaker plays it: text, or the cues of a count read back from its APLA document."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

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


def spoken(answer: Mapping[str, Any]) -> Spoken:
    """What an answer lets one hear."""
    response = answer.get("response", {})
    text = plain((response.get("outputSpeech") or {}).get("ssml", ""))
    for directive in response.get("directives") or ():
        if directive["type"] == "Alexa.Presentation.APLA.RenderDocument":
            cues, length_ms = _walk(directive["document"]["mainTemplate"]["item"], 0)
            return Spoken(text, tuple(cues), directive.get("token", ""), length_ms)
    return Spoken(text)


def plain(ssml: str) -> str:
    """Speech without its markup."""
    return html.unescape(" ".join(_TAG.sub(" ", ssml).split()))


def _walk(item: Mapping[str, Any], at_ms: int) -> tuple[list[Heard], int]:
    """The cues of a component that begins at `at_ms`, and how long it lasts."""
    kind = item["type"]
    if kind == "Silence":
        return [], int(item["duration"])
    if kind == "Speech":
        return [Heard(at_ms, plain(item["content"]))], 0
    cues, length = [], 0
    for each in item.get("items", ()):
        inner, lasts = _walk(each, at_ms + length if kind == "Sequencer" else at_ms)
        cues += inner
        length = length + lasts if kind == "Sequencer" else max(length, lasts)
    return cues, length
