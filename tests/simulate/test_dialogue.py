"""The gym of numbers is no copy of the coach: who trains aloud with it is given the same bands, workout for workout."""

from dataclasses import replace

import pytest

from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import Facts
from skill.coach.brain import Brain
from skill.coach.counting.timeline import SECOND_MS, reps_at_ms, timeline
from skill.coach.dialogue import take_turn
from skill.coach.messages.heard import Heard
from skill.coach.state import State
from skill.simulate.crowd import Remembering
from skill.simulate.gym import Gym, Muscle
from skill.simulate.parameters import Parameters
from skill.simulate.plan import Plan
from skill.simulate.policies import POLICIES
from skill.simulate.trainee import draw
from tests.shipped import ENGINE, EXERCISES, RAISE, RULEBOOK

WEEK_S = 7 * 24 * 3600
BRAIN = Brain(
    decide=ENGINE.decide,
    exercises=EXERCISES,
    speech_ms=lambda lines: 1000 * len(lines),
    sources_of=lambda rule: (),
    plan=lambda count: timeline(EXERCISES[count.exercise], count, ENGINE.decide),
)


class Aloud:
    """A simulated trainee who speaks: reports each set at its place in the audio."""

    def __init__(self, number: int, parameters: Parameters) -> None:
        self.who = draw(parameters, 5, number)
        self.gym = Gym(parameters, RAISE, lambda facts: ENGINE.decide(facts, RAISE.id))
        self.state, self.reply, self.now = State(), None, 0
        self.say(Heard("Launch"))
        self.say(Heard("LadderIntent", bands=self.who.ladder))
        self.rungs: list[tuple[str, str]] = []
        self.later: list[tuple[str, str]] = []

    def say(self, heard: Heard, after_s: int = 5) -> None:
        self.now += after_s
        taken = take_turn(self.state, heard, self.now, BRAIN)
        self.state, self.reply = taken.state, taken.reply

    def train(self, nth: int) -> None:
        self.now = 1_000_000 + int(self.who.at_week[nth] * WEEK_S)
        self.say(Heard("Launch"))
        workout = self.state.workout
        self.rungs.append((workout.bands["left"], workout.bands["right"]))
        moved = {}
        self.say(Heard("ReadyIntent"))
        muscles = {"left": Muscle(), "right": Muscle()}
        while self.reply.count is not None:
            count = self.reply.count
            day = self.who.days[nth][("left", "right").index(count.side)]
            moved = self.state.workout.later_bands
            band = count.band
            result = self.gym.set(self.who, day, band, count.count_to, muscles[count.side], count.is_fresh)
            if result.ended == "could_do_more":
                self.say(
                    Heard("CouldDoMoreIntent"),
                    timeline(RAISE, count, ENGINE.decide).length_ms // SECOND_MS + 2,
                )
            else:
                at_ms = reps_at_ms(RAISE, count) + result.reps * RAISE.rep_s * SECOND_MS + 1500
                self.say(Heard("FailIntent", token=count.token, at_ms=at_ms), at_ms // SECOND_MS)
        self.later.append((moved.get("left", ""), moved.get("right", "")))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 11])
def test_who_trains_aloud_gets_the_bands_of_the_simulation(number: int) -> None:
    parameters = replace(Parameters(), workouts=16, half_steps=True, force_error=0.25)
    aloud = Aloud(number, parameters)
    for nth in range(parameters.workouts):
        aloud.train(nth)
    left, right = Plan(aloud.who, POLICIES["ours"], parameters, ENGINE.decide, RAISE).run()
    assert aloud.rungs == list(zip(left.rungs, right.rungs, strict=True))
    assert aloud.later == list(zip(left.later_rung, right.later_rung, strict=True))
    assert len(set(aloud.rungs)) > 1, "a trainee whose band never changes proves little"


def test_somebody_who_searches_changes_bands_after_the_first_round() -> None:
    parameters = replace(Parameters(), workouts=16, half_steps=True, force_error=0.25)
    aloud = Aloud(1, parameters)
    aloud.train(0)
    assert aloud.later[0] == ("band 2@knee", "band 2@knee")


def test_asking_once_for_facts_that_no_rule_tells_apart_changes_no_decision() -> None:
    remembering = Remembering(ENGINE.decide, dict(RULEBOOK.books), RAISE)
    asked = []

    def both(facts: Facts, exercise_id: str) -> Decision:
        asked.append(facts)
        told, remembered = ENGINE.decide(facts, exercise_id), remembering(facts, exercise_id)
        assert (remembered.rule, remembered.numbers) == (told.rule, told.numbers), facts
        return told

    parameters = replace(Parameters(), half_steps=True, misheard=0.1, break_weeks=12, pain=0.05)
    for number in range(5):
        Plan(draw(parameters, 5, number), POLICIES["ours"], parameters, both, RAISE).run()
    assert len(set(asked)) > 500
