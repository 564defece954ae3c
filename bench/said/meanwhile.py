"""Lives with pain, with launches on a bad day, and with "why" asked in mid-workout: is what is said then true, too?

    python -m bench.said.meanwhile [lives]

What happened is known here because it was made to happen; the coach's own record is not asked.
"""

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.said.claims import Told, is_true
from bench.said.truth import foretold_of
from skill.coach.messages.reply import Line
from tests.coach.lives import LOCALE
from tests.coach.one_life import BRAIN, DAY_S, OneLife

LADDERS: Final = (("red",), ("yellow", "red", "green"), ("yellow", "red", "green", "blue", "black"))
PLACES: Final = ("knee", "hip", "lower_back", "neck", "")
DAYS: Final = (0, 1, 1, 2, 3, 4, 5, 9, 40)
BECAUSE: Final = "because."
NAME_A_DAY: Final = frozenset({"next_workout", "say_too_soon", "say_week_is_full", "opens_later"})
CHECKED: Final = ("BAND", "SCHED", "PAIN")
"""The topics of which a reason is held against what happened."""


@dataclass
class Hurt:
    """A pain as it was made to happen: when, where ("" for not said), before a set, still there after the tilt."""

    at: int
    place: str
    is_before: bool
    is_still: bool = False
    gone_at: int = -1

    @property
    def holds(self) -> bool:
        """Whether training has to be on hold for it."""
        return self.place != "lower_back" or self.is_before or self.is_still


class Meanwhile:
    """One life: what is said, what is asked about it, and what happened of which a reason may speak."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.life = OneLife(self.chance.choice(LADDERS))
        self.found: list[tuple[bool, str]] = []
        self.days: list[tuple[bool, str]] = []
        self.pains: list[Hurt] = []

    def live(self) -> "Meanwhile":
        """Some workouts, each perhaps on a bad day, with pain and with questions."""
        for _ in range(self.chance.randrange(2, 6)):
            self._begin()
            self._work()
            self.life.now += self.chance.choice(DAYS) * DAY_S
        self._begin()
        return self

    def _begin(self) -> None:
        life = self.life
        life.say("Launch")
        if life.state.open_question == "go_on_workout":
            life.say("AMAZON.NoIntent")
            life.say("Launch")
        self._ask_why()
        for _ in range(3):
            if life.state.pain is not None and life.state.open_question in ("has_it_gone", "professional"):
                self.pains[-1].gone_at = life.now
                life.say("AMAZON.YesIntent")
                self._ask_why()
        self._ask_why("WhichBandIntent")

    def _work(self) -> None:
        life, chance = self.life, self.chance
        if life.state.open_question != "ready":
            return
        hurts_at = chance.choice([0, 0, 1, 2, 4, 9, 9, 9, 9])
        if hurts_at == 0:
            self._hurt(is_before=True)
            return
        taken, reps = life.say("ReadyIntent"), chance.choice([5, 9, 13, 14, 17, 19, 24])
        for nth in range(1, 12):
            count = taken.reply.count
            if count is None:
                self._live_on(taken.reply.lines)
                return
            exercise = BRAIN.exercises[count.exercise]
            done = min(max(1, reps + chance.randrange(-1, 2)), count.count_to - 1)
            life.now += count.rest_ms // 1000 + exercise.lead_in_s + done * exercise.rep_s + 1
            if nth == hurts_at:
                self._hurt()
                return
            taken = life.say("LogSetIntent", number=done)
            if taken.reply.count is not None and chance.random() < 0.3:
                self._ask_why(chance.choice(["WhyIntent", "WhichBandIntent"]))
                taken = life.taken

    def _hurt(self, *, is_before: bool = False) -> None:
        life, hurt = self.life, Hurt(self.life.now, self.chance.choice(PLACES), is_before)
        self.pains.append(hurt)
        life.say("PainIntent", feeling="hurts", body_part=hurt.place)
        self._ask_why()
        if life.state.open_question == "where":
            hurt.place = "knee"
            life.say("BodyPlaceIntent", body_part="knee")
            self._ask_why()
        elif life.state.open_question == "how_is_it":
            hurt.is_still = self.chance.random() < 0.5
            hurt.gone_at = -1 if hurt.is_still else life.now
            life.say("PainIntent", feeling="still") if hurt.is_still else life.say("PainGoneIntent")
            self._ask_why()
            life.say("EndWorkoutIntent")
            if life.state.open_question == "end_workout":
                life.say("AMAZON.YesIntent")

    def _ask_why(self, intent: str = "WhyIntent") -> None:
        self._live_on(self.life.taken.reply.lines)
        lines = self.life.say(intent).reply.lines
        side = next((str(line.params["side"]) for line in lines if line.key == "of_leg"), "")
        for line in lines:
            rule = line.key.removeprefix(BECAUSE)
            if line.key.startswith(BECAUSE) and rule.startswith(CHECKED):
                self._hold(Told(rule, line.params, side), line)

    def _hold(self, told: Told, line: Line) -> None:
        claim = CLAIMS.get(told.rule)
        holds = claim(self, told) if claim else is_true(told, self.life)
        self.found.append(
            (holds, f"{told.rule}: {LOCALE.text(line)} {self.life.first_sets('')} {self.pains[-1:]}")
        )

    def _live_on(self, lines: Sequence[Line]) -> None:
        """A day that is named is a good one to train, and the day before is none."""
        for line in lines:
            if line.key in NAME_A_DAY and self.life.state.workout is None:
                day = int(line.params["day"])
                good, bad = self._is_good_at(day), self._is_good_at(day - DAY_S)
                is_now = LOCALE.day_of(day) <= self.today()
                self.days.append((good and (is_now or not bad), f"{LOCALE.text(line)} {self.pains[-1:]}"))

    def _is_good_at(self, at: int) -> bool:
        life = self.life.branch()
        life.now = at
        told = {line.key for line in life.say("Launch").reply.lines}
        return not told & {*NAME_A_DAY, "on_hold", "on_hold_for_doctor"}

    def ended(self) -> list[int]:
        """The calendar days on which the workouts ended."""
        return [LOCALE.day_of(each.ended_at) for each in self.life.done]

    def today(self) -> int:
        """The calendar day."""
        return LOCALE.day_of(self.life.now)


def _last(holds: Callable[[Hurt], bool]) -> Callable[[Meanwhile, Told], bool]:
    """Something is true of the last pain, and there was one."""
    return lambda one, told: bool(one.pains) and holds(one.pains[-1])


def _is_after_pain(one: Meanwhile, told: Told) -> bool:
    """A pain that put training on hold has gone since the last first set that was judged."""
    judged = [
        each.at for done in one.life.done for each in done.sets if each.round == 1 and not each.tried_again
    ]
    gone_at = one.pains[-1].gone_at if one.pains else -1
    return gone_at >= 0 and one.pains[-1].holds and gone_at >= max(judged, default=0)


def _hurt_then(one: Meanwhile, told: Told) -> bool:
    """It hurt in the last workout that was done."""
    ends = [0, *(each.ended_at for each in one.life.done)]
    return len(ends) > 1 and any(ends[-2] < each.at <= ends[-1] + 60 for each in one.pains)


def _is_second_hold(one: Meanwhile, told: Told) -> bool:
    holds = [each for each in one.pains if each.holds and one.today() - LOCALE.day_of(each.at) < 28]
    return len(holds) >= 2


def _is_too_soon(one: Meanwhile, told: Told) -> bool:
    return bool(one.life.done) and one.today() - one.ended()[-1] < 2


def _is_full_week(one: Meanwhile, told: Told) -> bool:
    return sum(one.today() - each < 7 for each in one.ended()) == told.number("workouts_in_7_days")


CLAIMS: Final[Mapping[str, Callable[[Meanwhile, Told], bool]]] = {
    "BAND-01": _is_after_pain,
    "BAND-02": _hurt_then,
    "BAND-36": lambda one, told: one.life.state.workout is not None and bool(one.life.state.workout.sets),
    "PAIN-02": _last(lambda hurt: hurt.holds and hurt.gone_at >= 0),
    "PAIN-03": _last(lambda hurt: hurt.holds and hurt.gone_at < 0),
    "PAIN-04": _last(lambda hurt: hurt.place == "lower_back" and hurt.is_still),
    "PAIN-05": _last(lambda hurt: hurt.place != "lower_back"),
    "PAIN-06": _last(lambda hurt: hurt.place == "lower_back" and not hurt.is_before),
    "PAIN-08": _last(lambda hurt: hurt.place == "lower_back" and hurt.is_before),
    "PAIN-14": _is_second_hold,
    "PAIN-15": lambda one, told: one.today() - LOCALE.day_of(one.pains[-1].at) < 2,
    "PAIN-16": _last(lambda hurt: not hurt.holds and hurt.gone_at >= 0),
    "PAIN-32": _last(lambda hurt: hurt.place == ""),
    "SCHED-02": lambda one, told: not one.life.done,
    "SCHED-03": _is_too_soon,
    "SCHED-04": _is_full_week,
    "SCHED-05": lambda one, told: not _is_too_soon(one, told),
}
"""By rule, what its words claim in such a life; of the others `bench.said.claims` knows it."""


def given(number: int) -> list[tuple[bool, str]]:
    """Whether each reason of such a life is true of what happened, with its words."""
    return Meanwhile(number).live().found


def days_named(number: int) -> list[tuple[bool, str]]:
    """Whether each day that is named is the first good one, on hold as off it."""
    return Meanwhile(number).live().days


def foretold(number: int) -> list[tuple[bool, str]]:
    """Whether each forecast came true, after pain, too, and after whatever else was said."""
    return foretold_of(Meanwhile(number).live().life)


if __name__ == "__main__":
    for name, of in (("reasons", given), ("days named", days_named), ("forecasts", foretold)):
        told = [each for number in range(int((*sys.argv[1:], "300")[0])) for each in of(number)]
        wrong = [what for holds, what in told if not holds]
        print(f"{name}: {len(wrong)} of {len(told)} wrong", *wrong, sep="\n  ")
