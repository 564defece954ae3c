"""`glute-coach simulate`: simulated trainees under the coach's own rules and under its rivals'."""

import argparse
import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from skill.commands.progress import show

if TYPE_CHECKING:
    from skill.simulate.table import Result


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "simulate", help="measure the band policy on simulated trainees, against rivals"
    )
    parser.add_argument(
        "--policy",
        action="append",
        metavar="NAME",
        help="ours (default), a rival, all, or a rulebook file; may be repeated",
    )
    parser.add_argument("--trainees", type=_count, default=600)
    parser.add_argument(
        "--seed", type=int, default=1, help="docs/policy.md reports on 31 (default: %(default)s)"
    )
    parser.add_argument("--processes", type=_count, default=os.cpu_count() or 1)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIGURE=VALUE",
        help="one figure of the crowd; --set help lists them",
    )
    parser.add_argument(
        "--sweep",
        action="append",
        default=[],
        metavar="FIGURE=A,B,...",
        help="a figure with several values, each a crowd",
    )
    parser.add_argument("--crowd", type=Path, metavar="FILE", help="a YAML file with set: and sweep:")
    parser.add_argument("--json", action="store_true", help="all figures as JSON instead of the table")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Simulate, and show what came of it."""
    try:
        import numpy as np
    except ImportError:
        raise SystemExit(
            "glute-coach: simulate needs numpy; install the extra: pip install '.[simulate]'"
        ) from None
    del np
    from skill.simulate.parameters import KINDS, Parameters
    from skill.simulate.table import as_json, table

    if "help" in chosen.set:
        for name in KINDS:
            print(f"{name} = {getattr(Parameters(), name)}")
        return 0
    results = simulated(chosen)
    print(as_json(results) if chosen.json else table(results))
    return 0


def simulated(chosen: argparse.Namespace) -> "list[Result]":
    """Every policy on every crowd."""
    from skill.simulate.crowd import crowd, pool_of
    from skill.simulate.figures import measured
    from skill.simulate.parameters import Parameters, swept, with_values
    from skill.simulate.policies import POLICIES, named
    from skill.simulate.table import Result

    names = chosen.policy or ["ours"]
    policies = list(POLICIES.values()) if "all" in names else [named(each) for each in names]
    values, sweeps = _figures(chosen)
    crowds = list(swept(with_values(Parameters(), values), sweeps))
    results = []
    with pool_of(chosen.processes) or nullcontext() as pool:
        for label, parameters in crowds:
            for policy in policies:
                told = partial(show, of=chosen.trainees, what=f"{policy.name} {label}".strip())
                pairs = crowd(policy, parameters, chosen.seed, chosen.trainees, pool, told)
                results.append(
                    Result(policy.name, label, parameters, chosen.seed, chosen.trainees, measured(pairs))
                )
    return results


def _figures(chosen: argparse.Namespace) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """What is set and what is swept, from the file first and the command line over it."""
    if chosen.crowd and not chosen.crowd.is_file():
        raise ValueError(f"{chosen.crowd}: no such file; --crowd takes a YAML file with set: and sweep:")
    data = yaml.safe_load(chosen.crowd.read_text("utf-8")) if chosen.crowd else {}
    if not isinstance(data, dict) or set(data) - {"set", "sweep"}:
        raise ValueError(f"{chosen.crowd}: a crowd has set: and sweep:, nothing else")
    values, sweeps = dict(data.get("set") or {}), dict(data.get("sweep") or {})
    for text in chosen.set:
        name, value = _pair(text)
        values[name] = value
    for text in chosen.sweep:
        name, value = _pair(text)
        sweeps[name] = value.split(",")
    return values, sweeps


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"{text!r}: write FIGURE=VALUE")
    return name, value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value}: at least 1")
    return value
