"""A trainee's voice through the page's own door to the skill: nobody types."""

import re
from pathlib import Path
from typing import Any

import pytest

from bench.hearing.clips import LEAD_S, in_noise, spoken
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars
from tests.speaker.page.opened import Page, at, opened

PIECE_BYTES = 4096


def say(
    page: Page, text: str, room: str, count: dict[str, Any] | None = None, from_ms: int = 0
) -> list[dict[str, Any]]:
    """Say it into the page's microphone, from a place in the count on if one plays; the answers come back."""
    pcm = in_noise(spoken(text, "piper"), None, text)
    answers = []
    for begin in range(0, len(pcm), PIECE_BYTES):
        at_ms = from_ms + begin * 1000 // (2 * SAMPLE_RATE)
        query = {"token": count["token"], "at_ms": at_ms} if count else {}
        heard = page.hear(pcm[begin : begin + PIECE_BYTES], room, **query).get_json()
        if heard["answer"]:
            answers.append(heard["answer"])
    return answers


def test_a_workout_is_begun_and_a_set_is_ended_by_voice_at_the_exact_repetition(
    tmp_path: Path, open_ears: OpenEars
) -> None:
    with opened(tmp_path, open_ears) as page:
        (first,) = say(page, "start glute workout", "asleep")
        assert first["is_open"]
        (ladder,) = say(page, "yellow, red and the green one", "awake")
        assert "yellow, red and green" in ladder["text"]
        (ready,) = say(page, "I'm ready", "awake")
        spoken_at = at(ready["count"], 11, "eccentric", 1000)
        (stopped,) = say(
            page, "I can't do any more", "coach_speaks", ready["count"], spoken_at - round(LEAD_S * 1000)
        )
        assert re.search(r"\bten\b", stopped["text"].lower()), stopped["text"]


@pytest.mark.parametrize(
    "said", ["the stock market fell again today", "he works out at the gym every morning"]
)
def test_talk_beside_the_trainee_leaves_the_set_alone(tmp_path: Path, open_ears: OpenEars, said: str) -> None:
    with opened(tmp_path, open_ears) as page:
        count = page.begin()["count"]
        assert say(page, said, "coach_speaks", count, 20_000) == []
        assert page.sets == []
