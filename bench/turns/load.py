"""Thousands of trainees at once over loopback, and then: is every record exactly what its trainee said?

    python -m bench.turns.load --users 10000 --store sqlite:load.db

A few conversations of one workout each are recorded with a coach that nothing disturbs. Then every trainee holds
one of them, turn by turn, with the real server (gunicorn) and the real store; some requests are sent twice.
Afterwards each trainee's export is compared with the undisturbed one. Prints figures; ends with 1 on any difference.
"""

import argparse
import http.client
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import contextmanager
from pathlib import Path

from skill.app import Settings, build
from skill.store.choose import open_store
from skill.store.transfer import record_of
from skill.web import create_app
from tests.faults.workouts import Recorded, do_as_told, recorded
from tests.store.servers import free_port, wait_for_port

CONVERSATIONS = 8
ACTIVE = 400
"""Trainees in the middle of a workout at any moment."""
SENT_TWICE = 50
PLACE = "GLUTE_COACH_LOAD_STORE"


def application():
    return create_app(verify=False, coach=build(Settings(store=os.environ[PLACE])))


def conversation(seed: int):
    """One first workout; numbers and pauses are drawn, so that the records differ."""

    def talk():
        drawn = random.Random(seed)
        yield "start glute workout", 0
        answer = yield "yellow, red and green", drawn.randint(3, 9)
        talking = do_as_told(answer, utterances=40)
        said, after = next(talking)
        while True:
            number = drawn.choice(("eleven", "twelve", "thirteen", "fourteen", "fifteen"))
            answer = yield (
                (number if said.endswith("teen") or said == "twelve" else said),
                after + drawn.randint(0, 9),
            )
            try:
                said, after = talking.send(answer)
            except StopIteration:
                return

    return talk


class Trainee:
    """One trainee in the middle of a conversation: the bodies still to be sent."""

    def __init__(self, number: int, known: Recorded, bodies: list[str]) -> None:
        self.user = f"trainee {number}"
        self.known = known
        self.left = deque(
            body.replace(known.user, self.user).replace("echo-api.request.", f"r.{number}.")
            for body in bodies
        )


def talk_all(
    port: int, waiting: deque, drawn: random.Random, faults: list, apologies: list, times: list
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        try:
            trainee = waiting.popleft()
        except IndexError:
            return
        body = trainee.left[0]
        for _ in range(2 if drawn.randrange(SENT_TWICE) == 0 else 1):
            began = time.perf_counter()
            status, text = ask(connection, body)
            times.append(time.perf_counter() - began)
        if b"reach my notes" in text:
            apologies.append(text)  # said again, as a person would
        elif status != 200 or b"went wrong" in text:
            faults.append(text[:200])
            trainee.left.popleft()
        else:
            trainee.left.popleft()
        if trainee.left:
            waiting.append(trainee)


def ask(connection: http.client.HTTPConnection, body: str) -> tuple[int, bytes]:
    """A connection that the server has just closed for its age is opened anew, and the request sent again."""
    for _ in range(3):
        try:
            connection.request("POST", "/alexa", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()
    return 0, b"no answer"


def warm(port: int) -> None:
    """The workers are still loading while the port is already open."""
    for _ in range(60):
        http.client.HTTPConnection("127.0.0.1", port, timeout=60).request("GET", "/healthz")
        time.sleep(0.05)


@contextmanager
def served(address: str, workers: int):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:skill.front.gunicorn_conf", "-w", str(workers)]
    command += ["-b", f"127.0.0.1:{port}", "bench.turns.load:application()"]
    server = subprocess.Popen(
        command, env=os.environ | {PLACE: address}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_for_port(port, server, 60)
    warm(port)
    yield port
    server.terminate()
    server.wait(30)


def run(users: int, address: str, workers: int, threads: int) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        known = [recorded(Path(folder), f"r{n}", conversation(n)) for n in range(CONVERSATIONS)]
    bodies = [[json.dumps(request) for request in each.requests] for each in known]
    trainees = [Trainee(n, known[n % len(known)], bodies[n % len(known)]) for n in range(users)]
    faults: list = []
    apologies: list = []
    times: list = []
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    with served(address, workers) as port:
        began = time.monotonic()
        for start in range(0, users, ACTIVE):
            waiting = deque(trainees[start : start + ACTIVE])
            each = [
                threading.Thread(
                    target=talk_all, args=(port, waiting, random.Random(n), faults, apologies, times)
                )
                for n in range(threads)
            ]
            for thread in each:
                thread.start()
            for thread in each:
                thread.join()
        seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    server_cpu = used.ru_utime + used.ru_stime - cpu.ru_utime - cpu.ru_stime
    times.sort()
    return {
        "users": users,
        "turns": len(times),
        "seconds": round(seconds),
        "turns a second": round(len(times) / seconds),
        "server CPU a turn (ms)": round(1000 * server_cpu / len(times), 2),
        "median (ms)": round(1000 * times[len(times) // 2], 1),
        "99 % (ms)": round(1000 * times[len(times) * 99 // 100], 1),
        "apologies, said again to": len(apologies),
        "faults": len(faults),
        "wrong records": wrong(address, trainees),
    }


def wrong(address: str, trainees: list[Trainee]) -> int:
    """How many exports differ from what an undisturbed coach has of the same conversation."""
    store = open_store(address)
    count = 0
    for trainee in trainees:
        record = record_of(store, trainee.user) or {}
        expected = trainee.known.record
        same_workouts = record.get("workouts") == expected["workouts"]
        count += not (same_workouts and without_ids(record["document"]) == without_ids(expected["document"]))
    store.close()
    return count


def without_ids(document: dict) -> dict:
    """Short ids of requests are each trainee's own."""
    answered = [{**each, "request": ""} for each in document["answered"]]
    before = len(document["answered_before"].split())
    return {**document, "answered": answered, "answered_before": before}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=10_000)
    parser.add_argument(
        "--store", help="where the state goes (default: an SQLite file that is deleted again)"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=32, help="connections at once")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = chosen.store or f"sqlite:{folder}/load.db"
        result = run(chosen.users, address, chosen.workers, chosen.threads)
    print(json.dumps(result, indent=1))
    return 1 if result["wrong records"] or result["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
