"""The edges of what is let in: seconds, bytes, and a certificate host that takes its time."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from skill.alexa.verify import Code, Refused, read
from skill.alexa.verify.chain import trusted_roots, verify_chain
from skill.alexa.verify.claims import check_freshness
from skill.alexa.verify.fetch import fetch_chain
from tests.alexa.verify.host import CertificateHost
from tests.alexa.verify.table import Served, Table

EVENT = "AlexaSkillEvent.SkillDisabled"


@pytest.mark.parametrize(
    ("kind", "age_s", "code"),
    [
        ("LaunchRequest", 150, None),
        ("LaunchRequest", 150.5, Code.STALE),
        ("LaunchRequest", -150, None),
        ("LaunchRequest", -150.5, Code.FUTURE),
        (EVENT, 3600, None),
        (EVENT, 3601, Code.STALE),
        (EVENT, -151, Code.FUTURE),
    ],
)
def test_a_request_is_fresh_to_the_very_second(
    table: Table, kind: str, age_s: float, code: Code | None
) -> None:
    now = table.now + timedelta(seconds=age_s)
    envelope = table.envelope(kind)
    if code is None:
        assert check_freshness(envelope, now) >= now
        return
    with pytest.raises(Refused) as refused:
        check_freshness(envelope, now)
    assert refused.value.code == code


def test_a_body_is_read_up_to_its_limit_and_not_a_byte_further() -> None:
    assert read(b"{}" + b" " * (256 * 1024 - 2)) == {}
    with pytest.raises(Refused, match="body-size"):
        read(b"{}" + b" " * (256 * 1024 - 1))


def test_nesting_of_32_is_read_and_of_33_is_not() -> None:
    assert read(b'{"a":' + b"[" * 31 + b"]" * 31 + b"}")
    with pytest.raises(Refused, match="body-depth"):
        read(b'{"a":' + b"[" * 32 + b"]" * 32 + b"}")


@pytest.mark.parametrize("text", ["\\u005cu0000", "\\\\u0000", "\\ud83e\\uddb5", "\\u0001"])
def test_text_that_only_looks_like_a_nul_or_half_a_pair_is_read(text: str) -> None:
    assert read(b'{"a": "' + text.encode() + b'"}') == json.loads('{"a": "' + text + '"}')


def test_a_refusal_tells_the_log_one_short_printable_line() -> None:
    refused = Refused(Code.URL_FORM, "evil\r\nINFO let in " + "x" * 500 + "\x1b[2J")
    assert "\n" not in str(refused)
    assert str(refused).isprintable()
    assert len(str(refused)) < 160


def test_the_machines_roots_are_read_without_a_complaint_and_amazon_is_among_them() -> None:
    names = [root.subject.rfc4514_string() for root in trusted_roots()]
    assert len(names) > 100
    assert any("Amazon Root CA 1" in name for name in names)


def test_the_machines_roots_trust_no_chain_of_the_tests(table: Table) -> None:
    with pytest.raises(Refused, match="chain-untrusted"):
        verify_chain(table.pki.chain, trusted_roots(), table.now)


Serve = Callable[[Callable[[socket.socket], None]], int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A plain server on loopback that does to one connection what a test says."""
    listening: list[socket.socket] = []

    def start(deal: Callable[[socket.socket], None]) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def work() -> None:
            with server, server.accept()[0] as connection:
                deal(connection)

        threading.Thread(target=work, daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for server in listening:
        server.close()


def drip(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"\x16")
            time.sleep(0.05)


def silence(connection: socket.socket) -> None:
    while connection.recv(1024):
        pass


@pytest.mark.parametrize(
    ("deal", "limit_s", "code"),
    [
        (silence, 0.3, Code.FETCH_SLOW),
        (drip, 60, Code.FETCH_FAILED),  # five bytes show that it is no TLS, however slow the machine
        (lambda connection: connection.close(), 60, Code.FETCH_FAILED),
        (lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n"), 60, Code.FETCH_FAILED),
    ],
    ids=["silence", "dripping no TLS", "closing", "speaking plainly"],
)
def test_a_host_that_does_not_even_greet_is_refused_in_time(
    serve: Serve, deal: Callable[[socket.socket], None], limit_s: float, code: Code
) -> None:
    with pytest.raises(Refused) as refused:
        fetch_chain("/echo.api/a", host="127.0.0.1", port=serve(deal), limit_s=limit_s)
    assert refused.value.code == code


def test_a_host_without_a_trusted_certificate_is_not_asked(table: Table, tmp_path: Path) -> None:
    with CertificateHost({"a": Served(table.pki.chain)}, tmp_path, table.now) as host:
        ask = partial(fetch_chain, "/echo.api/a", host="localhost", port=host.port)
        with pytest.raises(Refused, match=r"fetch-failed.*CERTIFICATE_VERIFY_FAILED"):
            ask()
        assert host.asked == []
        assert ask(roots=str(host.roots)) == table.pki.chain


def test_dripping_ends_at_the_limit_and_the_thread_with_it(table: Table, tmp_path: Path) -> None:
    dripping = Served(table.pki.chain, drip_s=0.1, drips=2000)
    with CertificateHost({"a": dripping}, tmp_path, table.now) as host:
        with pytest.raises(Refused, match="fetch-slow"):
            fetch_chain("/echo.api/a", host="localhost", port=host.port, roots=str(host.roots), limit_s=0.7)
        for thread in threading.enumerate():
            if thread.name == "chain":
                thread.join(30)  # the whole of it would drip for minutes
                assert not thread.is_alive()
