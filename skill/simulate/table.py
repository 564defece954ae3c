"""Results as a table for people and as JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from skill.simulate.figures import FIGURES, Measured
from skill.simulate.parameters import Parameters


@dataclass(frozen=True)
class Result:
    """One crowd under one policy."""

    policy: str
    label: str
    parameters: Parameters
    seed: int
    trainees: int
    figures: dict[str, Measured]


def table(results: Sequence[Result]) -> str:
    """Means with the half width of their 95 % interval, the 90th percentile beside the first; then what they mean."""
    rows = [["policy", "crowd", *(heading for heading, _ in FIGURES.values())]]
    rows += [
        [each.policy, each.label, *(_cell(name, each.figures[name]) for name in FIGURES)] for each in results
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    lines.insert(1, "-" * len(lines[0]))
    legend = [f"{heading}: {means}" for heading, means in FIGURES.values()]
    return "\n".join(
        [*lines, "", *legend, "± is half of a 95 % interval over trainees; p90 is their 90th percentile."]
    )


def as_json(results: Sequence[Result]) -> str:
    """Everything, in full precision."""
    return json.dumps([asdict(each) for each in results], indent=1)


def _cell(name: str, value: Measured) -> str:
    if FIGURES[name][0].endswith("%"):
        return f"{100 * value.mean:.1f} ±{100 * value.within:.1f}"
    if name == "to_return" and not value.mean:
        return "-"
    tail = f" p90 {value.p90:.0f}" if name in ("to_best", "to_return") else ""
    return f"{value.mean:.2f} ±{value.within:.2f}{tail}"
