"""Bad and mad requests in number: no fault, nothing spoken that is not ours, nobody's record touched.

Everyday a few thousand; the long run takes FUZZ_SECONDS (60 unless told; 600 is what docs/benchmarks.md
reports).
"""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.verify import Refused, read
from skill.store.sqlite import SQLiteStore
from tests.fuzz import grammar
from tests.fuzz.endpoint import CORPUS, Endpoint, one_body

SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))


@pytest.fixture(autouse=True)
def loggers_stay_as_they_were() -> Iterator[None]:
    """The endpoint under fuzz listens in, and its refusals are too many to keep; the tests after it read the log."""
    loggers = [logging.getLogger(name) for name in ("skill", "skill.front.admission")]
    before = [(each.level, list(each.handlers)) for each in loggers]
    loggers[1].setLevel(logging.ERROR)
    yield
    for each, (level, handlers) in zip(loggers, before, strict=True):
        each.setLevel(level)
        each.handlers[:] = handlers


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    yield endpoint
    endpoint.record_is_untouched()


def test_a_few_thousand_made_envelopes_cause_no_fault(endpoint: Endpoint) -> None:
    random = Random(7)
    for _ in range(1500):
        one_body(endpoint, random)


def test_every_input_that_once_did_harm_or_led_to_a_new_place_is_still_answered(endpoint: Endpoint) -> None:
    kept = sorted(CORPUS.iterdir())
    assert kept
    for file in kept:
        endpoint.local_answer_holds(file.read_bytes())
        endpoint.forgery_is_refused(file.read_bytes(), "AAAA" * 86)


def test_bad_inputs_touch_no_record_in_a_real_store(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "fuzz.db")
    endpoint, random = Endpoint(store), Random(8)
    for _ in range(300):
        one_body(endpoint, random)
    endpoint.record_is_untouched()
    store.close()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_are_read_or_refused(raw: bytes) -> None:
    try:
        envelope = read(raw)
    except Refused as refused:
        envelope = {"refused": refused.code}
    assert isinstance(envelope, dict)


@pytest.mark.long
@pytest.mark.timeout(int(SECONDS) + 120)
def test_as_many_made_envelopes_as_time_allows_cause_no_fault(endpoint: Endpoint) -> None:
    seed = int(os.environ.get("FUZZ_SEED", time.time_ns() % 1_000_000))
    random, until = Random(seed), time.monotonic() + SECONDS
    try:
        while time.monotonic() < until:
            one_body(endpoint, random)
            if endpoint.asked % 5000 < 5:
                endpoint.record_is_untouched()
                endpoint.forget_strangers()
    except AssertionError as error:
        raise AssertionError(f"FUZZ_SEED={seed}, input {endpoint.asked}") from error
    print(f"{endpoint.asked} inputs, seed {seed}")


def test_the_grammar_reaches_every_intent_and_every_kind_of_body() -> None:
    random = Random(9)
    bodies = [grammar.body(random) for _ in range(4000)]
    for intent in grammar.INTENTS:
        assert any(f'"{intent}"'.encode() in body for body in bodies), intent
    assert sum(_is_read(body) for body in bodies) > 2500
    assert sum(not _is_read(body) for body in bodies) > 300


def _is_read(body: bytes) -> bool:
    try:
        read(body)
    except Refused:
        return False
    return True
