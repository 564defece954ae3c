"""Stops as a trainee makes them and Alexa reports them, and how well the coach works out the rep.

A device's delay is drawn from 0 to 4 s; each stop has 0.4 s of jitter and in 5 % a hiccup of up to 10 s, and
lies anywhere in a rep. Each device first settles a few sets, then one stop is judged. Whole-second stamps at
both ends are all that Alexa gives. The endpoint's own clock tells more: when it sent the count, which is its own
act, and where in its second a request came in (`WHOLE`, `SENDING`, `BOTH`).
"""

import argparse
import random
from collections.abc import Iterable
from dataclasses import dataclass

from skill.coach.counting.stop_estimate import UNKNOWN_DELAY, Delay, Estimate, estimate, learn, reps_done
from skill.coach.counting.timeline import Cue, Timeline

Refined = tuple[bool, bool]
"""Whether the place inside its second is known of the count's sending, and of the words that ended it."""
WHOLE: Refined = (False, False)
SENDING: Refined = (True, False)
BOTH: Refined = (True, True)
KNOWN = {
    "whole seconds": WHOLE,
    "the sending by own clock, the words in whole seconds": SENDING,
    "own clock inside the second": BOTH,
}

HALF_A_SECOND_MS = 500
"""Where only one end is known inside its second, the other is taken for the middle of its own."""
LEAD_IN_MS, REP_MS, REPS = 3000, 6000, 25
SURE_BY_TENTHS = 5


@dataclass(frozen=True)
class Stop:
    """One stop: what was true, and the time between the two requests as the coach sees it (ms)."""

    reps: int
    elapsed_ms: int


@dataclass(frozen=True)
class Score:
    """Shares of all judged stops, in percent; `wrong_of_sure` of those that are stated as sure."""

    exact: float
    within_one: float
    sure: float
    wrong_as_sure: float
    wrong_of_sure: float


def timeline(reps: int = REPS, rep_ms: int = REP_MS, lead_in_ms: int = LEAD_IN_MS) -> Timeline:
    """A bare count: a cue where each rep begins."""
    starts = [lead_in_ms + rep_ms * rep for rep in range(reps)]
    cues = [Cue(at, "lift", None, rep + 1, "concentric", rep_ms) for rep, at in enumerate(starts)]
    return Timeline(tuple(cues), lead_in_ms + rep_ms * reps)


def stop(rng: random.Random, delay_ms: float, plan: Timeline, refined: Refined) -> Stop:
    """A stop anywhere in reps 4 to 18, as the two stamps show it."""
    place_ms = LEAD_IN_MS + rng.uniform(3, 18) * REP_MS
    hiccup_ms = rng.uniform(0, 10_000) if rng.random() < 0.05 else 0.0
    sent_ms = rng.uniform(0, 1000)
    asked_ms = sent_ms + place_ms + delay_ms + rng.gauss(0, 400) + hiccup_ms
    ends = zip((sent_ms, asked_ms), refined, strict=True)
    sent, asked = (stamped_ms(rng, at_ms, is_refined) for at_ms, is_refined in ends)
    middle_ms = HALF_A_SECOND_MS * (refined[0] - refined[1])
    return Stop(reps_done(int(place_ms), plan), asked - sent + middle_ms)


def stamped_ms(rng: random.Random, at_ms: float, is_refined: bool) -> int:
    """Alexa's whole second, or the arrival (60 ms later on average) where it lies inside that second."""
    second = int(at_ms // 1000) * 1000
    arrival = at_ms + rng.expovariate(1 / 60)
    return int(min(arrival, second + 999)) if is_refined else second


def simulate(devices: int, settled_sets: int, refined: Refined, seed: int = 2026) -> Score:
    """One judged stop a device, after that many settled sets."""
    rng, plan = random.Random(seed), timeline()
    return score(_judged(rng, plan, settled_sets, refined) for _ in range(devices))


def _judged(rng: random.Random, plan: Timeline, settled_sets: int, refined: Refined) -> tuple[int, Estimate]:
    delay_ms, belief = rng.uniform(0, 4000), UNKNOWN_DELAY
    for _ in range(settled_sets):
        belief = learnt(rng, delay_ms, belief, plan, refined)
    last = stop(rng, delay_ms, plan, refined)
    return last.reps, estimate(last.elapsed_ms, belief, plan)


def learnt(rng: random.Random, delay_ms: float, belief: Delay, plan: Timeline, refined: Refined) -> Delay:
    """The belief after one more settled set."""
    one = stop(rng, delay_ms, plan, refined)
    return learn(belief, one.elapsed_ms, one.reps, plan)


def score(judged: Iterable[tuple[int, Estimate]]) -> Score:
    """The shares that the goals speak of."""
    rows = [(abs(told.reps - reps), told.unsure_by_tenths <= SURE_BY_TENTHS) for reps, told in judged]
    share = 100 / len(rows)
    sure = [error > 0 for error, is_sure in rows if is_sure]
    return Score(
        exact=share * sum(error == 0 for error, _ in rows),
        within_one=share * sum(error <= 1 for error, _ in rows),
        sure=share * len(sure),
        wrong_as_sure=share * sum(sure),
        wrong_of_sure=100 * sum(sure) / max(1, len(sure)),
    )


def table(devices: int) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| stamps | settled sets | exact | within 1 rep | stated as sure | wrong as sure | of the sure |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, refined in KNOWN.items():
        for sets in (0, 1, 3, 6, 12):
            one = simulate(devices if sets == 3 else devices // 10, sets, refined)
            figures = (one.exact, one.within_one, one.sure, one.wrong_as_sure, one.wrong_of_sure)
            lines.append(f"| {name} | {sets} | " + " | ".join(f"{each:.2f} %" for each in figures) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stops", type=int, default=100_000)
    print(table(parser.parse_args().stops))
