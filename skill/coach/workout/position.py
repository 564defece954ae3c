"""Where in a count the trainee is: in the rest, at a repetition, or past the end; and what stops teach of a device."""

from typing import Any, Final, Literal

from msgspec.structs import replace

from skill.coach.counting.stop_estimate import (
    LONGEST_HICCUP_MS,
    UNKNOWN_DELAY,
    Delay,
    estimate,
    is_past_the_end,
    reps_done,
)
from skill.coach.counting.stop_estimate import learn as learn_delay
from skill.coach.counting.timeline import Timeline, reps_at_ms
from skill.coach.messages.reply import Count
from skill.coach.state import Counting, Device
from skill.coach.turn import Turn
from skill.coach.value import Value

EARLIEST_STOP_MS: Final = 2000
"""A report that arrives sooner after the first beat was begun in the rest: speaking alone takes this long."""
KNOWN_DEVICES: Final = 4
SCREEN_LAG_MS: Final = (-1000, LONGEST_HICCUP_MS)
"""A screen begins this much after its count was sent at the least and at the most; any other place is not believed."""


Stage = Literal["rest", "reps", "over"]


class Place(Value, frozen=True):
    """A place in the audio.

    `rest` is before a set has begun. In the lead-in of one that is gone on with, its reps so far are done and stay
    so. `reps` are finished (the lowering ended); `most_reps` is what the count had time for at the very most;
    `unsure_tenths` is the uncertainty in tenths of a rep, 0 where the device knows the place. A count that is paused
    in its rest does not run on; the trainee rests meanwhile, and `elapsed_ms` says so.
    """

    stage: Stage
    reps: int
    most_reps: int
    unsure_tenths: int
    elapsed_ms: int
    is_exact: bool


def is_counting(turn: Turn, counting: Counting | None) -> bool:
    """Whether reps are being counted aloud: no rest, no pause, and not the end."""
    return counting is not None and counting.paused_at_rep < 0 and place(turn, counting).stage == "reps"


def place(turn: Turn, counting: Counting) -> Place:
    """Where the count stands at this turn."""
    count, before = counting.count, counting.count.from_rep - 1
    if counting.paused_at_rep >= 0:
        stage, reps = _stage(counting), counting.paused_at_rep
        rested_ms = max(0, turn.now - counting.sent_at) * 1000 if stage == "rest" else 0
        return Place(stage, reps, reps, 0, rested_ms, True)
    plan = _plan(turn, counting)
    begins = reps_at_ms(turn.exercise, count)
    if turn.heard.at_ms is not None and turn.heard.token == count.token:
        return _exact(turn.heard.at_ms, count, plan, begins)
    since_sent = _since_sent_ms(turn, counting)
    most = before + reps_done(since_sent, plan)
    elapsed = _shown_ms(turn, count, since_sent)
    if is_past_the_end(elapsed, _delay(turn), plan):
        return Place("over", count.count_to, most, 0, elapsed, False)
    if elapsed < begins + EARLIEST_STOP_MS:
        return Place(_before_it_goes_on(count), before, before, 0, elapsed, False)
    guess = estimate(elapsed, _delay(turn), plan)
    return Place("reps", before + guess.reps, most, guess.unsure_by_tenths, elapsed, False)


def _since_sent_ms(turn: Turn, counting: Counting) -> int:
    return max(0, (turn.now - counting.sent_at) * 1000 + turn.heard.ms - counting.sent_ms)


def _shown_ms(turn: Turn, count: Count, since_sent_ms: int) -> int:
    """How far the count's screen had come, which no network delays; by the clock, where no screen tells it.

    Sound and picture begin with the same answer, so it stands for how long the count has been heard.
    """
    shown = turn.heard.shown
    if shown is None or shown.token != count.token:
        return since_sent_ms
    least, most = SCREEN_LAG_MS
    return shown.at_ms if least <= since_sent_ms - shown.at_ms <= most else since_sent_ms


def may_have_ended(turn: Turn, counting: Counting) -> bool:
    """Whether there was time for the last repetition, by the clock: a screen that says so sooner is not believed."""
    since_sent = _since_sent_ms(turn, counting) - SCREEN_LAG_MS[0]
    return (
        counting.count.from_rep - 1 + reps_done(since_sent, _plan(turn, counting)) >= counting.count.count_to
    )


def has_ended(counting: Counting) -> bool:
    """Whether the count stands at its end, and nobody has said yet how that was."""
    return counting.paused_at_rep >= counting.count.count_to


def _stage(counting: Counting) -> Stage:
    if has_ended(counting):
        return "over"
    return "reps" if counting.paused_at_rep else "rest"


def _before_it_goes_on(count: Count) -> Stage:
    """Where the rest and the lead-in of a count belong to."""
    return "reps" if count.from_rep > 1 else "rest"


def paused(counting: Counting, where: Place) -> Counting:
    """The count, paused where it stands."""
    return replace(counting, paused_at_rep=where.reps, pause_is_exact=where.is_exact)


def stand_still(turn: Turn) -> None:
    """The count at hand, if one runs, is paused where it stands."""
    counting = turn.counting
    if counting is not None and counting.paused_at_rep < 0:
        turn.know_of_workout(counting=paused(counting, place(turn, counting)))


def learn(turn: Turn, counting: Counting, elapsed_ms: int, reps: int) -> None:
    """The number of a stop whose place was not known is settled: that tells how late this device's reports arrive."""
    if not turn.heard.device or counting.pause_is_exact:
        return
    done = reps - counting.count.from_rep + 1
    delay = learn_delay(_delay(turn), elapsed_ms, done, _plan(turn, counting))
    know_device(turn, delay=delay.permille)


def most_reps(turn: Turn, counting: Counting, elapsed_ms: int) -> int:
    """What a count had time for at the very most, by the time at which it was ended."""
    if counting.paused_at_rep >= 0:
        return counting.paused_at_rep
    return counting.count.from_rep - 1 + reps_done(elapsed_ms, _plan(turn, counting))


def know_device(turn: Turn, **changes: Any) -> None:
    """Remember something of the device that speaks; those that spoke longest ago are forgotten."""
    device = replace(device_of(turn), **changes)
    others = [each for each in turn.state.devices if each.key != device.key]
    turn.know(devices=(device, *others)[:KNOWN_DEVICES])


def _exact(at_ms: int, count: Count, plan: Timeline, begins: int) -> Place:
    reps = count.from_rep - 1 + reps_done(at_ms, plan)
    last = max((cue.rep for cue in plan.cues), default=0)
    stage = _before_it_goes_on(count) if at_ms < begins else "over" if reps >= last else "reps"
    return Place(stage, reps, reps, 0, at_ms, True)


def _plan(turn: Turn, counting: Counting) -> Timeline:
    return turn.brain.plan(counting.count)


def device_of(turn: Turn) -> Device:
    """What is known of the device that speaks."""
    known = (each for each in turn.state.devices if each.key == turn.heard.device)
    return next(known, Device(turn.heard.device))


def _delay(turn: Turn) -> Delay:
    known = device_of(turn).delay
    return Delay(known) if known else UNKNOWN_DELAY
