"""Is what the coach says of the bands true? Forecasts against what then happens, reasons against what was done.

    python -m bench.said.truth [lives]

A life is drawn by its number: bands, strengths, breaks, offers that were left, bands bought and lost. Each forecast
is lived on: the workouts that it speaks of are done, with just enough reps and with one too few. Each reason is held
against the finished workouts, and not against the record from which the coach made it.
"""

import functools
import random
import sys
from typing import Final

from bench.said.claims import Told, is_true
from skill.coach.bands import both_legs, outlook, reasons, rungs
from skill.coach.messages.reply import Line
from skill.coach.state import Leg
from skill.coach.turn import Turn
from skill.coach.workout import preview
from tests.coach.lives import LOCALE
from tests.coach.one_life import DAY_S, OneLife

LADDERS: Final = (("red",), ("red", "green"), ("yellow", "red", "green", "blue", "black"), ())
STRENGTHS: Final = ((13, 13), (9, 13), (16, 20), (22, 22), (25, 25), (5, 16), (14, 18), (17, 17))
WEEKS: Final = (0, 0, 0, 0, 3, 8, 9, 18)
BECAUSE: Final = "because.BAND-"


def lived(number: int) -> OneLife:
    """A life of up to six workouts, with breaks, offers that were left, other bands and a set cut off."""
    chance = random.Random(number)
    life = OneLife(chance.choice(LADDERS), chance.choice(["", "", "standing_hip_abduction"]))
    for _ in range(chance.randrange(7)):
        left, right = chance.choice(STRENGTHS)
        life.train(left + chance.randrange(-1, 2), right + chance.randrange(-1, 2))
        life.now += chance.choice(WEEKS) * 7 * DAY_S
        what = chance.random()
        if what < 0.2:
            life.say("Launch")
            life.say("AMAZON.StopIntent")
            life.now += chance.choice(WEEKS) * 7 * DAY_S
        elif what < 0.3:
            life.say("AddBandIntent", bands=("gold",))
        elif what < 0.4 and "red" in life.state.ladder:
            life.say("RemoveBandIntent", bands=("red",))
    if chance.random() < 0.2:
        life.say("Launch")
        life.say("ReadyIntent")
        life.now += chance.choice([60, 3 * 3600, 9 * 7 * DAY_S])
        life.say("SessionEnded")
    return life


def forecast(line: Line) -> tuple[int, int, str, bool] | None:
    """What a line foretells: in how many workouts, past how many reps, which rung, "or tougher"; None for no rise."""
    if "to_band" not in line.params or line.key == "outlook_out_of_reach":
        return None
    workouts = 2 if line.key.startswith("outlook_twice") or line.key == "outlook_outlast" else 1
    return workouts, int(line.params["reps"]), str(line.params["to_band"]), line.key.endswith("at_least")


def foretold(number: int) -> list[tuple[bool, str]]:
    """Whether each forecast of a life came true, with what was told and what happened."""
    return foretold_of(lived(number))


def foretold_of(life: OneLife) -> list[tuple[bool, str]]:
    """The same of a life that was lived elsewhere; on hold nothing is foretold."""
    life.say("WhichBandIntent")
    if life.state.pain is not None:
        return []
    if life.state.workout is not None and life.state.workout.sets:
        return []
    then = preview.as_begun(life.turn())
    legs = both_legs.as_judged(reasons.with_bands(then))
    return [each for side, leg in legs.items() for each in _of_leg(life, then, side, leg)]


def _of_leg(life: OneLife, then: Turn, side: str, leg: Leg) -> list[tuple[bool, str]]:
    promised = forecast(outlook.lines(then, leg)[0])
    if promised is None:
        return []
    past, found = promised[1], []
    for reps, keeps in ((past + 1, True), (past, False)):
        if then.exercise.window.high < reps <= then.exercise.cap:
            found += _came_true(life.branch(), side, reps, promised, keeps)
    return found


def _came_true(
    life: OneLife, side: str, reps: int, promised: tuple[int, int, str, bool], keeps: bool
) -> list[tuple[bool, str]]:
    """Do the workouts that were spoken of; nothing is found where legs meet and share their band from then on."""
    workouts, _, to, or_tougher = promised
    before = life.next_bands()
    for _ in range(workouts):
        life.train(reps)
        if len(set(before.values())) > 1 and len(set(life.next_bands().values())) == 1:
            return []
    after, aim = life.next_bands()[side], to.removesuffix("@usual")
    order = functools.partial(rungs.order, life.state.ladder)
    if keeps:
        is_true_now = after == aim or (or_tougher and order(after) >= order(aim))
    else:
        is_true_now = or_tougher or order(after) < order(aim)
    return [(is_true_now, f"{side}: {reps} reps, told {promised}, before {before[side]}, after {after}")]


def given(number: int) -> list[tuple[bool, str]]:
    """Whether each reason of a life is true of what was done, with its words."""
    life = lived(number)
    found = []
    for intent in ("WhichBandIntent", "WhyIntent", "Launch", "WhyIntent", "WhichBandIntent", "WhyIntent"):
        lines = life.say(intent).reply.lines
        side = next((str(line.params["side"]) for line in lines if line.key == "of_leg"), "")
        for line in lines:
            if line.key.startswith(BECAUSE):
                told = Told(line.key.removeprefix("because."), line.params, side)
                found.append((is_true(told, life), f"{LOCALE.text(line)} But: {life.first_sets(side)}"))
    return found


def report(lives: int = 1000) -> str:
    """The table: forecasts that came true, reasons that the workouts contradict; then each that is wrong."""
    forecasts = [(*each, number) for number in range(lives) for each in foretold(number)]
    told = [(*each, number) for number in range(lives) for each in given(number)]
    came_true, wrong = sum(each[0] for each in forecasts), sum(not each[0] for each in told)
    rows = [
        "| figure | value |",
        "|---|---|",
        f"| forecasts that come true, in {lives:,} lives | {came_true:,} of {len(forecasts):,} |",
        f"| reasons that the workouts contradict, in {lives:,} lives | {wrong:,} of {len(told):,} |",
    ]
    faults = [f"life {number}: {what}" for holds, what, number in (*forecasts, *told) if not holds]
    return "\n".join([*rows, *([""] if faults else []), *faults])


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
