"""The coach is killed (kill -9) in the middle of workouts, and the trainee just says it again."""

import random
import threading
import time
from contextlib import suppress
from http.client import HTTPException

import pytest

from skill.store.transfer import record_of
from tests.faults.workouts import post


def carry_on(lives, requests, kills, seed):
    """Send every request; at `kills` of them kill the coach a few milliseconds later, and send it again."""
    drawn = random.Random(seed)
    doomed = set(drawn.sample(range(len(requests)), kills))
    answers = []
    lives.begin()
    for at, request in enumerate(requests):
        if at in doomed:
            killer = threading.Thread(target=kill_after, args=(lives, drawn.uniform(0, 0.03)))
            killer.start()
            with suppress(OSError, HTTPException):
                post(lives.url, request)
            killer.join()
        answers.append(post(lives.url, request))
    return answers


def kill_after(lives, seconds):
    time.sleep(seconds)
    lives.kill(lives.living[0])
    lives.begin()


@pytest.mark.parametrize("seed", range(1))
def test_a_killed_coach_carries_on_with_nothing_lost_and_nothing_doubled(seed, lives, store, undisturbed):
    assert carry_on(lives, undisturbed.requests, 5, seed) == undisturbed.answers
    assert record_of(store, undisturbed.user) == undisturbed.record


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_fifty_instants_of_its_workouts_it_carries_on(seed, lives, store, undisturbed):
    """Two seeds of twenty-five instants: fifty in all, in each store."""
    assert carry_on(lives, undisturbed.requests, 25, seed) == undisturbed.answers
    assert record_of(store, undisturbed.user) == undisturbed.record
