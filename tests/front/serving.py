"""A small WSGI application under our gunicorn worker, for tests of how requests reach the skill."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from skill.front.buffering_worker import PatientWorker

Running = subprocess.Popen[str]

TREE = Path(__file__).parents[2]


class HastyWorker(PatientWorker):
    """Ours, with less patience."""

    request_s = 1.0


class EndlessWorker(PatientWorker):
    """Ours, with more patience than any test has."""

    request_s = 3600.0


class StarvedWorker(PatientWorker):
    """Ours, on a machine that lets a thread wait for the processor at the worst place: before it cleans up."""

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        tidy = conn.parser.finish_body

        def starved(*arguments: Any, **options: Any) -> Any:
            time.sleep(0.05)
            return tidy(*arguments, **options)

        conn.parser.finish_body = starved
        try:
            return super()._keepalive_after(conn, keepalive)
        finally:
            del conn.parser.finish_body


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Says how much came; /slow makes the file that its header names and waits until that is taken away."""
    if environ["PATH_INFO"] == "/unread":
        start_response("413 Too Large", [("Content-Length", "0"), ("Connection", "close")])
        return []
    if environ["PATH_INFO"] == "/breaks":
        start_response("200 OK", [("Content-Length", "9")])
        return _breaks_off()
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/slow":
        turn = Path(environ["HTTP_TURN"])
        turn.touch()
        while turn.exists():
            time.sleep(0.02)
    answer = str(len(body)).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


def _breaks_off() -> Iterator[bytes]:
    yield b"half"
    raise RuntimeError("in the middle of an answer")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def gunicorn(*options: str, app: str = "tests.front.serving:application") -> Iterator[tuple[int, Running]]:
    """gunicorn with the skill's settings on a free port; stopped, by its pid, when done."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:skill.front.gunicorn_conf"]
    command += ["-b", f"127.0.0.1:{port}", *options, app]
    environment = os.environ | {"PYTHONPATH": str(TREE)}
    with tempfile.TemporaryFile(
        "w+"
    ) as log:  # a pipe that nobody reads would halt the server when it is full
        process = subprocess.Popen(command, cwd=TREE, env=environment, stdout=log, stderr=log, text=True)
        try:
            wait_until_it_answers(port, process)
            yield port, process
        except RuntimeError as error:
            log.seek(0)
            raise RuntimeError(f"{error}: {log.read()[-2000:]}") from None
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(60)


def wait_until_it_answers(port: int, process: Running) -> None:
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def ask(port: int, body: bytes = b"", path: str = "/", *, extra: str = "") -> bytes:
    """One request on a connection of its own, whole; the status line and what follows."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{extra}"
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return b"".join(iter(lambda: line.recv(65536), b""))
