"""One trainee of flesh and noise: the lifter model of docs/policy.md, drawn from a seed and a number.

Everything random is drawn before the first workout, so every policy meets the same people on the same days, and a
trainee is the same whichever process looks after it.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from skill.coach.bands import rungs
from skill.simulate.parameters import THERABAND_LB, Parameters

WEEKS_A_SLOT = 0.5
NO_LIMIT = 999.0
FREE_WEEKS = 3.0
SHORT_FADES = 20.0


@dataclass(frozen=True)
class Day:
    """One leg on one day: its strength in pounds, and the luck of its fresh set."""

    strength: float
    stops_short: float
    tempo_factor: float
    mishearing: float
    heard_instead: float
    pain: float


@dataclass(frozen=True)
class Trainee:
    """Who trains: bands and what they weigh in truth, and every day of every leg."""

    number: int
    ladder: tuple[str, ...]
    made: dict[str, float]
    load: dict[str, float]
    reps_factor: float
    days: tuple[tuple[Day, Day], ...]
    at_week: tuple[float, ...]

    def reps(self, rung: str, strength: float) -> float:
        """Repetitions to failure on a rung, of a leg of this strength, not rounded."""
        load = self.load[rung]
        return NO_LIMIT if load <= 0 else min(NO_LIMIT, self.reps_factor * (strength / load - 1))


def draw(parameters: Parameters, seed: int, number: int) -> Trainee:
    """The trainee of this seed and number."""
    p = parameters
    dice = np.random.default_rng([seed, number])
    bands = int(dice.integers(p.fewest_bands, p.most_bands + 1))
    first = int(dice.integers(0, len(THERABAND_LB) + 1 - bands))
    ladder = tuple(f"band {nth}" for nth in range(1, bands + 1))
    made = np.array(THERABAND_LB[first : first + bands])
    true = np.sort(made * (1 + p.force_error * dice.uniform(-1, 1, bands)))
    leg = p.leg_weight_lb if dice.random() < p.leg_weight_share else 0.0
    knee, foot = dice.uniform(0.8, 0.9), dice.uniform(1.05, 1.15)
    load = _loads(ladder, true, leg, float(knee), float(foot))
    factor = float(np.clip(dice.normal(p.reps_factor, p.reps_factor_sd), 18, 45))
    lightest, toughest = load[ladder[0]], max(load[ladder[0]], load[ladder[-1]] / p.room)
    fits = lightest * (toughest / lightest) ** float(dice.random())
    strength = fits * (1 + 13.5 / factor)
    growth = max(0.01, float(dice.normal(p.growth, p.growth_sd)))
    sides = _sides(float(dice.normal(1, p.side_sd)))
    at_week = _weeks(p, dice)
    grown = _grown(p, at_week, growth)
    days = _days(p, dice, [[strength * side * each for side in sides] for each in grown])
    return Trainee(number, ladder, _table(ladder, made), load, factor, days, at_week)


def _loads(
    ladder: tuple[str, ...], true: "np.ndarray", leg: float, knee: float, foot: float
) -> dict[str, float]:
    """What each rung weighs: the leg and its band; places are levers on the band's part (judgement)."""
    load = {rungs.NO_BAND: leg}
    for band, force in zip(ladder, (float(each) for each in true), strict=True):
        load |= {band: leg + force, band + rungs.KNEE: leg + knee * force}
        load[band + rungs.FOOT] = leg + foot * force
    return load


def _table(ladder: tuple[str, ...], made: "np.ndarray") -> dict[str, float]:
    return {rungs.NO_BAND: 0.0} | {band: float(force) for band, force in zip(ladder, made, strict=True)}


def _sides(ratio: float) -> tuple[float, float]:
    root = sqrt(abs(ratio))
    return root, 1 / root


def _weeks(p: Parameters, dice: np.random.Generator) -> tuple[float, ...]:
    """When each workout is, in weeks: two slots a week, some of them missed, and perhaps one long break."""
    kept = np.nonzero(dice.random(p.workouts * 20) < p.adherence)[0][: p.workouts]
    late = [p.break_weeks if p.break_weeks and nth >= p.break_after else 0.0 for nth in range(p.workouts)]
    return tuple(float(slot) * WEEKS_A_SLOT + extra for slot, extra in zip(kept, late, strict=True))


def _grown(p: Parameters, at_week: tuple[float, ...], growth: float) -> list[float]:
    """Strength at each workout as a share of the first: training raises it, weeks away beyond three take some back."""
    lost, trained, before, grown = 0.0, 0.0, at_week[0], []
    for week in at_week:
        gap = week - before
        if gap > FREE_WEEKS:
            lost += p.detraining * (gap - FREE_WEEKS)
            trained += WEEKS_A_SLOT
        else:
            lost = max(0.0, lost - 2 * p.detraining * gap)
            trained += gap
        before = week
        grown.append((1 + growth * log(1 + trained)) * (1 - lost))
    return grown


def _days(
    p: Parameters, dice: np.random.Generator, strengths: list[list[float]]
) -> tuple[tuple[Day, Day], ...]:
    size = (p.workouts, 2)
    day = 1 + dice.normal(0, p.day_sd, size)
    habit = dice.uniform(0.5, 2.5)
    luck = dice.normal(0, 1, size)
    hurried = dice.random(size) < p.off_tempo
    haste = np.where(hurried, dice.uniform(1.2, 1.8, size), 1.0)
    mishearing, instead, pain = dice.random(size), dice.random(size), dice.random(size)

    def leg(nth: int, side: int) -> Day:
        short = p.stop_short * max(0.0, habit * exp(-nth / SHORT_FADES) + luck[nth, side])
        return Day(
            strength=strengths[nth][side] * float(day[nth, side]),
            stops_short=float(short),
            tempo_factor=float(haste[nth, side]),
            mishearing=float(mishearing[nth, side]),
            heard_instead=float(instead[nth, side]),
            pain=float(pain[nth, side]),
        )

    return tuple((leg(nth, 0), leg(nth, 1)) for nth in range(p.workouts))
