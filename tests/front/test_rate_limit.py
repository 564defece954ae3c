"""Whoever is refused a lot costs little, gets nothing fetched, and shuts nobody else out."""

import gc
import io
import logging
import sys
import tracemalloc

import pytest

from skill.alexa.verify import Code, Refused
from skill.front.admission import Admission
from skill.front.rate_limit import ALLOWED, Refusals
from tests.front.door import Door


def test_who_was_refused_too_often_gets_nothing_fetched_and_alexa_is_still_heard(door: Door) -> None:
    assert door.post(door.body()).status_code == 200
    for n in range(200):
        door.post(door.body()[:-1] + b" }", file=f"{n}.pem", headers={"Signature-256": "AAAA" * 86})
    assert 50 < len(door.fetched) < 150
    assert door.post(door.body()).status_code == 200


def test_a_proxy_that_is_named_tells_strangers_from_each_other_and_nobody_else_does() -> None:
    class Unwilling:
        """Lets nobody in; remembers whether something unknown might have been fetched."""

        def __init__(self) -> None:
            self.asked: list[bool] = []

        def verify(self, *_: object) -> None:
            self.asked.append(bool(_[3]))
            raise Refused(Code.SIGNATURE_WRONG)

    def knock(front: Admission, peer: str, told: str) -> None:
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/alexa", "CONTENT_TYPE": "application/json"}
        body = {"CONTENT_LENGTH": "2", "wsgi.input": io.BytesIO(b"{}"), "REMOTE_ADDR": peer}
        front(environ | body | {"HTTP_X_FORWARDED_FOR": told}, lambda *_: None)  # type: ignore[arg-type]

    for peer, is_shut_out in (("10.0.0.9", False), ("10.0.0.1", True)):
        judge = Unwilling()
        front = Admission(lambda *_: [b""], judge, proxies=("10.0.0.9",))  # type: ignore[arg-type]
        for _ in range(2 * ALLOWED):
            knock(front, peer, "evil, 203.0.113.1")
        knock(front, peer, "203.0.113.1, 203.0.113.2")
        assert judge.asked[-1] is is_shut_out


def test_who_was_refused_too_often_may_ask_again_later() -> None:
    refusals = Refusals(allowed=3)
    for _ in range(3):
        assert not refusals.too_many("203.0.113.9", 100.0)
        refusals.refused("203.0.113.9", 100.0)
    assert refusals.too_many("203.0.113.9", 100.0)
    assert not refusals.too_many("203.0.113.10", 100.0)
    assert not refusals.too_many("203.0.113.9", 104.0)


def test_an_ipv6_household_knocks_from_one_address_and_strangers_fill_no_memory() -> None:
    refusals = Refusals(allowed=3, remembered=10)
    for n in range(3):
        refusals.refused(f"2001:db8::{n}", 0.0)
    assert refusals.too_many("2001:db8::ffff", 0.0)
    assert not refusals.too_many("2001:db8:0:1::1", 0.0)
    for n in range(1000):
        refusals.refused(f"no address {n}", 0.0)
    assert len(refusals) == 10


def knocked(door: Door, n: int) -> None:
    """One refusal of a stranger, each with an address of a certificate and a place of their own."""
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/alexa",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "2",
        "HTTP_SIGNATURECERTCHAINURL": f"https://s3.amazonaws.com/echo.api/{n}.pem",
        "HTTP_SIGNATURE_256": "A" * 342 + "==",
        "REMOTE_ADDR": f"203.0.{n // 256 % 256}.{n % 256}",
        "wsgi.input": io.BytesIO(b"{}"),
    }
    door.app.wsgi_app(environ, lambda status, *_: statuses.append(status))
    assert statuses == ["400 Bad Request"]


def test_thousands_of_refusals_leave_next_to_nothing_in_memory(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "skill"):
        for n in range(200):
            knocked(door, n)
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        for n in range(200, 3_200):
            knocked(door, n)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before - sum(map(sys.getsizeof, door.fetched[200:]))
        tracemalloc.stop()
    assert len(door.fetched) == 3_200
    assert grown < 1_000_000  # a third of a kB each; a request that was kept would take ten times as much
