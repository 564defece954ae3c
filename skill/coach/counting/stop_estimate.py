"""The repetition at the stop, worked out from when the trainee spoke.

Alexa never tells how far a count has played. What is known is `elapsed`: from the answer that carried the
count to the request that says "I can't do any more". It is the place in the count plus a delay of 0 to 4 s
that belongs to the device (start of speech, wake word, the sentence itself), a jitter, and now and then a
hiccup of the network of up to ten seconds. Each settled number of a device tells a little about its delay;
three name the rep most of the time (docs/count.md, bench/counting/__main__.py).

Theory of operation: the delay is believed to be one of ten half-seconds, with a weight in parts per thousand
each. How likely it is that the stop lies past the end of rep n is then a sum over the ten; the number stated
is the likeliest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import erf, inf, sqrt
from typing import Final

from skill.coach.counting.timeline import Timeline
from skill.coach.value import Value

STEP_MS: Final = 500
JITTER_MS: Final = 500
"""Standard deviation of what neither device nor hiccup explains: the trainee, the network, the stamps."""
HICCUP_SHARE: Final = 0.05
LONGEST_HICCUP_MS: Final = 10_000
FORGOTTEN_SHARE: Final = 0.02
"""How much of a belief returns to the first one with each set: networks and habits change."""
CERTAIN_JITTERS: Final = 9
"""So many standard deviations away an error function in double precision is 1."""
CONFIDENCE: Final = 0.94
"""The chance with which the place of the stop lies inside the stated uncertainty."""
MOST_UNSURE_TENTHS: Final = 99


class Delay(Value, frozen=True):
    """What is believed of one device's delay: parts per thousand of 0, 0.5, 1 ... 4.5 seconds."""

    permille: tuple[int, ...]


UNKNOWN_DELAY: Final = Delay((60, 115, 120, 120, 120, 120, 120, 115, 60, 50))


class Estimate(Value, frozen=True):
    """A number of finished reps, and how sure it is.

    `unsure_by_tenths`: how far the place of the stop may lie from the middle of the rep that was broken off,
    in tenths of a rep. At 5 or less the number is right with the chance `CONFIDENCE`.
    """

    reps: int
    unsure_by_tenths: int


@lru_cache(maxsize=128)
def rep_ends_ms(timeline: Timeline) -> tuple[int, ...]:
    """Where the lowering of each rep of the count ends, ms."""
    starts: dict[int, int] = {}
    for cue in timeline.cues:
        if cue.rep:
            starts.setdefault(cue.rep, cue.at_ms)
    last = max((cue.at_ms + cue.slot_ms for cue in timeline.cues if cue.rep), default=0)
    return tuple(starts.get(rep + 1, last) for rep in sorted(starts))


def reps_done(place_ms: int, timeline: Timeline) -> int:
    """Reps finished at a known place in the audio (ms): a rep counts when its lowering is finished."""
    return bisect_right(rep_ends_ms(timeline), place_ms)


@lru_cache(maxsize=512)
def estimate(elapsed_ms: int, delay: Delay, timeline: Timeline) -> Estimate:
    """The likeliest number of finished reps when the stop arrived this long after the count was sent (ms)."""
    ends_ms = [-inf, *rep_ends_ms(timeline), inf]
    past = [_chance_past(end_ms, elapsed_ms, delay) for end_ms in ends_ms]
    chances = [here - there for here, there in pairwise(past)]
    reps = max(range(len(chances)), key=chances.__getitem__)
    return Estimate(reps, _unsure_by_tenths(reps, elapsed_ms, delay, ends_ms))


def is_past_the_end(elapsed_ms: int, delay: Delay, timeline: Timeline) -> bool:
    """Whether the last rep was finished before the trainee spoke, as surely as anything is stated as sure.

    That the audio is over when the words arrive is not enough: with a slow device they were said before its end.
    """
    ends_ms = rep_ends_ms(timeline)
    return elapsed_ms >= timeline.length_ms and (
        not ends_ms or _chance_past(ends_ms[-1], elapsed_ms, delay) >= CONFIDENCE
    )


def learn(delay: Delay, elapsed_ms: int, reps: int, timeline: Timeline) -> Delay:
    """The belief once the reps done are settled; a number beyond the count teaches nothing."""
    ends_ms = [-inf, *rep_ends_ms(timeline), inf]
    if not 0 <= reps < len(ends_ms) - 1:
        return delay
    fits = [
        weight
        * (_is_past(elapsed_ms - at_ms - ends_ms[reps]) - _is_past(elapsed_ms - at_ms - ends_ms[reps + 1]))
        for at_ms, weight in _each(delay)
    ]
    total = sum(fits)
    if total <= 0:
        return delay
    first = UNKNOWN_DELAY.permille
    return Delay(
        tuple(
            round(1000 * (1 - FORGOTTEN_SHARE) * fit / total + FORGOTTEN_SHARE * start)
            for fit, start in zip(fits, first, strict=True)
        )
    )


def _each(delay: Delay) -> list[tuple[int, int]]:
    return [(index * STEP_MS, weight) for index, weight in enumerate(delay.permille)]


def _is_past(lag_ms: float) -> float:
    """The chance that what is left of the elapsed time, jitter and hiccup taken off, is not negative."""
    if lag_ms >= LONGEST_HICCUP_MS or lag_ms < -CERTAIN_JITTERS * JITTER_MS:
        return float(lag_ms > 0)
    jitter_only = (1 + erf(lag_ms / JITTER_MS / sqrt(2))) / 2
    with_hiccup = min(1.0, max(0.0, lag_ms / LONGEST_HICCUP_MS))
    return (1 - HICCUP_SHARE) * jitter_only + HICCUP_SHARE * with_hiccup


def _chance_past(place_ms: float, elapsed_ms: int, delay: Delay) -> float:
    """The chance that the stop lies past this place of the audio."""
    longest_ms, latest_ms = (len(delay.permille) - 1) * STEP_MS, elapsed_ms - place_ms
    if latest_ms - longest_ms >= LONGEST_HICCUP_MS or latest_ms < -CERTAIN_JITTERS * JITTER_MS:
        return float(latest_ms > 0)
    total = sum(delay.permille)
    return sum(weight * _is_past(elapsed_ms - at_ms - place_ms) for at_ms, weight in _each(delay)) / total


def _unsure_by_tenths(reps: int, elapsed_ms: int, delay: Delay, ends_ms: Sequence[float]) -> int:
    """Tenths of a rep about the middle of the rep after `reps` that hold the stop with `CONFIDENCE`."""
    start_ms, end_ms = ends_ms[reps], ends_ms[reps + 1]
    finite = [0.0, *(each for each in ends_ms if abs(each) < inf)]
    rep_ms = finite[-1] - finite[-2] if len(finite) > 1 else 0.0

    def held(tenths: int) -> float:
        reach_ms = (tenths - 5) * rep_ms / 10
        before = _chance_past(start_ms - reach_ms, elapsed_ms, delay)
        return before - _chance_past(end_ms + reach_ms, elapsed_ms, delay)

    return 1 + bisect_left(range(1, MOST_UNSURE_TENTHS), CONFIDENCE, key=held)
