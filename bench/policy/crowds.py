"""The crowds of docs/policy.md, each simulated once under each policy, and how a table is written."""

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from skill.simulate.crowd import crowd
from skill.simulate.figures import Measured, measured
from skill.simulate.parameters import Parameters, with_values
from skill.simulate.policies import POLICIES, Policy

SEED = 31
FORCES = {"as made": {"force_error": 0}, "off by 25 %": {"force_error": 0.25}}
NOISE = {
    "none": {},
    "10 % misheard": {"misheard": 0.1},
    "stop short": {"stop_short": 1},
    "10 % off tempo": {"off_tempo": 0.1},
    "all three": {"misheard": 0.1, "stop_short": 1, "off_tempo": 0.1},
}

APART = "ours, each leg on its own band"
MEASURED = POLICIES | {APART: Policy(APART)}


class Bench:
    """Simulates each crowd under each policy once."""

    def __init__(self, trainees: int, pool: ProcessPoolExecutor | None) -> None:
        self.trainees, self.pool = trainees, pool
        self.known: dict[tuple[str, Parameters], dict[str, Measured]] = {}

    def figures(self, policy: str, *values: dict) -> dict[str, Measured]:
        parameters = with_values(Parameters(), {name: each for part in values for name, each in part.items()})
        if (policy, parameters) not in self.known:
            began = time.monotonic()
            pairs = crowd(MEASURED[policy], parameters, SEED, self.trainees, self.pool)
            self.known[policy, parameters] = measured(pairs)
            print(f"{time.monotonic() - began:5.0f} s  {policy} {values}", file=sys.stderr, flush=True)
        return self.known[policy, parameters]


def number(value: Measured, digits: int = 2) -> str:
    return f"{value.mean:.{digits}f} ± {value.within:.{digits}f}"


def percent(value: Measured) -> str:
    return f"{100 * value.mean:.1f} ± {100 * value.within:.1f}"


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def lines(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    return "\n".join([row(*heads), row(*["---"] * len(heads)), *(row(*each) for each in rows)])
