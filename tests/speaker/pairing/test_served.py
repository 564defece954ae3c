"""The home's port as it is served: TLS for the page, plain HTTP for how to trust, and no thread for the slow."""

import json
import select
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.commands.home import doors
from skill.front.in_process import MOST_OF_ONE, Server, is_of_a_home, listen
from skill.speaker.pairing.certificates import OfOurAuthority
from skill.speaker.pairing.whereabouts import Whereabouts
from tests.speaker.pairing.household import Household

HERE = "127.0.0.1"


class Served:
    """A coach that serves both its doors."""

    def __init__(self, home: Household, folder: Path) -> None:
        self._local, self._listener = listen(HERE, 0), listen(HERE, 0)
        self.local_port, self.port = (each.getsockname()[1] for each in (self._local, self._listener))
        where = Whereabouts(self.port, address=lambda: HERE)
        shown = OfOurAuthority(folder, where.signed_for)
        self.trusted = ssl.create_default_context(cadata=shown.authority.pem.decode())
        self.fingerprint = shown.authority.fingerprint
        app = doors(home.app, home.pairing, where, shown)
        self.server = Server(app, [self._local, self._listener], (self._listener, shown.context))
        self.thread = threading.Thread(target=self.server.serve)
        self.thread.start()

    def line(self) -> ssl.SSLSocket:
        """A connection of somebody who trusts the authority."""
        line = socket.create_connection((HERE, self.port), 30)
        return self.trusted.wrap_socket(line, server_hostname=HERE)

    def close(self) -> None:
        self.server.stop()
        self.thread.join()


@pytest.fixture
def served(home: Household, tmp_path: Path) -> Iterator[Served]:
    served = Served(home, tmp_path)
    yield served
    served.close()


def asked(line: socket.socket, path: str, port: int, body: bytes = b"") -> bytes:
    """The whole answer on a connection that ends with it."""
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: {HERE}:{port}\r\nConnection: close\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    line.sendall(head.encode() + body)
    return b"".join(iter(lambda: line.recv(65536), b""))


def test_who_trusts_the_authority_pairs_over_tls_and_gets_the_page(served: Served, home: Household) -> None:
    pairing = json.dumps({"code": home.pairing.new_code(time.time()), "name": "Phone"}).encode()
    with served.line() as line:
        answer = asked(line, "/pair", served.port, pairing)
    assert answer.startswith(b"HTTP/1.1 200")
    cookie = answer.partition(b"Set-Cookie: ")[2].partition(b";")[0].decode()
    with served.line() as line:
        path = f"/ HTTP/1.1\r\nCookie: {cookie}\r\nX: "
        assert b"coach-token" in asked(line, path, served.port)


def test_who_does_not_trust_it_gets_no_connection(served: Served) -> None:
    line = socket.create_connection((HERE, served.port), 30)
    with pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(line, server_hostname=HERE)
    line.close()


def test_nothing_older_than_tls_1_2_is_spoken(served: Served) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        served.trusted.minimum_version = ssl.TLSVersion.TLSv1
        served.trusted.maximum_version = ssl.TLSVersion.TLSv1_1
    served.trusted.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError):
        served.line()


def test_plain_http_gets_how_to_trust_the_certificate_and_nothing_else(served: Served) -> None:
    def plain(path: str) -> bytes:
        with socket.create_connection((HERE, served.port), 30) as line:
            return asked(line, path, served.port)

    assert served.fingerprint.encode() in plain("/trust")
    assert b"BEGIN CERTIFICATE" in plain("/trust/glute-coach.crt")
    assert b"PRIVATE" not in plain("/trust/glute-coach.crt")
    for picture in ("load", "install", "open"):
        assert b"<svg" in plain(f"/trust/{picture}.svg")
    assert b"Location: /trust" in plain("/")
    for path in (
        "/alexa",
        "/metrics",
        "/pair",
        "/progress",
        "/speaker/page.css",
        "/trust/../pair",
        "/trust/authority.pem",
    ):
        assert plain(path).startswith(b"HTTP/1.1 404"), path


def test_this_machines_own_page_needs_no_pairing(served: Served) -> None:
    with socket.create_connection((HERE, served.local_port), 30) as line:
        assert b"coach-token" in asked(line, "/", served.local_port)


def test_sixty_half_sent_requests_and_handshakes_hold_no_thread(served: Served) -> None:
    slow = [socket.create_connection((HERE, served.local_port), 30) for _ in range(60)]
    slow += [socket.create_connection((HERE, served.port), 30) for _ in range(MOST_OF_ONE - 8)]
    for line in slow:
        line.sendall(b"\x16" if line.getpeername()[1] == served.port else b"P")
    begun = [served.line() for _ in range(4)]
    for tls in begun:
        tls.sendall(b"GET / HT")
    with served.line() as line:
        assert b"Code" in asked(line, "/pair", served.port)
    with socket.create_connection((HERE, served.local_port), 30) as line:
        assert b"coach-token" in asked(line, "/", served.local_port)
    for line in (*slow, *begun):
        line.close()


def test_one_address_holds_no_more_connections_than_a_household_needs(served: Served) -> None:
    lines = [socket.create_connection((HERE, served.port), 30) for _ in range(MOST_OF_ONE + 10)]
    hung_up = 0
    for line in lines[MOST_OF_ONE:]:
        hung_up += line.recv(1) == b""
    assert hung_up == 10
    assert select.select(lines[:MOST_OF_ONE], [], [], 0)[0] == [], (
        "and those who came first are still waited for"
    )
    with socket.create_connection((HERE, served.local_port), 30) as line:
        assert b"coach-token" in asked(line, "/", served.local_port)
    for line in lines:
        line.close()


@pytest.mark.parametrize("body", [20_000, 90_000])
def test_a_body_over_many_records_of_tls_arrives_whole(served: Served, body: int) -> None:
    with served.line() as line:
        answer = asked(line, "/pair", served.port, b" " * body)
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("192.168.1.20", True),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("8.8.8.8", False),
        ("2a00::1", False),
        ("", False),
    ],
)
def test_an_address_of_the_internet_is_hung_up_on(address: str, may: bool) -> None:
    assert is_of_a_home(address) is may
