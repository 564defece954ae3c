"""One turn: what was known, what was heard, and the answer as it is put together.

A `Turn` may be changed and never leaves `take_turn`; what comes out is frozen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from msgspec.structs import replace

from rules.files.exercise import Exercise
from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import Facts
from skill.coach.brain import WEEK_DAYS, Brain
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count, Line, Param, Reply
from skill.coach.open_questions import QUESTIONS, Row
from skill.coach.state import Counting, ExerciseRecord, FinishedWorkout, Leg, Logged, Question, State, Workout

NOT_LOGGED: Final = frozenset({"carry_on", "share_band"})
"""Advice that changes nothing and is asked for at every turn or workout: logging it would bury what matters."""
MOST_DECISIONS: Final = 50
"""A workout takes some thirty; whoever asks a hundred questions in one keeps the last. More would be over 4 kB."""


class Turn:
    """A turn in progress.

    `now` is whole seconds since 1970, from the request; `state` is what is known so far, `exercise` the one at hand,
    `past` the finished workouts where they are asked about. What was `heard` never changes; `number`, `other`, `side`
    and `place` are those said, until they are worked out otherwise (so many fewer, the other leg, a leg that hurts).
    """

    def __init__(
        self, state: State, heard: Heard, now: int, brain: Brain, past: tuple[FinishedWorkout, ...] = ()
    ) -> None:
        self.state = replace(state, turn=state.turn + 1)
        self.heard: Final = heard
        self.number, self.other, self.side = heard.number, heard.other, heard.side
        self.place = heard.body_part
        self.now = now
        self.brain = brain
        self.past = past
        self.exercise = self._exercise()
        self.lines: list[Line] = []
        self.question: Line | None = None
        self.reprompt: Line | None = None
        self.count: Count | None = None
        self.ends = False
        self.decisions_before: list[Logged] = []
        self.finished: list[FinishedWorkout] = []
        self.forgets = False

    @property
    def record(self) -> ExerciseRecord:
        """What is known of the exercise at hand."""
        return self.state.records.get(self.exercise.id) or ExerciseRecord()

    @property
    def asks(self) -> Row:
        """The question that is open: how it is put, and whether it stands while training is on hold."""
        return QUESTIONS[self.state.open_question]

    @property
    def is_on_hold(self) -> bool:
        """Whether a pain that did not go, or a warning sign, keeps training on hold."""
        pain = self.state.pain
        return pain is not None and pain.stands in ("on_hold", "on_hold_for_doctor")

    @property
    def workout(self) -> Workout | None:
        """The workout at hand."""
        return self.state.workout

    @property
    def counting(self) -> Counting | None:
        """The count at hand, running or paused."""
        return self.state.workout.counting if self.state.workout else None

    def leg(self, side: str) -> Leg:
        """One leg's record on the exercise at hand."""
        return self.record.legs.get(side) or Leg()

    def know(self, **changes: Any) -> None:
        """Change what is known of the user."""
        self.state = replace(self.state, **changes)
        if "exercise" in changes:
            self.exercise = self._exercise()

    def _exercise(self) -> Exercise:
        known = self.brain.exercises
        return known.get(self.state.exercise) or known[self.brain.default_exercise]

    @contextmanager
    def on_exercise(self, name: str) -> Iterator[None]:
        """Work on another exercise's record for a while."""
        at_hand = self.state.exercise
        self.know(exercise=name)
        try:
            yield
        finally:
            self.know(exercise=at_hand)

    def days_since(self, at: int) -> int:
        """Calendar days from an instant to now."""
        return self.brain.day_of(self.now) - self.brain.day_of(at)

    def weeks_since(self, at: int) -> int:
        """Whole weeks from an instant to now; none before it."""
        return max(0, self.days_since(at)) // WEEK_DAYS

    def forget_finished(self) -> None:
        """What the last workout's end was decided on is no more: a late number cannot put it right."""
        self.know(finished=None)

    def know_of_workout(self, **changes: Any) -> None:
        """Change the workout at hand."""
        assert self.state.workout is not None
        self.know(workout=replace(self.state.workout, touched_at=self.now, **changes))

    def know_of_exercise(self, **changes: Any) -> None:
        """Change the record of the exercise at hand."""
        record = replace(self.record, **changes)
        self.know(records={**self.state.records, self.exercise.id: record})

    def know_of_leg(self, side: str, leg: Leg) -> None:
        """Change one leg's record on the exercise at hand."""
        self.know_of_exercise(legs={**self.record.legs, side: leg})

    def decide(self, facts: Facts) -> Decision:
        """Ask the rulebook; what it says is kept with the workout and is what "why" answers."""
        exercise = self.exercise.id
        decision = self.brain.decide(facts, exercise)
        if decision.advice in NOT_LOGGED:
            return decision
        logged, at_hand = logged_of(decision), self.state.workout
        if at_hand is None:
            self.decisions_before.append(logged)
        else:
            at_hand = replace(at_hand, decisions=(*at_hand.decisions, logged)[-MOST_DECISIONS:])
        self.know(why=logged, why_exercise=exercise, workout=at_hand)
        return decision

    def say(self, key: str, **params: Param) -> None:
        """Add a line."""
        self.lines.append(Line(key, params))

    def ask(self, asked: Question, key: str = "", again: str = "", **params: Param) -> None:
        """End the answer with a question, as its row has it or in words of its own; `again` is for a silence."""
        row = QUESTIONS[asked]
        self.know(open_question=asked)
        self.question = Line(key or row.line, params)
        self.reprompt = Line(again or (f"{key}_again" if key else row.again), params)

    def leave(self, key: str = "", **params: Param) -> None:
        """End the conversation with this line; whether anything hurts, asked in a set, stays to be answered."""
        if key:
            self.say(key, **params)
        self.ends = True
        is_asked = self.state.open_question == "does_it_hurt" and self.state.pain is None
        stays = is_asked and self.counting is not None
        self.know(open_question="does_it_hurt" if stays else "", was_doubted=False)

    def reply(self) -> Reply:
        """The answer as it stands."""
        device = next((each for each in self.state.devices if each.key == self.heard.device), None)
        return Reply(
            tuple(self.lines),
            self.question,
            self.reprompt,
            self.count,
            self.ends,
            self.state.turn,
            plays=device.plays if device and self.count else "",
            no_screen=device is not None and device.no_screen,
        )


def logged_of(decision: Decision) -> Logged:
    """A decision as it is kept."""
    return Logged(decision.topic, decision.rule, decision.advice, tuple(decision.facts.as_dict().values()))
