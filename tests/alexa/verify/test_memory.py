"""What the verifier remembers: chains for an hour and never past their end, bodies while they are fresh,
both bounded."""

import gc
import threading
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from skill.alexa.verify import Code, Refused, Verifier
from skill.alexa.verify.chain import Chain
from skill.alexa.verify.chains import FETCHES, KEPT, KEPT_FOR, Chains
from skill.alexa.verify.replay import Replays
from tests.alexa.verify.pki import key
from tests.alexa.verify.table import SKILL, Case, Table

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def chain(now: datetime = NOW, lasts: timedelta = timedelta(days=90)) -> Chain:
    return Chain(key("rsa-leaf").public_key(), now - timedelta(days=1), now + lasts)


class Loader:
    """Counts the chains that had to be fetched."""

    def __init__(self, lasts: timedelta = timedelta(days=90)) -> None:
        self.loads = 0
        self._lasts = lasts

    def __call__(self, path: str, now: datetime) -> Chain:
        self.loads += 1
        return chain(NOW, self._lasts)


@pytest.mark.parametrize(
    ("later", "loads"),
    [
        (timedelta(0), 1),
        (KEPT_FOR - timedelta(seconds=1), 1),
        (KEPT_FOR, 2),
        (-timedelta(seconds=1), 2),
    ],
)
def test_a_chain_is_kept_for_an_hour_of_a_clock_that_goes_forward(later: timedelta, loads: int) -> None:
    loader = Loader()
    chains = Chains(loader)
    chains.get("/echo.api/a", NOW)
    chains.get("/echo.api/a", NOW + later)
    assert loader.loads == loads


def test_a_chain_is_not_kept_past_the_end_of_its_certificates() -> None:
    loader = Loader(lasts=timedelta(minutes=5))
    chains = Chains(loader)
    for minutes in (0, 4, 5, 6):
        chains.get("/echo.api/a", NOW + timedelta(minutes=minutes))
    assert loader.loads == 2


def test_no_more_chains_are_kept_than_the_bound() -> None:
    chains = Chains(Loader())
    for n in range(10 * KEPT):
        chains.get(f"/echo.api/{n}", NOW)
    assert len(chains) == KEPT


def test_requests_for_a_chain_that_is_being_fetched_wait_for_that_fetch() -> None:
    go, loads = threading.Event(), []

    def slowly(path: str, now: datetime) -> Chain:
        loads.append(path)
        go.wait(60)
        return chain()

    chains, got = Chains(slowly), []
    threads = [threading.Thread(target=lambda: got.append(chains.get("/echo.api/a", NOW))) for _ in range(8)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert loads == ["/echo.api/a"]


def test_a_fetch_too_many_is_refused_at_once_and_the_next_one_is_not() -> None:
    go, under_way = threading.Event(), threading.Semaphore(0)

    def slowly(path: str, now: datetime) -> Chain:
        under_way.release()
        go.wait(60)
        return chain()

    chains = Chains(slowly)
    threads = [threading.Thread(target=chains.get, args=(f"/echo.api/{n}", NOW)) for n in range(FETCHES)]
    for thread in threads:
        thread.start()
        under_way.acquire()
    with pytest.raises(Refused) as refused:
        chains.get("/echo.api/one-more", NOW)
    go.set()
    for thread in threads:
        thread.join()
    assert refused.value.code == Code.FETCH_BUSY
    assert chains.get("/echo.api/one-more", NOW)


def test_who_waits_for_a_fetch_that_fails_is_refused_for_the_same_reason_and_the_next_one_tries_again() -> (
    None
):
    tries = []

    def failing(path: str, now: datetime) -> Chain:
        tries.append(path)
        raise Refused(Code.FETCH_STATUS, "404")

    chains = Chains(failing)
    for _ in range(2):
        with pytest.raises(Refused, match="fetch-status"):
            chains.get("/echo.api/a", NOW)
    assert len(tries) == 2


def test_a_body_is_heard_once_until_its_timestamp_refuses_it_anyway() -> None:
    replays, until = Replays(), NOW + timedelta(seconds=150)
    assert replays.is_first(b"a", until, NOW)
    assert not replays.is_first(b"a", until, until)
    assert replays.is_first(b"a", until, until + timedelta(seconds=1))


def test_the_memory_of_bodies_is_bounded_and_forgets_what_ends_first() -> None:
    replays = Replays(kept=3)
    for n in range(10):
        assert replays.is_first(bytes([n]), NOW + timedelta(seconds=n), NOW)
    assert len(replays) <= 4
    assert not replays.is_first(bytes([9]), NOW + timedelta(seconds=9), NOW)


@pytest.fixture
def good(table: Table) -> Case:
    return table.cases[0]


Make = Callable[..., Verifier]


@pytest.fixture
def verifier(table: Table) -> Make:
    roots = [table.pki.root.certificate]
    return lambda **options: Verifier([SKILL], roots=roots, **{"fetch": lambda _: table.pki.chain} | options)


def test_a_replay_is_refused(table: Table, good: Case, verifier: Make) -> None:
    ours = verifier()
    ours.verify(good.headers, good.body, table.now)
    with pytest.raises(Refused, match="replay"):
        ours.verify(good.headers, good.body, table.now + timedelta(seconds=100))


def test_a_replay_gets_as_far_as_the_answer_that_the_store_still_holds(
    table: Table, good: Case, verifier: Make
) -> None:
    held = {"amzn1.echo-api.request.0"}
    ours = verifier(answered=lambda envelope: envelope["request"]["requestId"] in held)
    first = ours.verify(good.headers, good.body, table.now)
    assert ours.verify(good.headers, good.body, table.now) == first
    held.clear()
    with pytest.raises(Refused, match="replay"):
        ours.verify(good.headers, good.body, table.now)


def test_a_request_whose_turn_failed_may_be_tried_again(table: Table, good: Case, verifier: Make) -> None:
    ours = verifier()
    ours.verify(good.headers, good.body, table.now)
    ours.not_served(good.body)
    assert ours.verify(good.headers, good.body, table.now)


def test_no_body_is_read_before_its_signature_is_found_right(
    table: Table, good: Case, verifier: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    monkeypatch.setattr("skill.alexa.verify.body.read", read.append)
    with pytest.raises(Refused, match="signature-wrong"):
        verifier().verify(good.headers, good.body + b" ", table.now)
    assert read == []


def test_a_verifier_without_an_application_id_is_not_made() -> None:
    for ids in ([], [""]):
        with pytest.raises(ValueError, match="id of the skill"):
            Verifier(ids)


def test_four_thousand_refused_addresses_leave_no_trace_in_memory(
    table: Table, good: Case, verifier: Make
) -> None:
    def stranger(path: str) -> bytes:
        return table.pki.stranger.pem

    ours = verifier(fetch=stranger)
    signature = dict(good.headers)["Signature-256"]

    def knock(n: int) -> None:
        url = f"https://s3.amazonaws.com/echo.api/{n}.pem"
        with pytest.raises(Refused):
            ours.verify({"SignatureCertChainUrl": url, "Signature-256": signature}, good.body, table.now)

    for n in range(200):
        knock(n)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for n in range(4_000):
        knock(n)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 800_000
