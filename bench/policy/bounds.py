"""How few workouts must end below eight or above twenty reps, whoever decides: what the bands themselves allow.

Nothing here is coached. Each workout of each simulated leg is looked at with all its rungs: by somebody who sees the
day, and by somebody who knows the leg to the pound but not the day. What remains below and above is nobody's fault.
"""

from collections.abc import Callable, Sequence
from math import floor, log
from statistics import fmean

from skill.simulate.crowd import exercise_of
from skill.simulate.figures import FEW, MANY, owned_rungs
from skill.simulate.parameters import Parameters, with_values
from skill.simulate.trainee import draw

MIDDLE = 13.5
Chosen = Callable[[Sequence[float]], int]


def nearest(reps: Sequence[float]) -> int:
    """The rung that ends nearest to the middle of the window."""
    return min(range(len(reps)), key=lambda rung: abs(reps[rung] - MIDDLE))


def lighter_side(reps: Sequence[float]) -> int:
    """The nearest rung by ratio from eight to twenty; without one, the toughest that is too light."""
    inside = [rung for rung, each in enumerate(reps) if FEW <= floor(each) <= MANY]
    if inside:
        return min(inside, key=lambda rung: abs(log((30 + reps[rung]) / (30 + MIDDLE))))
    light = [rung for rung, each in enumerate(reps) if floor(each) > MANY]
    return min(light, key=lambda rung: reps[rung]) if light else nearest(reps)


def tougher_side(reps: Sequence[float]) -> int:
    """As the lighter side, but without a rung inside the lightest that is too tough."""
    short = [rung for rung, each in enumerate(reps) if floor(each) < FEW]
    if short and not any(FEW <= floor(each) <= MANY for each in reps):
        return max(short, key=lambda rung: reps[rung])
    return lighter_side(reps)


CHOICES: dict[str, Chosen] = {
    "nearest to the window": nearest,
    "the lighter side": lighter_side,
    "the tougher side": tougher_side,
}


def ceiling_of_all_places(parameters: Parameters, seed: int, trainees: int) -> float:
    """The share of workouts with a rung in the window, could every band sit anywhere: more than the ladder has."""
    window = exercise_of(parameters).window
    legs = [
        any(window.low <= floor(who.reps(rung, leg.strength)) <= window.high for rung in who.load)
        for who in (draw(parameters, seed, number) for number in range(trainees))
        for day in who.days
        for leg in day
    ]
    return fmean(legs)


def bounds(parameters: Parameters, seed: int, trainees: int) -> dict[tuple[str, str], tuple[float, float]]:
    """The shares below eight and above twenty, by what is known (`day` or `leg`) and what is chosen."""
    steady = with_values(parameters, {"day_sd": 0})
    found: dict[tuple[str, str], list[tuple[bool, bool]]] = {
        (knows, name): [] for knows in ("day", "leg") for name in CHOICES
    }
    for number in range(trainees):
        who, calm = draw(parameters, seed, number), draw(steady, seed, number)
        owned = owned_rungs(who, parameters.half_steps)
        for day, usual in zip(who.days, calm.days, strict=True):
            for side in (0, 1):
                true = [who.reps(rung, day[side].strength) for rung in owned]
                known = {"day": true, "leg": [who.reps(rung, usual[side].strength) for rung in owned]}
                for (knows, name), outcomes in found.items():
                    reps = floor(true[CHOICES[name](known[knows])])
                    outcomes.append((reps < FEW, reps > MANY))
    return {
        key: (fmean(few for few, _ in outcomes), fmean(many for _, many in outcomes))
        for key, outcomes in found.items()
    }
