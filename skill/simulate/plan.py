"""One trainee through all workouts under one policy: which rung each leg is told, and what it truly had in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.band_facts import MOST_NEARER, BandFacts, SidesFacts
from rules.vocabulary.decision import Decide, Decision
from rules.vocabulary.domain import MOST_REPS, Facts
from rules.vocabulary.facts import SetsFacts
from skill.coach.bands import both_legs, fresh_set, rungs, step_sizes
from skill.coach.bands.both_legs import COMPARED, FirstSets, Known
from skill.coach.bands.fresh_set import Asked
from skill.coach.bands.step_sizes import Steps
from skill.coach.state import FreshResult, Leg, Step
from skill.simulate.gym import Gym, Muscle, SetResult
from skill.simulate.parameters import Parameters
from skill.simulate.policies import Policy
from skill.simulate.trainee import Day, Trainee

MOST_QUESTIONS = 26
SIDES: Final = ("left", "right")
OWN_BANDS: Final = Decision("sides", "", "own_bands", {}, SidesFacts(False, 0), ())
"""What a policy is told that gives each leg its own band."""


@dataclass(frozen=True)
class Path:
    """What one leg did: the rung and the true reps of each workout's fresh set.

    `later` are the reps that the leg had left in each set after the first, on the rung `later_rung`, or on the first
    set's where that is nothing.
    """

    rungs: tuple[str, ...]
    truth: tuple[float, ...]
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
        self.recent: list[FirstSets] = []
        self.done: list[list[tuple[str, float, str, tuple[float, ...]]]] = [[], []]

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
        self._open(days, weeks_away)
        muscles = [Muscle(), Muscle()]
        first = [self._set(side, days[side], 1, self.legs[side].rung, muscles[side]) for side in (0, 1)]
        had_pain = any(self._hurts(day, done) for day, done in zip(days, first, strict=True))
        later_rungs = self._after_the_first_round(first, had_pain)
        later = [
            [
                self._set(side, days[side], round_, later_rungs[side], muscles[side])
                for round_ in range(2, self.exercise.sets + 1)
            ]
            for side in (0, 1)
        ]
        self._note(first, later, later_rungs)
        self.recent = [self._first_sets(first), *self.recent][:COMPARED]
        self._ask(days, Asked("workout_ends", had_pain), self.recent)

    def _open(self, days: tuple[Day, Day], weeks_away: int) -> None:
        """The bands for today; the oracle is asked until it is content."""
        moment = "workout_starts" if self.legs[0].rung else "first_workout"
        self._ask(days, Asked(moment, weeks_away=weeks_away))
        for _ in range(MOST_QUESTIONS if self.policy.facts_from == "truth" else 0):
            if not self._ask(days, Asked("workout_starts", weeks_away=weeks_away)):
                return

    def _after_the_first_round(self, first: list[SetResult], had_pain: bool) -> list[str]:
        """The rungs of the later rounds: a search may move them at once. The records wait for the workout's end."""
        legs, steps = self.legs, self.known
        for side in (0, 1):
            self._judge(side, first[side], [])
        asked = Asked("first_round_ends", had_pain)
        decided = both_legs.decide(self._by_side(), self._known(), asked, self._decide)
        self.legs, self.known = legs, steps
        return [decided[side].leg.rung for side in SIDES]

    def _set(self, side: int, day: Day, round_: int, rung: str, muscle: Muscle) -> SetResult:
        to_cap = self.policy.every_set_to_cap
        count_to = self.exercise.cap if to_cap else self._count_to(round_, side)
        return self.gym.set(self.who, day, rung, count_to, muscle, fresh=round_ == 1)

    def _count_to(self, round_: int, side: int) -> int:
        facts = SetsFacts(
            moment="workout_starts" if (round_, side) == (1, 0) else "set_settled",
            sides_left=1 if side == 1 else 0,
            rounds_left=self.exercise.sets + 1 - round_ if round_ > 1 else 0,
            next_is_fresh=round_ == 1,
            band_changes=False,
        )
        return self.decide(facts, self.exercise.id).numbers["count_to"]

    def _note(self, first: list[SetResult], later: list[list[SetResult]], later_rungs: list[str]) -> None:
        """Write the workout down, and into the legs' records."""
        for side in (0, 1):
            able = tuple(each.able for each in later[side])
            rung = self.legs[side].rung
            moved = later_rungs[side] if later_rungs[side] != rung else ""
            self.done[side].append((rung, first[side].truth, moved, able))
            self._judge(side, first[side], [each.reps for each in later[side]])

    def _judge(self, side: int, first: SetResult, later: list[int]) -> None:
        """One leg's record with its sets of today."""
        outcome = fresh_set.JUDGED.get(first.ended, "not_judged")
        leg, known = fresh_set.with_fresh_set(
            self.legs[side], self.who.ladder, self.known, first.reps, outcome, later
        )
        self.legs = [leg, self.legs[1]] if side == 0 else [self.legs[0], leg]
        self.known = self.known if self.policy.facts_from == "table" else known

    def _first_sets(self, first: list[SetResult]) -> dict[str, FreshResult]:
        return {
            name: FreshResult(leg.rung, done.reps, done.ended)
            for name, leg, done in zip(SIDES, self.legs, first, strict=True)
        }

    def _hurts(self, day: Day, fresh: SetResult) -> bool:
        return day.pain < self.parameters.pain * (3 if fresh.truth < 8 else 1)

    def _ask(self, days: tuple[Day, Day], asked: Asked, recent: Sequence[FirstSets] = ()) -> bool:
        """Ask for the bands and follow the answers; whether a rung changed."""
        before = [leg.rung for leg in self.legs]
        if self.policy.facts_from == "truth" and all(before):
            for side in (0, 1):
                self._ask_the_truth(side, days[side], asked)
        else:
            decided = both_legs.decide(self._by_side(), self._known(), asked, self._decide, recent)
            self.legs = [decided[side].leg for side in SIDES]
        return before != [leg.rung for leg in self.legs]

    def _ask_the_truth(self, side: int, day: Day, asked: Asked) -> None:
        leg = self.legs[side]
        facts = fresh_set.facts(leg, self.who.ladder, self.known, self.exercise, asked)
        facts = _true(facts, leg.rung, self.who, day, self.exercise)
        self.legs[side] = fresh_set.follow(leg, self.who.ladder, self._decide(facts).advice, asked)

    def _decide(self, facts: Facts) -> Decision:
        if facts.topic == "sides" and not self.policy.shares_bands:
            return OWN_BANDS
        return self.decide(facts, self.exercise.id)

    def _by_side(self) -> dict[str, Leg]:
        return dict(zip(SIDES, self.legs, strict=True))

    def _known(self) -> Known:
        return Known(self.who.ladder, self.known, self.exercise)


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

    def nearer_by(of: str) -> int:
        better = fresh_set.off_middle(reps(rung), exercise) - fresh_set.off_middle(reps(of), exercise)
        return max(-MOST_NEARER, min(MOST_NEARER, better // 2))

    tougher, lighter = rungs.tougher(who.ladder, rung), rungs.lighter(who.ladder, rung)
    return replace(
        facts,
        tougher_band_reps=reps(tougher),
        tougher_band_short_by=fresh_set.short_of_target(reps(tougher), exercise),
        tougher_band_nearer_by=nearer_by(tougher),
        lighter_band_reps=reps(lighter),
        lighter_band_past_by=fresh_set.past_target(reps(lighter), exercise),
        lighter_band_nearer_by=nearer_by(lighter),
    )
