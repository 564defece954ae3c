"""What a turn costs beside the bare SDK's hello world, in one run: CPU, cold start, turns a second, state at rest.

python -m bench.turns [--rounds N] [--only cpu,screens,stored,cold,served] prints Markdown tables for
docs/benchmarks.md. Every pair is measured alternately and the best round of each is taken: on a shared machine the rest
is other people's work. Memory over a million turns has a command of its own, as it takes half an hour:
python -m bench.turns.turns_memory.
"""

import argparse
import itertools
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.json import encode

from bench.turns import turns_cold, turns_served
from bench.turns.hello import lambda_handler as hello
from bench.turns.workouts import Kind, Trainee
from skill.alexa.skill import Skill
from skill.app import App, Settings, build
from skill.watch.lines import Reporter, embedded, text

Answer = Callable[[Any], Any]
AS_TEXT = ", from JSON text to JSON text"
USERS = 12
TRAINED = 3
"""Workouts that everybody has behind them: a document that is as long as it gets."""


def coach_in(folder: str) -> tuple[App, Skill]:
    """The coach as Lambda has it, on SQLite; its log line is made as there, and thrown away."""
    coach = build(Settings(store=f"{folder}/coach.db"))
    return coach, Skill(
        coach, Reporter("secret", lambda: coach.engine.rebuilds, lambda line: text(embedded(line, 0)))
    )


def us_a_turn(answer: Answer, requests: Sequence[Any]) -> float:
    """CPU microseconds of a request, all threads of this process together."""
    began = time.process_time()
    for request in requests:
        answer(request)
    return (time.process_time() - began) / len(requests) * 1e6


def as_text(answer: Answer) -> Answer:
    """The same from JSON text to JSON text, as Lambda's runtime calls it."""
    return lambda text: json.dumps(answer(json.loads(text)))


def cpu(kind: Kind, rounds: int) -> list[tuple[str, float, float]]:
    """Rows (what, hello world's us, the coach's us) for a kind of device."""
    with tempfile.TemporaryDirectory() as folder:
        coach, skill = coach_in(folder)
        trainees = [Trainee(f"user{nth}".ljust(180, "A"), kind) for nth in range(USERS)]
        for _, trainee in itertools.product(range(TRAINED), trainees):
            for request in trainee.works_out():
                skill.answer(request)
        best = {how: [9e9, 9e9] for how in ("", AS_TEXT)}
        for _, (how, figures) in itertools.product(range(rounds), best.items()):
            requests: list[Any] = [each for trainee in trainees for each in trainee.works_out()]
            ways: list[Answer] = [lambda event: hello(event, None), skill.answer]
            if how == AS_TEXT:
                requests, ways = [json.dumps(each) for each in requests], [as_text(each) for each in ways]
            for nth, way in enumerate(ways):
                figures[nth] = min(figures[nth], us_a_turn(way, requests))
        coach.store.close()
    return [(f"{kind} envelope{how}", *figures) for how, figures in best.items()]


def screens(rounds: int) -> list[tuple[str, float, float]]:
    """Rows (what, us where an Echo Show has no APL, us where it has): the same turns, with a screen and without."""
    with tempfile.TemporaryDirectory() as folder:
        coach, skill = coach_in(folder)
        kinds: tuple[Kind, Kind] = ("dark show", "show")
        trainees = [[Trainee(f"user{nth}{kind}", kind) for nth in range(USERS)] for kind in kinds]
        ways: dict[str, Answer] = {
            "as JSON values": lambda text: skill.answer(json.loads(text)),
            "to JSON text by msgspec, as the endpoint": lambda text: encode(skill.answer(json.loads(text))),
            "to JSON text by json, as Lambda": as_text(skill.answer),
        }
        best = {how: [9e9, 9e9] for how in ways}
        for nth, (how, answer) in itertools.product(range(TRAINED + rounds), ways.items()):
            for side, somebody in enumerate(trainees):
                made = [json.dumps(each) for trainee in somebody for each in trainee.works_out()]
                took = us_a_turn(answer, made)
                if nth >= TRAINED:
                    best[how][side] = min(best[how][side], took)
        coach.store.close()
    return [(how, *figures) for how, figures in best.items()]


def stored(rounds: int, workouts: int = 10_000, users: int = 1_000_000) -> list[tuple[str, float, float]]:
    """Rows (what, us with little stored, us with much): the same turns beside many workouts, and beside many users."""
    rows = []
    for name, fill in (
        (f"10 and {workouts:,} workouts of the user", lambda db: _copies_of_workouts(db, workouts)),
        (f"100 and {users:,} users", lambda db: _copies_of_users(db, users)),
    ):
        with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
            apps = [coach_in(few), coach_in(many)]
            trainees = [[Trainee(f"user{nth}") for nth in range(USERS)] for _ in apps]
            for (_, skill), somebody in zip(apps, trainees, strict=True):
                for _, trainee in itertools.product(range(TRAINED), somebody):
                    for request in trainee.works_out():
                        skill.answer(request)
            _copies_of_users(f"{few}/coach.db", 100)
            fill(f"{many}/coach.db")
            best = [9e9, 9e9]
            for _ in range(rounds):
                for nth, (_, skill) in enumerate(apps):
                    requests = [each for trainee in trainees[nth] for each in trainee.works_out()]
                    best[nth] = min(best[nth], us_a_turn(skill.answer, requests))
            for coach, _ in apps:
                coach.store.close()
        rows.append((name, best[0], best[1]))
    return rows


def _copies_of_workouts(path: str, count: int) -> None:
    with sqlite3.connect(path) as db:
        users = [row[0] for row in db.execute("SELECT DISTINCT user FROM workouts")]
        (body,) = db.execute("SELECT body FROM workouts LIMIT 1").fetchone()
        places = (f"{nth:018d}.copy" for nth in range(count))
        rows = ((user, place, body, 0) for place in places for user in users[:1])
        db.executemany("INSERT INTO workouts (user, place, body, saved_at) VALUES (?, ?, ?, ?)", rows)
    db.close()


def _copies_of_users(path: str, count: int) -> None:
    with sqlite3.connect(path) as db:
        (body,) = db.execute("SELECT body FROM documents LIMIT 1").fetchone()
        rows = ((f"copy{nth * 2654435761 % 2**32}", 1, body, 0) for nth in range(count))
        db.executemany("INSERT INTO documents (user, revision, body, saved_at) VALUES (?, ?, ?, ?)", rows)
    db.close()


def table(head: str, unit: str, rows: Sequence[tuple[str, float, float]], ratio_of: str = "ratio") -> None:
    """One Markdown table."""
    print(f"| {head} | {ratio_of} |\n|---|---|---|---|")
    for name, one, other in rows:
        print(f"| {name} | {one:,.0f} {unit} | {other:,.0f} {unit} | {other / one:.2f} |")
    print(flush=True)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="cpu,screens,stored,cold,served")
    parser.add_argument("--users", type=int, default=1_000_000)
    chosen = parser.parse_args()
    parts = chosen.only.split(",")
    if "cpu" in parts:
        rows = [row for kind in ("small", "show") for row in cpu(kind, chosen.rounds)]
        table("CPU of a turn | hello world | coach", "us", rows)
    if "screens" in parts:
        table("CPU of a turn, Echo Show | without its screen | with", "us", screens(chosen.rounds))
    if "stored" in parts:
        table("CPU of a turn with | few | many", "us", stored(chosen.rounds, users=chosen.users))
    if "cold" in parts:
        found = turns_cold.measured(chosen.rounds)
        names = ("emulator, first request to answer", "CPU to the first answer", "instructions")
        *times, counted = zip(names, *found.values(), strict=True)
        table("cold start | hello world | coach", "ms", [(name, a * 1e3, b * 1e3) for name, a, b in times])
        table(
            "cold start | hello world | coach", "million", [(counted[0], counted[1] / 1e6, counted[2] / 1e6)]
        )
    if "served" in parts:
        found_rates = turns_served.measured(max(2, chosen.rounds // 3), 4)
        base = found_rates.pop("hello world")
        rows = [(name, base, rate) for name, rate in found_rates.items()]
        table("gunicorn, 2 workers | hello world | coach", "a second", rows)


if __name__ == "__main__":
    main()
