"""What a turn costs with a short and a long history, with few and with many users, and what it reads and writes.

    python -m bench.turns.state --users 1000000 --workouts 10000

Both sides of a comparison take turns, round by round, so that a busy machine touches both alike; the figure is the
median of the rounds' CPU times. The files are made in a temporary folder (3 kB a user) and deleted again.
"""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from skill.app import App, Settings, build
from skill.coach.messages.heard import Heard
from skill.coach.state import State
from skill.store.base import MAX_FINISHED
from skill.store.document import from_document, to_document
from skill.store.encoding import from_body, to_body
from tests.faults.workouts import KEY, recorded, two_workouts

ROUNDS, TURNS, AT_ONCE = 15, 200, 100
NOW = 1_795_700_000
SAID = ("Launch", "WhichBandIntent", "ReadyIntent", "FailIntent", "LogSetIntent", "AMAZON.StopIntent")


def cpu_of_turns(coach: App, users: list[str], seed: int, document: dict) -> float:
    """Microseconds of CPU a turn, over a mix of turns of a hundred users, who start alike."""
    drawn = random.Random(seed)
    others = drawn.sample(users, min(10 * AT_ONCE, len(users)))
    users = drawn.sample(users, min(AT_ONCE, len(users)))
    for user in users:
        coach.store.save(user, document, coach.store.load(user).revision)
    for user in others:  # so that these hundred are no warmer in the cache than any others
        coach.store.load(user)
    plan = [
        (
            users[n % len(users)],
            Heard(SAID[n % len(SAID)], f"{seed:06x}{n:06x}", 12, device="kitchen"),
            NOW + 60 * n,
        )
        for n in range(TURNS)
    ]
    began = time.process_time()
    for user, heard, now in plan:
        coach.turn(user, heard, now)
    return (time.process_time() - began) / TURNS * 1e6


def compared(
    small: App, large: App, few: list[str], many: list[str], document: dict
) -> tuple[float, float, float]:
    """CPU (us) a turn on both sides, and the ratio."""
    pairs = []
    for seed in range(ROUNDS):
        sides = [(small, few), (large, many)]
        times = {
            id(coach): cpu_of_turns(coach, users, seed, document)
            for coach, users in (sides if seed % 2 else sides[::-1])
        }
        pairs.append((times[id(small)], times[id(large)]))
    ratio = statistics.median(large / small for small, large in pairs)
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs), ratio


def with_users(path: Path, count: int, body: str) -> tuple[App, list[str]]:
    coach = build(Settings(store=str(path)))
    coach.store.load("nobody")
    db = sqlite3.connect(path)
    with db:
        db.executemany(
            "INSERT INTO documents (user, revision, body, saved_at) VALUES (?, ?, ?, 0)",
            ((f"{KEY}{n:08d}", 1 + n, body) for n in range(count)),
        )
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return coach, [f"{KEY}{n:08d}" for n in range(count)]


def with_workouts(path: Path, count: int, document: dict, workout: dict) -> tuple[App, list[str]]:
    coach = build(Settings(store=str(path)))
    revision = 0
    for start in range(0, count, MAX_FINISHED):
        some = [{**workout, "id": f"{n}"} for n in range(start, min(start + MAX_FINISHED, count))]
        revision = coach.store.save(KEY + "amy", document, revision, some)
    return coach, [KEY + "amy"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--workouts", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        record = recorded(folder, conversation=two_workouts).record
        document, workout = record["document"], record["workouts"][0]
        assert to_document(from_document(State, from_body(to_body(document)))) == document
        result = {}
        few, many = (
            with_workouts(folder / f"w{count}.db", count, document, workout)
            for count in (10, chosen.workouts)
        )
        result[f"10 / {chosen.workouts} workouts"] = compared(few[0], many[0], few[1], many[1], document)
        body = to_body(document)
        few, many = (with_users(folder / f"u{count}.db", count, body) for count in (100, chosen.users))
        result[f"100 / {chosen.users} users"] = compared(few[0], many[0], few[1], many[1], document)
        for coach in (few[0], many[0]):
            coach.store.close()
    print(
        json.dumps(
            {name: [round(figure, 2) for figure in figures] for name, figures in result.items()}, indent=1
        )
    )


if __name__ == "__main__":
    main()
