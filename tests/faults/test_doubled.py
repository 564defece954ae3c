"""The same requests again, at once, later, out of order, from many threads and processes."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.store.transfer import record_of
from tests.faults.workouts import post, sets_of, speech


def test_a_request_sent_three_times_at_once_gets_one_answer_and_happens_once(lives, store, undisturbed):
    lives.begin(), lives.begin()
    with ThreadPoolExecutor(3) as pool:
        for request, expected in zip(undisturbed.requests, undisturbed.answers, strict=True):
            answers = list(pool.map(lambda each: post(lives.url, each), [request] * 3))
            assert answers == [expected] * 3
    assert record_of(store, undisturbed.user) == undisturbed.record


def test_requests_sent_again_hours_later_and_by_another_process_change_nothing(lives, store, undisturbed):
    pid = lives.begin()
    for request in undisturbed.requests:
        post(lives.url, request)
    lives.kill(pid)
    lives.begin()
    again = [post(lives.url, request) for request in undisturbed.requests]
    assert again[-1] == undisturbed.answers[-1]
    assert "that already" in speech(again[0])
    assert record_of(store, undisturbed.user) == undisturbed.record


@pytest.mark.parametrize("tellers", [8, pytest.param(32, marks=pytest.mark.long)])
def test_threads_in_four_processes_tell_one_users_turns_and_each_set_is_there_once_in_order(
    tellers, lives, store, undisturbed
):
    """Each teller sends the whole conversation at its own pace; who comes late repeats what others have said."""
    for _ in range(4):
        lives.begin()

    def tell(_):
        return [until_answered(lives.url, request) for request in undisturbed.requests]

    with ThreadPoolExecutor(tellers) as pool:
        told = list(pool.map(tell, range(tellers)))
    assert record_of(store, undisturbed.user) == undisturbed.record
    for answers in told:
        for answer, expected in zip(answers, undisturbed.answers, strict=True):
            assert answer == expected or "that already" in speech(answer)


def until_answered(url, request):
    """An apology is said again to, as a person would."""
    while True:
        answer = post(url, request, timeout=60)
        if "can't reach my notes" not in speech(answer):
            return answer


def test_requests_out_of_order_lose_no_set_and_double_none(lives, store, undisturbed):
    lives.begin()
    drawn = random.Random(6)
    requests = list(undisturbed.requests)
    for at in range(0, len(requests) - 1, 2):
        if drawn.random() < 0.6:
            requests[at], requests[at + 1] = requests[at + 1], requests[at]
    kept = []
    for request in [each for each in requests for _ in range(2)]:
        post(lives.url, request)
        now = sets_of(store, undisturbed.user)
        assert now[: len(kept)] == kept
        kept = now
    ids = [workout["id"] for workout in record_of(store, undisturbed.user)["workouts"]]
    assert len(ids) == len(set(ids)) >= 1
    assert len(kept) >= 6


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_the_end_of_a_session_around_the_save_of_a_set_does_not_lose_it(when, lives, store, undisturbed):
    lives.begin(), lives.begin()
    names = [(each["request"].get("intent") or {}).get("name") for each in undisturbed.requests]
    at = names.index("LogSetIntent")
    assert names[at - 1] == "FailIntent"
    told = undisturbed.requests[at]
    for request in undisturbed.requests[:at]:
        post(lives.url, request)
    event = {**told["request"], "type": "SessionEndedRequest", "reason": "USER_INITIATED", "requestId": "end"}
    end = {**told, "request": {key: value for key, value in event.items() if key != "intent"}}
    order = [told, end] if when == "after" else [end, told]
    with ThreadPoolExecutor(2 if when == "during" else 1) as pool:
        list(pool.map(lambda each: post(lives.url, each), order))
    kept = sets_of(store, undisturbed.user)
    assert [side for side, *_ in kept] == ["left", "right"], (
        "the one before it, and the one being told, once each"
    )
    again = [post(lives.url, each) for each in (told, end)]
    assert sets_of(store, undisturbed.user) == kept
    assert again[1]["response"] == {}
