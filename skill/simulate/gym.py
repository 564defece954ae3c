"""A workout in the gym of numbers: each set is done, reported, misheard, settled and judged by the coach's own rules.

The questions are the spoken workout's: what comes next (sets), is the number believed (report), how did the set end
(failure), which band (bands); the band itself is found by `skill.coach.bands.fresh_set`, as in a workout. A test drives
the dialogue with the same trainees and demands the same bands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, floor
from typing import Final

from rules.files.exercise import Exercise
from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import MOST_REPS, Facts
from rules.vocabulary.facts import FailureFacts, ReportFacts
from skill.simulate.parameters import Parameters
from skill.simulate.trainee import Day, Trainee

Ask = Callable[[Facts], Decision]
TEENS_HEARD_AS_TENS: Final = range(13, 20)
LIKELY_TENS: Final = 0.5


@dataclass(frozen=True)
class SetResult:
    """How a set was judged, the reps as the coach has them, and what the leg truly had in it (not rounded).

    `truth` is what it would have done rested, `able` what it had left, tired as it was.
    """

    ended: str
    reps: int
    truth: float
    able: float


@dataclass
class Muscle:
    """What earlier sets of the workout have taken out of a leg, as a share of its strength."""

    tired: float = 0.0

    def work(self, p: Parameters, share: float) -> None:
        """A set at this share of failure, and the rest after it."""
        self.tired = (self.tired + p.fatigue * share) * exp(-p.rest_s / p.fatigue_tau_s)


@dataclass(frozen=True)
class Gym:
    """Where sets are done: the crowd's figures, the exercise, and the coach to ask."""

    parameters: Parameters
    exercise: Exercise
    ask: Ask

    def set(self, who: Trainee, day: Day, rung: str, count_to: int, muscle: Muscle, fresh: bool) -> SetResult:
        """One set: done to failure, or to the end of the count, and settled."""
        truth = who.reps(rung, day.strength)
        able = who.reps(rung, day.strength * (1 - muscle.tired))
        done = max(0.0, able - day.stops_short)
        in_time = floor(min(done, count_to))
        muscle.work(
            self.parameters, min(1.0, max(0.0, done / max(able, 1.0)) * min(1.0, count_to / max(able, 1.0)))
        )
        if fresh and day.tempo_factor > 1:
            return self._settled(
                in_time, floor(min(in_time * day.tempo_factor, MOST_REPS)), False, truth, able
            )
        ran_out = done >= count_to + 1
        said = in_time if ran_out or not fresh else self._heard(day, in_time)
        return self._settled(in_time, said, ran_out, truth, able)

    def _heard(self, day: Day, reps: int) -> int:
        """The number as speech recognition hands it over, said a second time where the coach doubts it."""
        if day.mishearing >= self.parameters.misheard:
            return reps
        if day.heard_instead < LIKELY_TENS and reps in TEENS_HEARD_AS_TENS:
            wrong = (reps - 10) * 10
        else:
            wrong = 1 + floor(day.heard_instead * self.exercise.cap)
        return reps if self._doubts(wrong, reps) else wrong

    def _doubts(self, said: int, in_time: int) -> bool:
        facts = ReportFacts(
            reps_source="heard",
            reps=said,
            reps_beyond_count=max(0, said - in_time),
            reps_counted=min(MOST_REPS, in_time),
            reps_below_count=0,
            answers_more=False,
            follows_a_set=False,
            was_doubted=False,
            unsure_by_tenths=0,
        )
        return self.ask(facts).advice == "doubt_it"

    def _settled(self, in_time: int, said: int, ran_out: bool, truth: float, able: float) -> SetResult:
        facts = FailureFacts(
            ended_by="count_ran_out" if ran_out else "said_failed",
            could_do_more="yes" if ran_out else "no",
            reps=min(MOST_REPS, said),
            reps_beyond_count=max(0, said - in_time),
        )
        return SetResult(self.ask(facts).advice, facts.reps, truth, able)
