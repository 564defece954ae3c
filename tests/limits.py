"""Alexa's limits (shared by every test): what an answer may be, whoever asked for it."""

import json
import re

LONGEST_SPEECH = 8000
LARGEST_ANSWER = 120_000
LONGEST_AUDIO_MS = 240_000
LONGEST_BREAK_MS = 10_000
_BREAK = re.compile(r'<break time="(\d+)(ms|s)"/>')


def check_answer(answer: dict) -> None:
    """Fail where an answer breaks one of the platform's rules."""
    assert answer.get("version") == "1.0", "an answer carries version 1.0"
    assert len(json.dumps(answer).encode()) <= LARGEST_ANSWER, "at most 120 kB"
    response = answer["response"]
    check_speech((response.get("outputSpeech") or {}).get("ssml"))
    reprompt = response.get("reprompt")
    if reprompt:
        check_speech(reprompt["outputSpeech"]["ssml"])
        assert response.get("shouldEndSession") is False, "a reprompt needs an open session"
    directives = response.get("directives") or []
    for directive in directives:
        if directive["type"] == "Alexa.Presentation.APLA.RenderDocument":
            check_document(directive)
    if response.get("shouldEndSession") is False:
        asks_by_audio = any(each["type"].endswith("RenderDocument") for each in directives)
        assert response.get("outputSpeech") or asks_by_audio, "an open microphone after no words"


def check_speech(ssml: str | None) -> None:
    if ssml is None:
        return
    assert ssml.startswith("<speak>")
    assert ssml.endswith("</speak>")
    assert len(ssml) < LONGEST_SPEECH, "speech under 8,000 characters"
    assert "{" not in ssml, "a placeholder was left unfilled"
    assert not re.search(r"&(?!(amp|lt|gt|quot|apos|#)\b)", ssml), "a bare ampersand"
    for length, unit in _BREAK.findall(ssml):
        assert int(length) * (1000 if unit == "s" else 1) <= LONGEST_BREAK_MS, "a break of over 10 s"


def check_document(directive: dict) -> None:
    document = directive["document"]
    assert (document["type"], document["version"]) == ("APLA", "0.91")
    assert directive["token"]
    assert lasts_ms(document["mainTemplate"]["item"]) <= LONGEST_AUDIO_MS, "at most 240 s of audio"


def lasts_ms(item: dict) -> int:
    """How long a component lasts, its speech not counted (slots hold it)."""
    if item["type"] == "Silence":
        return item["duration"]
    parts = [lasts_ms(each) for each in item.get("items", ())]
    return sum(parts) if item["type"] == "Sequencer" else max(parts, default=0)
