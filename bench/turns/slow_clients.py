"""How long signed turns take while 200 clients send a byte a second, beside how long they take alone.

Run from the tree: `python -m bench.turns.slow_clients`. The whole skill runs under gunicorn with its own
settings; only the roots and the chain are the tests'. Quiet and besieged rounds take turns, so that a busy
machine touches both alike.
"""

import argparse
import base64
import http.client
import json
import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from skill.alexa.verify import Verifier
from skill.alexa.verify.chain import trusted_roots
from skill.app import Settings
from skill.web import create_app
from tests.alexa.verify.pki import sign
from tests.alexa.verify.table import SKILL, Table
from tests.front.serving import gunicorn


def served() -> Flask:
    """The skill as gunicorn is to serve it here, with the chain and the root that lie in a folder."""
    folder = Path(os.environ["BENCH_FOLDER"])
    chain = {"/echo.api/a.pem": (folder / "chain.pem").read_bytes()}
    roots = trusted_roots(str(folder / "root.pem"))
    ours = partial(Verifier, fetch=lambda path: chain.get(path, b"nothing here"), roots=roots)
    return create_app(Settings(store=str(folder / "bench.db"), skill_ids=(SKILL,)), verifier=ours)


def signed(table: Table, number: int) -> tuple[bytes, dict[str, str]]:
    """A launch of one of fifty users, as Alexa would send it now."""
    envelope: dict[str, Any] = table.envelope()
    envelope["request"]["requestId"] = f"amzn1.echo-api.request.{number}"
    envelope["request"]["timestamp"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    envelope["context"]["System"]["user"] = {"userId": f"amzn1.ask.account.{number % 50}"}
    body = json.dumps(envelope).encode()
    return body, {
        "Content-Type": "application/json",
        "SignatureCertChainUrl": "https://s3.amazonaws.com/echo.api/a.pem",
        "Signature-256": base64.b64encode(sign(table.pki.leaf.key, body)).decode(),
    }


def turns(port: int, table: Table, first: int, count: int) -> list[float]:
    """Milliseconds of some turns, one after another on one connection, signed beforehand."""
    requests = [signed(table, first + n) for n in range(count)]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took = []
    for body, headers in requests:
        began = time.perf_counter()
        connection.request("POST", "/alexa", body, headers)
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer.status
        time.sleep(0.01)
    connection.close()
    return took


@contextmanager
def besieged(port: int, clients: int) -> Iterator[list[int]]:
    """Clients that send a request a byte a second, and begin anew when they are hung up on; counts the bytes."""
    over, sent = threading.Event(), [0]
    request = (
        b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
    )

    def besiege() -> None:
        lines: dict[int, tuple[socket.socket, int]] = {}
        while not over.is_set():
            for n in range(clients):
                line, at = lines.get(n) or (socket.create_connection(("127.0.0.1", port), 5), 0)
                try:
                    line.send(request[at % len(request) : at % len(request) + 1])
                    sent[0] += 1
                    lines[n] = (line, at + 1)
                except OSError:
                    line.close()
                    lines.pop(n, None)
            over.wait(1.0)
        for line, _ in lines.values():
            line.close()

    thread = threading.Thread(target=besiege, daemon=True)
    thread.start()
    time.sleep(2.5)
    yield sent
    over.set()
    thread.join(20)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clients", type=int, default=200)
    options.add_argument("--turns", type=int, default=300, help="turns a round")
    options.add_argument("--rounds", type=int, default=4, help="rounds of each kind")
    chosen = options.parse_args()
    table = Table(datetime.now(UTC).replace(microsecond=0))
    quiet: list[float] = []
    loaded: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "root.pem").write_bytes(table.pki.root.pem)
        Path(folder, "chain.pem").write_bytes(table.pki.chain)
        os.environ["BENCH_FOLDER"] = folder
        with gunicorn(app="bench.turns.slow_clients:served()") as (port, _):
            turns(port, table, 0, 100)
            for n in range(chosen.rounds):
                first = 100 + 2 * n * chosen.turns
                quiet += turns(port, table, first, chosen.turns)
                with besieged(port, chosen.clients) as sent:
                    loaded += turns(port, table, first + chosen.turns, chosen.turns)
                print(f"round {n + 1}: {sent[0]} bytes of slow clients", flush=True)
    for name, took in (("alone", quiet), (f"with {chosen.clients} slow clients", loaded)):
        shares = "  ".join(f"p{p * 100:.0f} {percentile(took, p):6.2f} ms" for p in (0.5, 0.95, 0.99))
        print(f"{name:<24}{shares}  ({len(took)} turns)")


if __name__ == "__main__":
    main()
