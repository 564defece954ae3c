"""Nobody touches anything: a workout by voice from the first word to the last, through sound cards, and measured."""

import json
import os
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skill.app import Settings, build
from skill.speaker.conversation.local_trainee import LOCAL_USER
from tests.browser.chromium import seen
from tests.browser.heard import Beats, Clock, beats, ring_lag_ms
from tests.browser.stage import coach, say_into, sound_cards
from tests.short_raise import ROUNDS, short_raise

LINES = {
    "start": "start glute workout",
    "bands": "yellow red and green",
    "ready": "Alexa, I'm ready.",
    "done": "Alexa, I'm done.",
}

COUNTED_REPS = 5
TAKES = 3
COUNT_TAKES = 4
HARMLESS_MS = 25
"""A sound that stood still for no longer moves no word by as much as 30 ms: one take of that kind is enough."""

pytestmark = [pytest.mark.long, pytest.mark.real_time, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Five repetitions of a count that was begun by typing.

    A machine that is busy with other things lets the sound stand still now and then. The recording shows it; where
    that is long enough to be taken for a fault of the page, the count is taken again, and the take with the least of it
    is judged.
    """
    takes = []
    for _ in range(COUNT_TAKES):
        takes.append(_played("piper", "count", tmp_path_factory))
        takes[-1]["beats"] = _beats(takes[-1])
        if not takes[-1]["beats"].torn and takes[-1]["beats"].stalled_ms <= HARMLESS_MS:
            break
    stalled_ms = [round(take["beats"].stalled_ms) for take in takes]
    print(f"the sound stood still for {stalled_ms} ms, take by take; load {os.getloadavg()[0]:.1f}")
    return min(takes, key=lambda take: (take["beats"].torn, take["beats"].stalled_ms))


def _played(voice: str, what: int | str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened; `sets` is what the coach kept."""
    folder = tmp_path_factory.mktemp(f"{voice}-{what}")
    say_into(folder, {name: (voice, text) for name, text in LINES.items()})
    with sound_cards(folder) as cards, coach(folder, exercises=short_raise(folder / "exercises")) as address:
        log: dict[str, Any] = seen(
            "workout.mjs", address, str(folder), str(what), environment=dict(cards), is_measured=True
        )
    (folder / "log.json").write_text(json.dumps(log), "utf-8")
    return log | {"folder": folder, "sets": _sets(folder)}


def test_every_set_is_ended_by_voice_and_kept_and_a_barge_in_at_rep_six_counts_five(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    trained = _taken("piper", 2 * ROUNDS, tmp_path_factory, lambda take: take["done"][0]["said"] == 1)
    _is_kept_whole(trained, 2 * ROUNDS)
    assert trained["sets"][0] == ("left", 5, "measured")


def test_whoever_is_hard_to_understand_says_it_again_and_the_rep_is_the_one_it_was_said_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    trained = _taken("espeak", 2, tmp_path_factory, lambda take: True)
    _is_kept_whole(trained, 2)
    first, last = trained["done"][0]["into"]
    side, reps, source = trained["sets"][0]
    assert (side, source) == ("left", "measured")
    assert first - 1 <= reps <= last - 1


def _taken(
    voice: str,
    sets: int,
    tmp_path_factory: pytest.TempPathFactory,
    is_clean: Callable[[dict[str, Any]], bool],
) -> dict[str, Any]:
    """The first clean take, else the last.

    A stalled machine may swallow a word: said again, it may come a rep later, and torn, it may be said in vain.
    """
    for take in range(1, TAKES + 1):
        try:
            trained = _played(voice, sets, tmp_path_factory)
        except RuntimeError as failed:
            if take == TAKES or "in vain" not in str(failed):
                raise
            continue
        if is_clean(trained):
            break
    return trained


def _is_kept_whole(trained: dict[str, Any], sets: int) -> None:
    assert len(trained["done"]) == len(trained["sets"]) == sets
    assert [side for side, _, _ in trained["sets"]] == (["left", "right"] * ROUNDS)[:sets]
    assert {host.split(":")[0] for host in trained["hosts"]} == {"127.0.0.1"}
    assert trained["wrong"] == []


@pytest.mark.alone
def test_what_was_recorded_is_the_count_and_both_clocks_ran_alike(counted: dict[str, Any]) -> None:
    torn = counted["beats"].torn
    assert torn == 0 or (torn == 1 and counted["beats"].stalled_ms > 0)  # one word may fall into a stall
    assert max(each["within_ms"] for each in counted["ahead"]) < 5
    assert abs(counted["ahead"][0]["ms"] - counted["ahead"][1]["ms"]) < 5


@pytest.mark.alone
def test_the_beats_are_within_30_ms_of_the_grid_at_the_95th_percentile(counted: dict[str, Any]) -> None:
    off = np.abs(counted["beats"].off_ms)
    assert len(off) == 3 * COUNTED_REPS
    assert np.percentile(off, 95) <= 30


@pytest.mark.alone
def test_the_ring_is_within_50_ms_of_the_beat(counted: dict[str, Any]) -> None:
    phases = _first_count(counted)["picture"]["phases"]
    ahead_ms = np.mean([each["ms"] for each in counted["ahead"]])
    lags = ring_lag_ms(counted["beats"], counted["ring"], phases, float(ahead_ms))
    print(f"the ring is {np.round(lags, 1)} ms later than the beat")
    assert len(lags) == 3 * COUNTED_REPS
    assert np.percentile(np.abs(lags), 95) <= 50


def _first_count(log: dict[str, Any]) -> dict[str, Any]:
    count: dict[str, Any] = next(each["body"]["count"] for each in log["answers"] if each["body"]["count"])
    return count


def _beats(log: dict[str, Any]) -> Beats:
    """The words that begin a phase, in the repetitions that were surely played whole."""
    pcm = np.fromfile(log["folder"] / "heard.pcm", "<i2").astype(np.float32)
    places = [each["at_ms"] for each in _first_count(log)["picture"]["phases"] if each["rep"] <= COUNTED_REPS]
    asked_at = next(each["at"] for each in log["answers"] if each["body"]["count"])
    return beats(pcm, _track(log["folder"]), places, Clock(log["heard"]), asked_at)


def _track(folder: Path) -> Any:
    """The first count as it was made."""
    with wave.open(str(folder / "track.wav")) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)


def _sets(folder: Path) -> list[tuple[str, int, str]]:
    store = build(Settings(store=str(folder / "coach.db"))).store
    document = store.load(LOCAL_USER).document or {}
    found = document.get("workout", {}).get("sets") or (store.workouts(LOCAL_USER) or [{}])[0].get("sets", [])
    store.close()
    return [(each["side"], each["reps"], each["reps_source"]) for each in found]
