"""Memory of one process over very many turns of many users.

python -m bench.turns.turns_memory [--turns N] [--users N] prints the growth after the first tenth, in MB,
and what is held at each tenth.
"""

import argparse
import itertools
import sys
import tempfile
from pathlib import Path

from bench.turns.workouts import Trainee
from skill.alexa.skill import Skill
from skill.app import Settings, build
from skill.watch.lines import Reporter
from skill.watch.metrics import Metrics


def resident_mb() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def growth_mb(turns: int, users: int, folder: str) -> tuple[float, float]:
    """MB held after a tenth of the turns, and MB added by the rest; every user trains in turn, one request each."""
    coach = build(Settings(store=f"{folder}/coach.db"))
    metrics = Metrics()
    skill = Skill(coach, Reporter("secret", lambda: coach.engine.rebuilds, metrics.add))
    trainees = [Trainee(f"user{nth}") for nth in range(users)]
    lives = [itertools.chain.from_iterable(iter(trainee.works_out, None)) for trainee in trainees]
    warm = 0.0
    for done, life in enumerate(itertools.cycle(lives), 1):
        skill.answer(next(life))
        if done % (turns // 10) == 0:
            warm = warm or resident_mb()
            print(f"{done} turns: {resident_mb():.1f} MB", file=sys.stderr, flush=True)
        if done == turns:
            break
    grown = resident_mb() - warm
    coach.store.close()
    return warm, grown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--users", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warm, grown = growth_mb(chosen.turns, chosen.users, folder)
    print(f"{chosen.turns} turns of {chosen.users} users: {warm:.1f} MB after a tenth, then {grown:+.1f} MB")


if __name__ == "__main__":
    main()
