"""The measuring itself: what it must find in a recording, and what it must not let pass."""

import numpy as np
import pytest

from tests.browser.heard import RATE, Beats, Clock, Sound, beats, ring_lag_ms

REP = ("lift", "hold", "two", "lower", "two", "three")
PLACES_MS = [3000 + 1000 * nth for nth in range(12)]
BEGAN_MS = 5_000.0
LATE_MS = (3.0, 0.0, 17.0, 220.0, 4.0)


def word(text: str) -> Sound:
    """The same noise for the same word."""
    noise = np.random.default_rng(sum(text.encode())).normal(0, 3000, round(0.4 * RATE))
    return (noise * np.hanning(len(noise))).astype(np.float32)


def track() -> Sound:
    """An opening of three seconds, then two repetitions of the same six words."""
    sound = np.zeros(16 * RATE, np.float32)
    for second, text in enumerate(("here we go", "", "ready", *REP, *REP)):
        if text:
            sound[second * RATE : second * RATE + round(0.4 * RATE)] = word(text)
    return sound


def clock(samples: int) -> Clock:
    """A recording that began at BEGAN_MS, its pieces of 20 ms coming now and then late."""
    ends = range(480, samples + 480, 480)
    return Clock([(BEGAN_MS + end * 1000 / RATE + LATE_MS[nth % 5], end) for nth, end in enumerate(ends)])


def heard(*parts: Sound) -> Beats:
    """What is found when a second of silence and these parts are played."""
    recording = np.concatenate([np.zeros(RATE, np.float32), *parts, np.zeros(RATE, np.float32)])
    return beats(recording, track(), PLACES_MS, clock(len(recording)), BEGAN_MS + 400)


def test_a_count_played_as_it_was_made_lies_on_the_grid_and_at_its_instants() -> None:
    found = heard(track())
    assert found.are_whole
    assert found.off_ms == pytest.approx(0, abs=0.1)
    assert found.at == pytest.approx([BEGAN_MS + 1000 + each for each in PLACES_MS], abs=1)


def test_a_stall_between_two_words_is_found_though_every_repetition_sounds_alike() -> None:
    whole, at = track(), round(8.6 * RATE)
    found = heard(whole[:at], np.zeros(round(0.3 * RATE), np.float32), whole[at:])
    assert found.stalled_ms == pytest.approx(300, abs=1)
    assert np.ptp(found.off_ms) == pytest.approx(300, abs=1)
    assert not found.are_whole


def test_a_stall_within_a_word_is_found() -> None:
    whole, at = track(), round(8.1 * RATE)
    assert not heard(whole[:at], np.zeros(240, np.float32), whole[at:]).are_whole


def test_a_word_that_a_long_stall_tears_is_one_torn_word_and_the_rest_is_whole() -> None:
    whole, at = track(), round(8.2 * RATE)
    found = heard(whole[:at], np.zeros(round(0.1 * RATE), np.float32), whole[at:])
    assert found.torn == 1
    assert found.stalled_ms > 0


def test_another_count_than_the_one_that_was_made_is_not_taken_for_it() -> None:
    whole = track()
    cut = heard(whole[: round(0.5 * RATE)], whole[3 * RATE :])
    assert cut.torn > 1


def test_a_ring_that_runs_ahead_or_shows_nothing_is_seen() -> None:
    found = heard(track())
    phases = [{"phase": "lift", "rep": 1}, {"phase": "hold", "rep": 1}, {"phase": "lower", "rep": 1}]
    ring = [
        {"at": found.at[0] + 100 + 20, "phase": "lift", "rep": "1", "second": "1"},
        {"at": found.at[1] + 100 - 3000, "phase": "hold", "rep": "1", "second": "1"},
        {"at": found.at[2] + 100, "phase": "lower", "rep": "1", "second": "2"},
    ]
    lags = ring_lag_ms(found, ring, phases, ahead_ms=100)
    assert lags[:2] == pytest.approx([20, -3000])
    assert np.isnan(lags[2])
