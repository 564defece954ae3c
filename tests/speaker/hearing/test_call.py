"""What follows the wake word is heard by itself; what was said before the name is never cut away."""

import pytest

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.call import Call
from skill.speaker.hearing.endpoint import FRAME_BYTES, FRAME_MS, Utterance
from skill.speaker.hearing.recognise import thresholds
from tests.speaker.hearing.test_listen import QUIET, VOICE, listening, stretch, texts


def call(found_ms: int) -> Call:
    made = Call.by("alexa", thresholds()["call"])
    made.heard(found_ms)
    return made


def utterance(began_ms: int, ended_ms: int) -> Utterance:
    return Utterance("pause", bytes((ended_ms - began_ms) * 2 * SAMPLE_RATE // 1000), began_ms, ended_ms)


def test_what_was_said_after_the_name_begins_shortly_before_the_name_was_found() -> None:
    whole = utterance(1_000, 3_000)
    after = call(2_000).after(whole)
    cut = len(whole.pcm) - len(after.pcm)
    assert cut % FRAME_BYTES == 0
    assert 2_000 - 250 - FRAME_MS < 1_000 + cut / FRAME_BYTES * FRAME_MS < 2_000 - 60
    assert after.began_ms == pytest.approx(1_000 + cut / FRAME_BYTES * FRAME_MS, abs=1)
    assert after.ended_ms == 3_000


@pytest.mark.parametrize(
    ("began_ms", "found_ms", "ended_ms"),
    [
        (1_000, 2_600, 4_000),  # "that hurts, Alexa, wait"
        (3_000, 2_000, 4_000),  # called before it began
        (1_000, 2_000, 2_200),  # the name alone
        (1_000, 1_090, 3_000),  # too little to cut
    ],
)
def test_everything_else_is_heard_whole(began_ms: int, found_ms: int, ended_ms: int) -> None:
    whole = utterance(began_ms, ended_ms)
    assert call(found_ms).after(whole).pcm == whole.pcm


NAME = stretch(QUIET, 640) + stretch(VOICE, 640), stretch(VOICE, 32)[:-6] + b"ALEXA!"
CALLED = *NAME, stretch(VOICE, 704) + stretch(QUIET, 1400)


def test_a_command_after_the_name_is_taken_and_the_whole_not_asked_for() -> None:
    ears, recognise = listening("stop")
    sounds = [sound for piece in CALLED for sound in ears.hear(piece, "coach_speaks")]
    assert texts(sounds) == [("woken", ""), ("understood", "stop")]
    assert len(recognise.lengths) == 1


def test_where_the_rest_says_nothing_the_whole_is_heard() -> None:
    ears, recognise = listening("top?", "stop")
    sounds = [sound for piece in CALLED for sound in ears.hear(piece, "coach_speaks")]
    assert texts(sounds) == [("woken", ""), ("understood", "stop")]
    assert recognise.lengths[0] < recognise.lengths[1]
