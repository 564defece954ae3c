"""Clients that take their time cost the skill no thread, and no turn in flight is lost when it stops."""

import signal
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from skill.front.patient import LONGEST_BODY, LONGEST_HEADERS, Gathering
from tests.front.serving import ask, gunicorn

HASTY = ("-k", "tests.front.serving.HastyWorker", "--threads", "2")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
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
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_two_requests_on_one_connection_are_both_answered_even_when_they_come_at_once(port: int) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(request)
        assert _answers(line, 1).endswith(b"\r\n\r\n3")
        line.sendall(request + request)
        assert _answers(line, 2).endswith(b"\r\n\r\n3")


def _answers(line: socket.socket, count: int) -> bytes:
    """What comes until so many answers are whole."""
    got = b""
    while got.count(b"\r\n\r\n3") < count:
        got += line.recv(1000)
    return got


def test_sixty_clients_of_a_byte_a_second_hold_none_of_two_threads_and_are_hung_up_on(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(60)]
    for line in slow:
        line.sendall(b"P")
    began = time.monotonic()
    assert b"200 OK" in ask(port, b"abc")
    assert time.monotonic() - began < 0.5
    for line in slow:
        line.settimeout(5)
        assert line.recv(1) == b""
        line.close()


def test_a_client_that_stops_in_the_middle_of_its_body_is_hung_up_on(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
        assert line.recv(1) == b""


def test_clients_that_do_not_hang_up_after_their_answer_hold_nothing(port: int) -> None:
    request = b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n"
    lines = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(20)]
    for line in lines:
        line.sendall(request)
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    began = time.monotonic()
    assert b"200 OK" in ask(port, b"abc")
    assert time.monotonic() - began < 0.5
    for line in lines:
        line.close()


def test_an_answer_reaches_a_client_that_is_still_sending(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n" + b"x" * 300_000)
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_turn_in_flight_is_answered_when_the_skill_is_told_to_stop() -> None:
    with gunicorn(*HASTY) as (port, process):
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(ask(port, b"abc", "/slow")))
        idle = socket.create_connection(("127.0.0.1", port), 5)
        asking.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        asking.join(10)
        idle.close()
        assert process.wait(10) == 0
    assert b"200 OK" in answers[0]
