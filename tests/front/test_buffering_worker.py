"""Clients that take their time cost the skill no thread, and no turn in flight is lost when it stops."""

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from gunicorn.http.errors import InvalidRequestLine

from skill.front import gunicorn_conf
from skill.front.buffering_worker import LONGEST_BODY, LONGEST_HEADERS, Gathering
from skill.front.in_process import Server
from skill.front.unreadable_requests import is_misread, line_about
from tests.front.serving import TREE, ask, gunicorn

HASTY = ("-k", "tests.front.serving.HastyWorker", "--threads", "2")
ENDLESS = ("-k", "tests.front.serving.EndlessWorker", "--threads", "2")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A skill that gives its clients all the time in the world: whoever held a thread would hold it for good."""
    with gunicorn(*ENDLESS) as (port, _):
        yield port


@pytest.fixture(scope="module")
def hasty_port() -> Iterator[int]:
    """A skill that hangs up after a second."""
    with gunicorn(*HASTY) as (port, _):
        yield port


def gathered(text: bytes) -> Gathering:
    """A request that came byte by byte."""
    gathering = Gathering(0)
    for n in range(len(text)):
        gathering.add(text[n : n + 1])
    return gathering


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (b"", False),
        (b"POST / HTTP/1.1\r\nHost: x\r\n\r", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", False),
        (b"POST / HTTP/1.1\r\ncontent-length:3\r\n\r\nabc", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nX: Content-Length: 3\r\n\r\n", True),
        (b"x" * LONGEST_HEADERS, False),
        (b"x" * (LONGEST_HEADERS + 1), True),
    ],
)
def test_a_request_is_whole_when_a_thread_need_not_wait_for_its_client(text: bytes, whole: bool) -> None:
    assert gathered(text).is_whole is whole
    assert gathered(text).got == text


def test_a_body_is_gathered_to_the_last_byte_of_the_limit(port: int) -> None:
    assert ask(port, b"x" * LONGEST_BODY).endswith(str(LONGEST_BODY).encode())


def test_a_body_past_the_limit_is_answered_before_it_is_read(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_two_requests_on_one_connection_are_both_answered_even_when_they_come_at_once(port: int) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(request)
        assert _answers(line, 1).endswith(b"\r\n\r\n3")
        line.sendall(request + request)
        assert _answers(line, 2).endswith(b"\r\n\r\n3")


def test_an_answer_that_promises_to_keep_the_connection_keeps_it_however_the_machine_is_starved() -> None:
    with gunicorn("-k", "tests.front.serving.StarvedWorker") as (port, _):
        request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        with socket.create_connection(("127.0.0.1", port), 30) as line:
            for _ in range(3):
                line.sendall(request)
                assert b"keep-alive" in _answers(line, 1)


def test_the_proxy_lets_go_of_an_idle_connection_before_the_coach_does() -> None:
    kept = re.search(r"keepalive (\d+)s\n", (TREE / "server" / "Caddyfile").read_text())
    assert kept is not None
    assert int(kept[1]) < gunicorn_conf.keepalive


@pytest.mark.parametrize("path", ["/", "/unread"])
def test_a_body_in_chunks_is_not_waited_for_and_the_answer_says_that_the_connection_ends(
    path: str, port: int
) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(head.encode() + b"3\r\nabc\r\n0\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(1000), b""))
        assert b"\r\nConnection: close\r\n" in answer


def test_a_client_that_asks_before_it_sends_its_body_is_told_to_go_on(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(head)
        assert line.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        line.sendall(b"abc")
        assert _answers(line, 1).endswith(b"\r\n\r\n3")


def test_an_answer_that_breaks_off_ends_its_own_connection_and_no_other(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 30) as other:
        request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        other.sendall(request)
        assert _answers(other, 1).endswith(b"\r\n\r\n3")
        assert ask(port, path="/breaks").endswith(b"\r\n\r\nhalf")
        time.sleep(0.2)
        other.sendall(request)
        assert _answers(other, 1).endswith(b"\r\n\r\n3")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"PRI * HTTP/2.0\r\n\r\n", b"400"),
        (b"GET /\x1b[31m\xe2\x80\xae HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", b"417"),
    ],
)
def test_what_is_no_request_is_refused_without_a_word(port: int, text: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(text)
        answer = b"".join(iter(lambda: line.recv(1000), b""))
    head, body = answer.split(b"\r\n\r\n", 1)
    assert head.split()[1] == status
    assert b"Connection: close" in head
    assert b"nosniff" in head
    assert body == b""


def test_the_log_is_told_one_short_printable_line_about_what_is_no_request() -> None:
    fault = InvalidRequestLine("GET /\x1b[31m\u202e\n" + "a" * 9000)
    assert is_misread(fault)
    assert not is_misread(ValueError("a fault of ours"))
    line = line_about(fault, "127.0.0.1")
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 250


def _answers(line: socket.socket, count: int) -> bytes:
    """What comes until so many answers are whole."""
    got = b""
    while got.count(b"\r\n\r\n3") < count:
        piece = line.recv(1000)
        assert piece, "hung up on"
        got += piece
    return got


def test_sixty_clients_of_a_byte_and_no_more_hold_none_of_two_threads(port: int) -> None:
    slow = _begun(port)
    assert b"200 OK" in ask(port, b"abc")
    for line in slow:
        line.close()


def test_sixty_clients_of_a_byte_and_no_more_are_hung_up_on(hasty_port: int) -> None:
    for line in _begun(hasty_port):
        assert line.recv(1) == b""
        line.close()


def _begun(port: int) -> list[socket.socket]:
    """Sixty requests of which the first byte has come."""
    lines = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(60)]
    for line in lines:
        line.sendall(b"P")
    return lines


def test_a_client_that_stops_in_the_middle_of_its_body_is_hung_up_on(hasty_port: int) -> None:
    with socket.create_connection(("127.0.0.1", hasty_port), 30) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
        assert line.recv(1) == b""


def test_clients_that_do_not_hang_up_after_their_answer_hold_nothing(port: int) -> None:
    request = b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n"
    lines = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(20)]
    for line in lines:
        line.sendall(request)
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert b"200 OK" in ask(port, b"abc"), "which gunicorn's own farewell would put off by 2 s a client"
    for line in lines:
        line.close()


def test_an_answer_reaches_a_client_that_is_still_sending(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n" + b"x" * 300_000)
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_turn_in_flight_is_answered_when_the_skill_is_told_to_stop(tmp_path: Path) -> None:
    with gunicorn(*HASTY) as (port, process):
        answers, turn = [], tmp_path / "turn"
        header = f"Turn: {turn}\r\n"
        asking = threading.Thread(target=lambda: answers.append(ask(port, b"abc", "/slow", extra=header)))
        idle = socket.create_connection(("127.0.0.1", port), 30)
        asking.start()
        while not turn.exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        turn.unlink()
        asking.join(60)
        idle.close()
        assert process.wait(60) == 0
    assert b"200 OK" in answers[0]


def test_who_had_asked_before_the_skill_was_told_to_stop_is_answered_though_nobody_had_listened_yet() -> None:
    with gunicorn(*HASTY) as (port, process):
        assert b"200 OK" in ask(port, b"abc")
        worker = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())
        os.kill(worker, signal.SIGSTOP)
        lines = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(20)]
        for line in lines:
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        os.kill(worker, signal.SIGCONT)
        for line in lines:
            assert _answers(line, 1).endswith(b"\r\n\r\n3")
            line.close()
        assert process.wait(60) == 0


def test_a_server_that_is_stopped_before_it_has_begun_ends_as_it_begins() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(lambda environ, start: [], [listener])
        server.stop()
        serving = threading.Thread(target=server.serve, daemon=True)
        serving.start()
        serving.join(30)
        assert not serving.is_alive()
