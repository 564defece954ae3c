"""Turns a second under gunicorn with 2 workers: hello world, and the coach on each of its stores."""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

from bench.turns.workouts import Trainee
from tests.front.serving import TREE, free_port
from tests.store.backends import DynamoDBBackend, PostgresBackend
from tests.store.servers import Moto, Postgres, wait_for_port

CLIENTS = 4
COACH = "skill.web:create_app(verify=False)"
HELLO = "bench.turns.hello:create_app()"


@contextlib.contextmanager
def served(app: str, environment: Mapping[str, str]) -> Iterator[int]:
    """gunicorn with 2 workers and the skill's own settings, its log thrown away."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:skill.front.gunicorn_conf", "-w", "2"]
    command += ["--threads", "4", "-b", f"127.0.0.1:{port}", app]
    process = subprocess.Popen(
        command,
        cwd=TREE,
        env={**os.environ, "PYTHONPATH": str(TREE), **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def turns_a_second(port: int, seconds: float, round_: int) -> float:
    """Whole workouts by several clients, each with a connection of its own, for a while."""
    until = time.perf_counter() + seconds
    done = [0] * CLIENTS

    def train(nth: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for life in range(10_000):
            for request in Trainee(f"user{round_}x{nth}x{life}").works_out():
                if time.perf_counter() > until:
                    line.close()
                    return
                status, body = _asked(line, request)
                if status != 200 or (b"outputSpeech" not in body and b"RenderDocument" not in body):
                    raise RuntimeError(f"{status}: {body[:200]!r}")
                done[nth] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=train, args=(nth,)) for nth in range(CLIENTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(done) / (time.perf_counter() - began)


def _asked(line: http.client.HTTPConnection, request: dict[str, Any]) -> tuple[int, bytes]:
    """One request; sent again on a new connection where the server hung up, as any keeper of connections does."""
    try:
        line.request("POST", "/alexa", json.dumps(request), {"Content-Type": "application/json"})
        answer = line.getresponse()
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as hung_up:
        print(f"hung up on: {type(hung_up).__name__} (port {line.port})", file=sys.stderr)
        line.close()
        return _asked(line, request)
    return answer.status, answer.read()


def measured(rounds: int, seconds: float) -> dict[str, float]:
    """The best rate of several rounds, alternately, of hello world and of the coach on each store."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "CI": "1"}
    postgres, moto = Postgres(), Moto()
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            stores = {
                "SQLite": f"{folder}/coach.db",
                "PostgreSQL": PostgresBackend(postgres, "bench").address,
                "DynamoDB emulator": DynamoDBBackend(moto, "bench").address,
            }
            ports = {"hello world": stack.enter_context(served(HELLO, {}))}
            for name, store in stores.items():
                ports[name] = stack.enter_context(served(COACH, {"GLUTE_COACH_STORE": store}))
            best = dict.fromkeys(ports, 0.0)
            for nth in range(rounds):
                for name, port in ports.items():
                    best[name] = max(best[name], turns_a_second(port, seconds, nth))
            return best
    finally:
        moto.close()
        postgres.close()
