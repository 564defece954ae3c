"""What is made of whisper's own habits."""

import pytest

from skill.speaker.hearing.whisper import once
from skill.speaker.understanding import language
from skill.speaker.understanding.understand import understand


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("My shoulder hurts. My shoulder hurts. My shoulder hurts. My sh", "My shoulder hurts."),
        ("Keep going. keep going", "Keep going."),
        ("No stunt. No stunt. No stunt? No stunt? No stunt? No no", "No stunt."),
        ("Stop. Stop. My back hurts.", "Stop. Stop. My back hurts."),
        ("...", "..."),
        ("No.", "No."),
        ("No. It was eight.", "No. It was eight."),
        ("Keep going", "Keep going"),
        ("", ""),
    ],
)
def test_a_sentence_written_again_and_again_was_said_once(written: str, said: str) -> None:
    assert once(written) == said


def test_the_hint_tells_of_no_pain_and_no_stop_for_whisper_writes_it_where_nobody_said_it() -> None:
    sentences = language.load("en-US").settings["hint"].replace("?", ".").split(".")
    heard = {understand(sentence).intent for sentence in sentences}
    assert heard & {"PainIntent", "RedFlagIntent", "AMAZON.StopIntent"} == set()
    assert {"LadderIntent", "LogSetIntent", "ReadyIntent"} <= heard
