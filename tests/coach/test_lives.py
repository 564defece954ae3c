"""Two people live with the coach for years in seconds; what must never happen never does.

Each invariant is shown to bite: a rulebook broken on purpose violates it and is caught.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from rules.engine import Engine
from rules.files.exercise import Exercise
from rules.files.rule import Rule
from rules.rulebook import Rulebook
from rules.vocabulary.decision import Decide, Decision
from rules.vocabulary.domain import Facts
from skill.coach.dialogue import ALWAYS, ASIDES, COMMANDS, TurnTaken
from tests.coach.lives import HOUR_S, Violated, World
from tests.shipped import ENGINE, EXERCISES, RULEBOOK

PEOPLE = st.sampled_from(["ann", "ann", "ann", "ben"])
BANDS = st.sampled_from(["yellow", "red", "green", "blue", "black", "none", "polka_dot"])
LADDERS = st.lists(BANDS, max_size=5).map(tuple)
PLACES = st.sampled_from(["", "back", "lower_back", "knee", "chest", "somewhere"])
INTENTS = st.sampled_from(sorted({*ALWAYS, *COMMANDS, *ASIDES} - {"SkillDisabled"}))
MINUTES = st.integers(0, 180).map(lambda minutes: minutes * 60)
DAYS = st.sampled_from([1, 20, 47, 48, 49, 72, 24 * 7, 24 * 21, 24 * 70, 24 * 365]).map(
    lambda hours: hours * HOUR_S
)
LAST_WORDS = [
    "FailIntent",
    "AMAZON.YesIntent",
    "AMAZON.NoIntent",
    "DontKnowIntent",
    "AMAZON.StopIntent",
    "SkipIntent",
]


class Life(RuleBasedStateMachine):
    """What two people may say, with sets done to their end often enough that workouts are finished."""

    make_world: Callable[[], World] = World

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).make_world()
        self.count: dict[str, Any] = {}

    def say(self, who: str, intent: str, **slots: Any) -> TurnTaken:
        taken = self.world.say(who, intent, **slots)
        self.count[who] = taken.reply.count
        return taken

    @rule(who=PEOPLE, ladder=LADDERS)
    def begins(self, who: str, ladder: tuple[str, ...]) -> None:
        self.say(who, "Launch")
        if not self.world.people[who].state.knows_ladder:
            self.say(who, "LadderIntent", bands=ladder)
        self.say(who, "ReadyIntent")

    @rule(who=PEOPLE, exercise=st.sampled_from([*EXERCISES, "yoga"]))
    def begins_another_exercise(self, who: str, exercise: str) -> None:
        self.say(who, "StartExerciseIntent", exercise=exercise)
        self.say(who, "ReadyIntent")

    @precondition(lambda self: any(self.count.values()))
    @rule(
        reps=st.integers(1, 30),
        early=st.integers(-4, 4),
        words=st.sampled_from(["LogSetIntent"] * 4 + LAST_WORDS),
    )
    def does_a_set(self, reps: int, early: int, words: str) -> None:
        who, count = next((who, count) for who, count in self.count.items() if count)
        exercise: Exercise = EXERCISES[count.exercise]
        self.world.wait(max(0, count.rest_ms // 1000 + exercise.lead_in_s + reps * exercise.rep_s + early))
        self.say(who, words, **({"number": reps} if words == "LogSetIntent" else {}))

    @precondition(lambda self: any(self.count.values()))
    @rule(reps=st.integers(8, 22))
    def does_a_whole_workout(self, reps: int) -> None:
        for _ in range(8):
            if any(self.count.values()):
                self.does_a_set(reps=reps, early=2, words="LogSetIntent")

    @rule(who=PEOPLE, place=PLACES, after=st.sampled_from([0, 30, 90]))
    def it_hurts(self, who: str, place: str, after: int) -> None:
        self.world.wait(after)
        self.say(who, "PainIntent", body_part=place)

    @rule(who=PEOPLE)
    def a_red_flag(self, who: str) -> None:
        self.say(who, "RedFlagIntent", sign="chest")

    @rule(who=PEOPLE)
    def the_pain_is_gone(self, who: str) -> None:
        self.say(who, "PainGoneIntent")

    @rule(who=PEOPLE, intent=INTENTS, number=st.none() | st.integers(0, 120), bands=LADDERS, place=PLACES)
    def says_anything(
        self, who: str, intent: str, number: int | None, bands: tuple[str, ...], place: str
    ) -> None:
        self.say(who, intent, number=number, bands=bands, body_part=place, exercise="clamshell")

    @rule(who=PEOPLE)
    def is_cut_off(self, who: str) -> None:
        self.say(who, "SessionEnded", reason="USER_INITIATED")

    @rule(seconds=MINUTES | DAYS)
    def waits(self, seconds: int) -> None:
        self.world.wait(seconds)

    @rule(hours=st.integers(1, 300))
    def the_clock_is_put_back(self, hours: int) -> None:
        self.world.wait(-hours * HOUR_S)

    def teardown(self) -> None:
        self.world.replay()


def live(world: Callable[[], World], examples: int, steps: int, number: int) -> None:
    """Live so many lives of so many steps."""

    @seed(number)
    class Lives(Life):
        make_world = staticmethod(world)

    quick = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lives, settings=quick)


def counted_worlds() -> tuple[Callable[[], World], list[World]]:
    worlds: list[World] = []

    def make() -> World:
        worlds.append(World())
        return worlds[-1]

    return make, worlds


def test_nothing_that_must_never_happen_happens() -> None:
    make, worlds = counted_worlds()
    live(make, examples=12, steps=60, number=1)
    assert sum(world.events for world in worlds) > 500


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chunk", range(10))
def test_nothing_that_must_never_happen_happens_in_ten_thousand_events(chunk: int) -> None:
    make, worlds = counted_worlds()
    for number in itertools.count(chunk * 1000 + 2):
        live(make, examples=40, steps=100, number=number)
        if sum(world.events for world in worlds) >= 10_000:
            break


def changed(topic: str, change: Callable[[Rule], Rule | None]) -> Rulebook:
    """The package's rulebook with one topic's rules changed, proof or no proof."""
    book = RULEBOOK.books[topic]
    rules = tuple(new for each in book.rules if (new := change(each)) is not None)
    return replace(RULEBOOK, books={**RULEBOOK.books, topic: replace(book, rules=rules)})


def without(*ids: str) -> Callable[[Rule], Rule | None]:
    return lambda rule: None if rule.id in ids else rule


def advising(old: str, new: str) -> Callable[[Rule], Rule]:
    return lambda rule: replace(rule, advice=new) if rule.advice == old else rule


class Forgetful:
    """Decides by the rules, but every third time otherwise; each world has its own, so that a life can be replayed."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, facts: Facts, exercise_id: str) -> Decision:
        self.asked += 1
        decision = ENGINE.decide(facts, exercise_id)
        if self.asked % 3 or facts.topic != "report":
            return decision
        return replace(decision, advice="ask_it" if decision.advice != "ask_it" else "take_it")


def broken(topic: str, change: Callable[[Rule], Rule | None]) -> Callable[[], World]:
    """Worlds under the rulebook so changed; they share one engine, which remembers what it has decided."""

    @cache
    def under() -> tuple[Rulebook, Decide]:
        rulebook = changed(topic, change)
        return rulebook, Engine(rulebook, EXERCISES, memo=200_000).decide

    return lambda: World(*under())


BROKEN: dict[str, tuple[str, Callable[[], World]]] = {
    "a warning sign that only leads to the tilt": (
        "no count while a pain is open",
        broken("pain", advising("stop_and_name_urgent_care", "correct_with_tilt")),
    ),
    "training on hold that goes on by itself": (
        "no count while a pain is open",
        broken("pain", advising("ask_if_gone", "carry_on")),
    ),
    "a hold that opens at once": (
        "a hold lasts until the next training day",
        broken("pain", without("PAIN-15")),
    ),
    "a knee that is tilted": (
        "a hold lasts until the next training day",
        broken("pain", advising("end_and_hold", "correct_with_tilt")),
    ),
    "a workout that is gone on with a day later": (
        "no count on what is too old",
        broken("schedule", advising("close_unfinished", "offer_to_go_on")),
    ),
    "a workout with pain that leads to a tougher band": (
        "pain never raises a band",
        broken("bands", lambda rule: replace(rule, advice="tougher_band") if rule.id == "BAND-02" else rule),
    ),
    "a set that proves nothing and leads to a tougher band": (
        "what proves nothing raises no band|pain never raises a band",
        broken("bands", advising("same_band", "tougher_band")),
    ),
    "a second workout of which nothing is said": (
        "no second workout in silence",
        broken("schedule", without("SCHED-03", "SCHED-04")),
    ),
    "a rule without a source": (
        "every rule has a source",
        broken("sets", lambda rule: replace(rule, source=())),
    ),
    "a decision that no rule made": (
        "every decision has a rule",
        lambda: World(decide=lambda facts, exercise: replace(ENGINE.decide(facts, exercise), rule="WHIM-01")),
    ),
    "an engine that changes its mind": ("same events, same decisions", lambda: World(decide=Forgetful())),
}


def violations(world: Callable[[], World]) -> Iterator[str]:
    """What is violated, for each of ten seeds: what a seed draws depends on hypothesis's version and on our code."""
    for number in range(7, 17):
        try:
            live(world, examples=200, steps=60, number=number)
        except Violated as violated:
            yield str(violated)


SELDOM_DRAWN = {
    "a hold that opens at once",
    "a set that proves nothing and leads to a tougher band",
    "a warning sign that only leads to the tilt",
    "a workout with pain that leads to a tougher band",
}
"""What only one life in hundreds comes to: looked for in the long run."""


@pytest.mark.parametrize(
    "what", [pytest.param(each, marks=pytest.mark.long if each in SELDOM_DRAWN else ()) for each in BROKEN]
)
def test_the_invariant_bites(what: str) -> None:
    invariant, world = BROKEN[what]
    assert any(re.search(invariant, each) for each in violations(world))
