"""A television that never pauses ends no utterance; who speaks over it louder is heard all the same."""

from itertools import chain

import numpy as np
import pytest

from skill.speaker.hearing.endpoint import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, Endpointer, Pauses, Utterance
from skill.speaker.hearing.recognise import thresholds
from tests.speaker.hearing.test_listen import listening, texts

PAUSES = Pauses(**thresholds()["pauses"])
RANDOM = np.random.default_rng(7)
SET = 500.0


def talk(seconds: float, level: float = SET) -> bytes:
    """Speech as a meter sees it: noise whose loudness goes up and down by some decibels with every syllable."""
    frames = int(seconds * 1000 / FRAME_MS)
    swing = 10 ** (np.clip(RANDOM.normal(0, 4, frames), -8, 6) / 20)
    noise = RANDOM.standard_normal((frames, FRAME_SAMPLES)) * (level * swing)[:, None]
    return np.clip(noise, -32767, 32767).astype("<i2").tobytes()


def heard(stream: bytes) -> list[Utterance]:
    return list(Endpointer(lambda _: 1.0, PAUSES).feed(stream))


def test_ten_minutes_of_television_alone_bring_next_to_nothing_to_the_recognisers() -> None:
    found = heard(talk(600))
    assert {each.kind for each in found} <= {"stands_out"}
    assert len(found) <= 6


@pytest.mark.parametrize("times", [3.0, 6.0, 10.0])
def test_a_voice_that_is_louder_than_the_television_is_cut_out_of_it_whole(times: float) -> None:
    before, said, after = talk(12), talk(0.8, SET * times), talk(3)
    (found,) = heard(before + said + after)
    assert found.kind == "stands_out"
    began, ended = len(before) / FRAME_BYTES * FRAME_MS, (len(before) + len(said)) / FRAME_BYTES * FRAME_MS
    assert began - 500 < found.began_ms <= began
    assert abs(found.ended_ms - ended) < 400
    assert said[: len(said) // 2] in found.pcm


def test_a_television_that_is_turned_up_is_still_a_television_and_a_voice_over_it_is_heard() -> None:
    louder = talk(20, SET * 4)
    found = heard(talk(12) + louder + talk(0.8, SET * 24) + talk(3, SET * 4))
    assert [each.began_ms > 31_000 for each in found] == [True]


def test_when_the_television_is_turned_off_everything_is_as_before() -> None:
    likely = chain([1.0] * 400, [0.0] * 40, [1.0] * 30, [0.0] * 60)
    endpointer = Endpointer(lambda _: next(likely), PAUSES)
    kinds = [each.kind for each in endpointer.feed(talk(0.0325 * 510, SET))]
    assert kinds[0] == "too_long"
    assert kinds[-3:] == ["lull", "pause", "end"]


def test_what_is_said_over_the_television_is_acted_on_and_the_television_is_asked_nothing() -> None:
    for words, acted in (("stop", [("understood", "stop")]), ("skip?", []), ("the minister said so", [])):
        ears, recognise = listening(words)
        ears._endpointer._likelihood = lambda _: 1.0
        assert texts(ears.hear(talk(12) + talk(0.8, SET * 6) + talk(3), "awake")) == acted
        assert len(recognise.lengths) == 1
