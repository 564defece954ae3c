"""The coach's own voice is taken out of the microphone, however late, drifting or torn what is heard of it is."""

from functools import cache

import numpy as np
import pytest

from bench.hearing.__main__ import PIECE_BYTES
from bench.hearing.barge_in import Count, barge_in, scenes
from bench.hearing.clips import Clip, spoken
from bench.hearing.rooms import LIVING, from_the_loudspeaker
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.hearing.echo import FRAME, at_our_rate, canceller

_COUNT = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SECONDS = 16
_TOLD_MS = PIECE_BYTES * 1000 // (2 * SAMPLE_RATE)


@cache
def _track() -> Clip:
    words = [spoken(word, "piper") for word in _COUNT.split()]
    track = np.zeros(_SECONDS * SAMPLE_RATE, np.float32)
    for second, word in enumerate(words):
        track[second * SAMPLE_RATE :][: len(word)] += word[:SAMPLE_RATE]
    return track


def _echo() -> Clip:
    return from_the_loudspeaker(_track(), LIVING)[: len(_track())] * 0.5


def _left_db(heard: Clip, late_ms: int = 0) -> float:
    """How loud what is left of the coach in the last three seconds is beside what came in."""
    echo = canceller()
    echo.plays(_track())
    noise = 1e-4 * np.random.default_rng(1).standard_normal(len(heard))
    pcm = ((heard + noise) * 32767).astype("<i2").tobytes()
    pieces = [pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES)]
    out = b"".join(
        echo.without(piece, max(0, number * _TOLD_MS + late_ms)) for number, piece in enumerate(pieces)
    )
    assert len(out) == len(pcm)
    left = np.frombuffer(out, "<i2").astype(np.float64)[-3 * SAMPLE_RATE :]
    came = np.frombuffer(pcm, "<i2").astype(np.float64)[-3 * SAMPLE_RATE :]
    return float(10 * np.log10(np.mean(left**2) / np.mean(came**2)))


@pytest.mark.parametrize("late_ms", [0, 250, 1000, -1000])
def test_the_coach_is_taken_out_though_the_card_is_wrong_about_its_place(late_ms: int) -> None:
    assert _left_db(_echo(), late_ms) < -25


def test_a_clock_that_drifts_is_followed() -> None:
    quicker = np.arange(0, len(_echo()) - 1, 1.0005)
    drifting = np.interp(quicker, np.arange(len(_echo())), _echo()).astype(np.float32)
    assert _left_db(drifting) < -10


def test_a_microphone_that_lost_half_a_second_is_found_again() -> None:
    torn = np.concatenate([_echo()[: 5 * SAMPLE_RATE], _echo()[5 * SAMPLE_RATE + SAMPLE_RATE // 2 :]])
    assert _left_db(torn) < -20


def test_a_trainee_in_a_silent_room_loses_nothing() -> None:
    echo = canceller()
    pcm = (spoken("that hurts", "piper") * 32767).astype("<i2").tobytes()
    out = echo.without(pcm, None)
    came, left = (np.frombuffer(each, "<i2").astype(np.float64) for each in (pcm, out))
    assert np.mean(left**2) == pytest.approx(np.mean(came**2), rel=0.2)


def test_with_headphones_the_microphone_is_left_as_it_is() -> None:
    echo = canceller()
    echo.plays(_track())
    voice = 0.1 * np.random.default_rng(2).standard_normal(len(_track()))
    pcm = (np.clip(voice, -1, 1) * 32767).astype("<i2").tobytes()
    pieces = [pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES)]
    out = b"".join(echo.without(piece, number * _TOLD_MS) for number, piece in enumerate(pieces))
    assert out[-2 * SAMPLE_RATE :] == pcm[-2 * SAMPLE_RATE - 2 * FRAME : -2 * FRAME]


def test_a_track_of_another_rate_is_the_same_sound() -> None:
    time_s = np.arange(24_000) / 24_000
    tone = (8000 * np.sin(2 * np.pi * 440 * time_s)).astype("<i2")
    found = at_our_rate(Pcm(24_000, tone.tobytes()))
    expected = 8000 / 32768 * np.sin(2 * np.pi * 440 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    assert np.abs(found - expected)[100:-100].max() < 0.01


@pytest.mark.long
def test_a_trainee_is_heard_beside_a_coach_who_is_ten_decibels_louder(open_ears: OpenEars) -> None:
    count = Count()
    (said,) = (scene for scene in scenes(["piper"], None) if scene.phrase == "i'm done")
    assert barge_in(said, 10, canceller(), open_ears(), count) == "heard"
    assert barge_in(said, 10, None, open_ears(), count) == "not heard"
