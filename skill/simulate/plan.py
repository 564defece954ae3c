"""One trainee through all workouts under one policy: which rung each leg is told, and what it truly had in it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from rules.files.exercise import Exercise
from rules.vocabulary.decision import Decide
from rules.vocabulary.facts import MOST_REPS, BandFacts, SetsFacts
from skill.coach.bands import fresh_set, later_rounds, rungs, step_sizes
from skill.coach.bands.fresh_set import Asked
from skill.coach.bands.later_rounds import Judged
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import Leg, Step
from skill.simulate.gym import Gym, Muscle, SetResult
from skill.simulate.parameters import Parameters
from skill.simulate.policies import Policy
from skill.simulate.trainee import Day, Trainee

MOST_QUESTIONS = 26


@dataclass(frozen=True)
class Path:
    """What one leg did: the rung and the true reps of each workout's fresh set, and the reps that the coach noted.

    `later` are the reps that the leg had left in each set after the first, on the rung `later_rung`, or on the fresh
    set's where that is nothing.
    """

    rungs: tuple[str, ...]
    truth: tuple[float, ...]
    noted: tuple[int, ...]
    later_rung: tuple[str, ...]
    later: tuple[tuple[float, ...], ...]


class Plan:
    """A coach of numbers with its memory of one trainee."""

    def __init__(
        self, who: Trainee, policy: Policy, parameters: Parameters, decide: Decide, exercise: Exercise
    ) -> None:
        self.who, self.policy, self.parameters, self.exercise = who, policy, parameters, exercise
        self.decide = decide
        self.gym = Gym(parameters, exercise, lambda facts: decide(facts, exercise.id))
        self.legs = [Leg(), Leg()]
        self.known: Steps = _table(who) if policy.facts_from == "table" else {}
        self.done: list[list[tuple[str, float, int, str, tuple[float, ...]]]] = [[], []]

    def run(self) -> tuple[Path, Path]:
        """All workouts, in order."""
        before = self.who.at_week[0]
        for nth, week in enumerate(self.who.at_week):
            self._workout(nth, int(week - before))
            before = week
        first, second = (Path(*zip(*rows, strict=True)) for rows in self.done)
        return first, second

    def _workout(self, nth: int, weeks_away: int) -> None:
        days = self.who.days[nth]
        for side in (0, 1):
            self._open(side, days[side], weeks_away)
        judged, pains = [], []
        for side in (0, 1):
            fresh, *later = self._sets(side, days[side])
            before = self._noted(side, fresh, later)
            pains.append(self._hurts(days[side], fresh))
            self._ask(side, days[side], "workout_ends", 0, had_pain=pains[-1])
            judged.append(Judged(str(side), before, self.legs[side]))
        self._later_rounds(judged, any(pains))

    def _open(self, side: int, day: Day, weeks_away: int) -> None:
        """The band for today; the oracle is asked until it is content."""
        self._ask(side, day, "workout_starts" if self.legs[side].band else "first_workout", weeks_away)
        for _ in range(MOST_QUESTIONS if self.policy.facts_from == "truth" else 0):
            if not self._ask(side, day, "workout_starts", weeks_away):
                return

    def _later_rounds(self, judged: list[Judged], had_pain: bool) -> None:
        """The band of the rounds after the first; an exercise that does without is not asked about it."""
        if later_rounds.WELCOME not in self.exercise.half_steps:
            return
        for legs in later_rounds.together(judged):
            facts = later_rounds.facts(legs, self.who.ladder, self.known, self.exercise, had_pain)
            advice = self.decide(facts, self.exercise.id).advice
            for side, leg in later_rounds.follow(legs, self.who.ladder, advice).items():
                self.legs[int(side)] = leg

    def _sets(self, side: int, day: Day) -> list[SetResult]:
        muscle, leg = Muscle(), self.legs[side]
        results = []
        for round_ in range(1, self.exercise.sets + 1):
            count_to = self.exercise.cap if self.policy.every_set_to_cap else self._count_to(round_, side)
            rung = leg.band if round_ == 1 else leg.later or leg.band
            results.append(self.gym.set(self.who, day, rung, count_to, muscle, fresh=round_ == 1))
        return results

    def _count_to(self, round_: int, side: int) -> int:
        facts = SetsFacts(
            moment="workout_starts" if (round_, side) == (1, 0) else "set_settled",
            sides_left=1 if side == 1 else 0,
            rounds_left=self.exercise.sets + 1 - round_ if round_ > 1 else 0,
            next_is_fresh=round_ == 1,
        )
        return self.decide(facts, self.exercise.id).numbers["count_to"]

    def _noted(self, side: int, fresh: SetResult, later: list[SetResult]) -> Leg:
        """The leg's record with this workout's sets."""
        leg = self.legs[side]
        able = tuple(each.able for each in later)
        self.done[side].append((leg.band, fresh.truth, fresh.reps, leg.later, able))
        outcome = fresh_set.JUDGED.get(fresh.ended, "not_judged")
        leg, known = fresh_set.with_fresh_set(
            leg, self.who.ladder, self.known, fresh.reps, outcome, [each.reps for each in later]
        )
        self.legs[side] = leg
        self.known = self.known if self.policy.facts_from == "table" else known
        return leg

    def _hurts(self, day: Day, fresh: SetResult) -> bool:
        return day.pain < self.parameters.pain * (3 if fresh.truth < 8 else 1)

    def _ask(self, side: int, day: Day, moment: str, weeks_away: int, had_pain: bool = False) -> bool:
        """Ask for the band and follow the answer; whether the rung changed."""
        leg = self.legs[side]
        asked = Asked(moment, had_pain, weeks_away)
        facts = fresh_set.facts(leg, self.who.ladder, self.known, self.exercise, asked)
        if self.policy.facts_from == "truth" and leg.band:
            facts = _true(facts, leg.band, self.who, day, self.exercise)
        advice = self.decide(facts, self.exercise.id).advice
        self.legs[side] = fresh_set.follow(leg, self.who.ladder, advice, asked)
        return self.legs[side].band != leg.band


def _table(who: Trainee) -> Steps:
    """Every step as the maker's forces have it; nothing is learned on top of it."""
    whole = rungs.whole(who.ladder)
    return {
        step_sizes.key(low, high): Step(
            min(step_sizes.LARGEST, round(1000 * who.made[high] / who.made[low])), 1
        )
        for low, high in pairwise(whole[1:])
    }


def _true(facts: BandFacts, rung: str, who: Trainee, day: Day, exercise: Exercise) -> BandFacts:
    """The facts of somebody who sees into the leg: what every neighbour would give today."""

    def reps(of: str) -> int:
        return min(MOST_REPS, max(0, floor(who.reps(of, day.strength))))

    def gain(of: str) -> int:
        better = fresh_set.off_middle(reps(rung), exercise) - fresh_set.off_middle(reps(of), exercise)
        return max(-200, min(200, better))

    tougher, lighter = rungs.tougher(who.ladder, rung), rungs.lighter(who.ladder, rung)
    return replace(
        facts,
        tougher_tried=True,
        tougher_reps=reps(tougher),
        tougher_off=fresh_set.off_window(reps(tougher), exercise),
        tougher_gain=gain(tougher),
        lighter_tried=True,
        lighter_reps=reps(lighter),
        lighter_off=fresh_set.off_window(reps(lighter), exercise),
        lighter_gain=gain(lighter),
    )
