"""One trainee through all workouts under one policy: which rung each leg is told, and what it truly had in it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from rules.decision import Decide
from rules.exercise import Exercise
from rules.facts import MOST_REPS, BandFacts, SetsFacts
from skill.coach import choice, rungs, steps
from skill.coach.choice import Asked
from skill.coach.state import Leg, Step
from skill.coach.steps import Steps
from skill.simulate.gym import Gym, Muscle, SetResult
from skill.simulate.parameters import Parameters
from skill.simulate.policies import Policy
from skill.simulate.trainee import Day, Trainee

MOST_QUESTIONS = 26


@dataclass(frozen=True)
class Path:
    """What one leg did: the rung and the true reps of each workout's fresh set, and the reps that the coach noted."""

    rungs: tuple[str, ...]
    truth: tuple[float, ...]
    noted: tuple[int, ...]


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
        self.done: list[list[tuple[str, float, int]]] = [[], []]

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
        for side in (0, 1):
            day = days[side]
            fresh, later = self._sets(side, day)
            self._note(side, day, fresh, later)

    def _open(self, side: int, day: Day, weeks_away: int) -> None:
        """The band for today; the oracle is asked until it is content."""
        self._ask(side, day, "workout_starts" if self.legs[side].band else "first_workout", weeks_away)
        for _ in range(MOST_QUESTIONS if self.policy.facts_from == "truth" else 0):
            if not self._ask(side, day, "workout_starts", weeks_away):
                return

    def _sets(self, side: int, day: Day) -> tuple[SetResult, list[int]]:
        muscle, rung = Muscle(), self.legs[side].band
        results = []
        for round_ in range(1, self.exercise.sets + 1):
            count_to = self.exercise.cap if self.policy.every_set_to_cap else self._count_to(round_, side)
            results.append(self.gym.set(self.who, day, rung, count_to, muscle, fresh=round_ == 1))
        return results[0], [each.reps for each in results[1:]]

    def _count_to(self, round_: int, side: int) -> int:
        facts = SetsFacts(
            moment="workout_starts" if (round_, side) == (1, 0) else "set_settled",
            sides_left=1 if side == 1 else 0,
            rounds_left=self.exercise.sets + 1 - round_ if round_ > 1 else 0,
            next_is_fresh=round_ == 1,
        )
        return self.decide(facts, self.exercise.id).numbers["count_to"]

    def _note(self, side: int, day: Day, fresh: SetResult, later: list[int]) -> None:
        self.done[side].append((self.legs[side].band, fresh.truth, fresh.reps))
        outcome = choice.JUDGED.get(fresh.ended, "not_judged")
        leg, known = choice.with_fresh_set(
            self.legs[side], self.who.ladder, self.known, fresh.reps, outcome, later
        )
        self.legs[side] = leg
        self.known = self.known if self.policy.facts_from == "table" else known
        self._ask(side, day, "workout_ends", 0, had_pain=self._hurts(day, fresh))

    def _hurts(self, day: Day, fresh: SetResult) -> bool:
        return day.pain < self.parameters.pain * (3 if fresh.truth < 8 else 1)

    def _ask(self, side: int, day: Day, moment: str, weeks_away: int, had_pain: bool = False) -> bool:
        """Ask for the band and follow the answer; whether the rung changed."""
        leg = self.legs[side]
        asked = Asked(moment, had_pain, weeks_away)
        facts = choice.facts(leg, self.who.ladder, self.known, self.exercise, asked)
        if self.policy.facts_from == "truth" and leg.band:
            facts = _true(facts, leg.band, self.who, day, self.exercise)
        advice = self.decide(facts, self.exercise.id).advice
        self.legs[side] = choice.follow(leg, self.who.ladder, advice, asked)
        return self.legs[side].band != leg.band


def _table(who: Trainee) -> Steps:
    """Every step as the maker's forces have it; nothing is learned on top of it."""
    whole = rungs.whole(who.ladder)
    return {
        steps.key(low, high): Step(min(steps.LARGEST, round(1000 * who.made[high] / who.made[low])), 1)
        for low, high in pairwise(whole[1:])
    }


def _true(facts: BandFacts, rung: str, who: Trainee, day: Day, exercise: Exercise) -> BandFacts:
    """The facts of somebody who sees into the leg: what every neighbour would give today."""

    def reps(of: str) -> int:
        return min(MOST_REPS, max(0, floor(who.reps(of, day.strength))))

    def gain(of: str) -> int:
        better = choice.off_middle(reps(rung), exercise) - choice.off_middle(reps(of), exercise)
        return max(-200, min(200, better))

    tougher, lighter = rungs.tougher(who.ladder, rung), rungs.lighter(who.ladder, rung)
    return replace(
        facts,
        tougher_tried=True,
        tougher_reps=reps(tougher),
        tougher_off=choice.off_window(reps(tougher), exercise),
        tougher_gain=gain(tougher),
        lighter_tried=True,
        lighter_reps=reps(lighter),
        lighter_off=choice.off_window(reps(lighter), exercise),
        lighter_gain=gain(lighter),
    )
