"""The goals that the policy was given, each beside what it reaches: with whole bands, and with half-steps."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.policy.crowds import FORCES, NOISE, Bench, lines
from skill.simulate.figures import Measured

Found = Callable[..., dict[str, Measured]]
Told = tuple[float, str]


@dataclass(frozen=True)
class Goal:
    """A figure and its bound where forces are as made and where they are off: a most, or a least."""

    name: str
    told: Callable[[Found], Told]
    bounds: tuple[float, float]
    is_least: bool = False


def goals(bench: Bench) -> str:
    """A row a goal, a column a crowd and kind of steps; each cell says whether the goal is reached."""
    columns = [(forces, half) for half in (False, True) for forces in FORCES]
    heads = ["goal", *(f"{forces}, {'half-steps' if half else 'whole bands'}" for forces, half in columns)]
    rows = []
    for goal in GOALS:
        rows.append([goal.name, *(_cell(bench, goal, forces, half) for forces, half in columns)])
    return lines(heads, rows)


def _cell(bench: Bench, goal: Goal, forces: str, half: bool) -> str:
    def found(*values: dict, half: bool = half) -> dict[str, Measured]:
        return bench.figures("ours", FORCES[forces], {"half_steps": half}, *values)

    value, text = goal.told(found)
    bound = goal.bounds[list(FORCES).index(forces)]
    reached = value >= bound if goal.is_least else value <= bound
    return f"{text} ({'reached' if reached else '**missed**'})"


def _mean(name: str) -> Callable[[Found], Told]:
    def told(found: Found) -> Told:
        value = found()[name].mean
        return value, f"{value:.2f}"

    return told


def _percent(name: str) -> Callable[[Found], Told]:
    def told(found: Found) -> Told:
        value = 100 * found()[name].mean
        return value, f"{value:.1f} %"

    return told


def _back(weeks: int) -> Callable[[Found], Told]:
    def told(found: Found) -> Told:
        value = found({"break_weeks": weeks})["to_return"].mean
        return value, f"{value:.2f}"

    return told


def _of_whole_bands(found: Found) -> Told:
    """What is in the window over what whole bands could have there."""
    value = found()["in_window"].mean / found(half=False)["ceiling"].mean
    return value, f"{value:.2f}"


def _loss(found: Found) -> Told:
    value = 100 * (1 - found(NOISE["all three"])["share"].mean / found()["share"].mean)
    return value, f"{value:.0f} %"


GOALS = (
    Goal("at most 4 / 6 workouts to the best band", _mean("to_best"), (4, 6)),
    Goal("at least 0.80 / 0.70 of the ceiling in the window", _mean("share"), (0.80, 0.70), is_least=True),
    Goal("the same, of the whole bands' ceiling", _of_whole_bands, (0.80, 0.70), is_least=True),
    Goal("at most 0.3 undone", _mean("undone"), (0.3, 0.3)),
    Goal("at most 2 / 4 % below 8", _percent("few"), (2, 4)),
    Goal("at most 10 % above 20", _percent("many"), (10, 10)),
    *(Goal(f"back in at most 2 workouts after {each} weeks", _back(each), (2, 2)) for each in (2, 6, 12)),
    Goal("at most 20 % lost to all three noises", _loss, (20, 20)),
)
