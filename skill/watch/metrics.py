"""What a server counts of its turns, as Prometheus reads it: counters and a histogram, bounded for ever.

Each process counts for itself, and names itself in the label `process`, so that several workers behind one
address are told apart whichever of them answers.
"""

import os
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Final

from skill.watch.lines import Line
from skill.watch.watch import PARTS

BOUNDS_MS: Final = (0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 250, 1000, 8000)
"""Alexa gives up after 8 s; a turn takes about half a millisecond."""
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts of one process; any number of threads may add to them."""

    def __init__(self) -> None:
        self._adding = threading.Lock()
        self._turns: Counter[tuple[str, str]] = Counter()
        self._rules: Counter[str] = Counter()
        self._conflicts = self._rebuilds = 0
        self._sums_ms = dict.fromkeys(PARTS, 0.0)
        self._slower = [0] * (len(BOUNDS_MS) + 1)

    def add(self, line: Line) -> None:
        """Count one turn."""
        with self._adding:
            self._turns[line["intent"], line["fault"]] += 1
            self._rules.update(line["rules"])
            self._conflicts += line["conflicts"]
            self._rebuilds += line["engine_rebuilds"]
            for part, ms in line["ms"].items():
                self._sums_ms[part] += ms
            self._slower[bisect_left(BOUNDS_MS, sum(line["ms"].values()))] += 1

    def text(self) -> str:
        """Everything in Prometheus's text format."""
        with self._adding:
            return "\n".join([*self._counters(), *self._histogram(), ""])

    def _counters(self) -> Iterator[str]:
        name = "glute_coach_turns_total"
        yield from _about(
            name, "counter", "turns by intent, and by the fault for which an apology was spoken"
        )
        for (intent, fault), count in sorted(self._turns.items()):
            yield _sample(name, count, intent=intent, fault=fault)
        name = "glute_coach_rules_total"
        yield from _about(name, "counter", "decisions by the rule that made them")
        for rule, count in sorted(self._rules.items()):
            yield _sample(name, count, rule=rule)
        name = "glute_coach_conflicts_total"
        yield from _about(name, "counter", "turns done again because another device of the user had spoken")
        yield _sample(name, self._conflicts)
        name = "glute_coach_engine_rebuilds_total"
        yield from _about(name, "counter", "times the rules engine failed and was made anew; should stay 0")
        yield _sample(name, self._rebuilds)
        name = "glute_coach_part_seconds_total"
        yield from _about(name, "counter", "time spent in each part of the turns")
        for part, ms in self._sums_ms.items():
            yield _sample(name, ms / 1000, part=part)

    def _histogram(self) -> Iterator[str]:
        name = "glute_coach_turn_seconds"
        yield from _about(name, "histogram", "how long turns took, all parts together")
        so_far = 0
        for bound_ms, count in zip((*BOUNDS_MS, None), self._slower, strict=True):
            so_far += count
            yield _sample(f"{name}_bucket", so_far, le="+Inf" if bound_ms is None else f"{bound_ms / 1000:g}")
        yield _sample(f"{name}_sum", sum(self._sums_ms.values()) / 1000)
        yield _sample(f"{name}_count", so_far)


def _about(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"


def _sample(name: str, value: float, **labels: str) -> str:
    """One line. Labels are the coach's own words (intents, rule ids, error names), none of which needs escaping."""
    named = ",".join(f'{key}="{each}"' for key, each in {"process": str(os.getpid()), **labels}.items())
    return f"{name}{{{named}}} {value:.10g}"
