"""What an Echo lets one hear of an answer: its speech, then the cues of the count in its APLA document."""

from collections.abc import Mapping
from typing import Any

from skill.locales.script import SpokenCue
from skill.speaker.conversation.spoken import Spoken, plain


def spoken(answer: Mapping[str, Any]) -> Spoken:
    """The answer as it is heard."""
    response = answer.get("response", {})
    text = plain((response.get("outputSpeech") or {}).get("ssml", ""))
    for directive in response.get("directives") or ():
        if directive["type"] == "Alexa.Presentation.APLA.RenderDocument":
            cues, length_ms = _walk(directive["document"]["mainTemplate"]["item"], 0)
            return Spoken(text, tuple(cues), directive.get("token", ""), length_ms)
    return Spoken(text)


def _walk(item: Mapping[str, Any], at_ms: int) -> tuple[list[SpokenCue], int]:
    """The cues of a component that begins at `at_ms`, and how long it lasts."""
    kind = item["type"]
    if kind == "Silence":
        return [], int(item["duration"])
    if kind == "Speech":
        return [SpokenCue(at_ms, plain(item["content"]))], 0
    cues, length = [], 0
    for each in item.get("items", ()):
        inner, lasts = _walk(each, at_ms + length if kind == "Sequencer" else at_ms)
        cues += inner
        length = length + lasts if kind == "Sequencer" else max(length, lasts)
    return cues, length
