"""What a crowd of trainees is drawn from: every figure can be set and swept from the command line or a YAML file.

The figures and their sources stand in docs/policy.md; *judgement* there means that nobody has measured them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

THERABAND_LB = (2.4, 3.0, 3.7, 4.6, 5.8, 7.3, 10.2, 14.2)
"""The maker's forces at 100 % elongation, tan to gold, in pounds."""


@dataclass(frozen=True)
class Parameters:
    """One crowd. Shares lie between 0 and 1, times are in the unit of their name."""

    workouts: int = 48
    fewest_bands: int = 3
    most_bands: int = 8
    force_error: float = 0.0
    leg_weight_lb: float = 9.4
    leg_weight_share: float = 0.5
    room: float = 1.3
    growth: float = 0.085
    growth_sd: float = 0.04
    reps_factor: float = 30.0
    reps_factor_sd: float = 5.0
    day_sd: float = 0.025
    fatigue: float = 0.30
    fatigue_tau_s: float = 55.0
    rest_s: float = 60.0
    stop_short: float = 0.0
    off_tempo: float = 0.0
    misheard: float = 0.0
    side_sd: float = 0.06
    adherence: float = 0.8
    break_weeks: float = 0.0
    break_after: int = 24
    detraining: float = 0.01
    pain: float = 0.0
    half_steps: bool = False


KINDS: Mapping[str, type] = {each.name: type(each.default) for each in fields(Parameters)}


def read(name: str, text: str) -> float | int | bool:
    """One value from text. Raises ValueError: no such figure, or no such value; the message says which there are."""
    kind = KINDS.get(name)
    if kind is None:
        raise ValueError(f"no figure is called {name!r}; there are: {', '.join(KINDS)}")
    if kind is bool:
        if text.lower() not in ("true", "false", "1", "0"):
            raise ValueError(f"{name} is true or false, not {text!r}")
        return text.lower() in ("true", "1")
    try:
        return int(text) if kind is int else float(text)
    except ValueError:
        raise ValueError(f"{name} is a number, not {text!r}") from None


def with_values(base: Parameters, values: Mapping[str, Any]) -> Parameters:
    """The crowd with some figures set (`stop_short: 1` is what was measured, 2 twice that)."""
    chosen: dict[str, Any] = {name: read(name, str(value)) for name, value in values.items()}
    return replace(base, **chosen)


def swept(base: Parameters, sweeps: Mapping[str, Iterable[Any]]) -> Iterator[tuple[str, Parameters]]:
    """Every combination of the swept figures, each with its label."""
    names = list(sweeps)
    for combination in product(*(list(sweeps[name]) for name in names)):
        values = dict(zip(names, combination, strict=True))
        yield ", ".join(f"{name} {value}" for name, value in values.items()), with_values(base, values)
