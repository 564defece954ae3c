"""One trainee's life with the coach, from utterance to words, that can be lived on in several ways from one point."""

from typing import Any

from skill.coach.bands.fresh_set import JUDGED
from skill.coach.brain import Brain
from skill.coach.dialogue import TurnTaken, take_turn
from skill.coach.messages.heard import Heard
from skill.coach.state import FinishedWorkout, SetDone, State
from skill.coach.turn import Turn
from tests.coach.lives import BEGIN, LOCALE, World

DAY_S = 24 * 3600
BRAIN: Brain = World().brain


class OneLife:
    """What is known of one trainee, the clock, the finished workouts, and the bands at the end of the last of them."""

    def __init__(
        self, bands: tuple[str, ...] = ("yellow", "red", "green", "blue"), exercise: str = ""
    ) -> None:
        self.state, self.now = State(), BEGIN
        self.done: list[FinishedWorkout] = []
        self.ladder_then: tuple[str, ...] = ()
        self.counted_at = BEGIN
        self.say("Launch", exercise=exercise)
        self.say("LadderIntent", bands=bands or ("none",))
        self.taken = self.say("Launch", exercise=exercise)

    def branch(self) -> "OneLife":
        """The same life up to here."""
        other = object.__new__(OneLife)
        other.state, other.now = self.state, self.now
        other.done, other.ladder_then, other.counted_at = self.done, self.ladder_then, self.counted_at
        return other

    def say(self, intent: str, **slots: Any) -> TurnTaken:
        """Say something, three seconds later."""
        self.now += 3
        self.taken = take_turn(self.state, Heard(intent, **slots), self.now, BRAIN)
        self.state = self.taken.state
        if self.taken.reply.count is not None:
            self.counted_at = self.now
        for each in self.taken.finished:
            self.done = [*(old for old in self.done if old.id != each.id), each]
            self.ladder_then = self.state.ladder
        return self.taken

    def first_ends(self, side: str) -> list[str]:
        """How the judged first sets ended, one a workout, of one leg or of those that did the same; oldest first."""
        return [each[0].ended for each in self._judged(side)]

    def first_sets(self, side: str) -> list[int]:
        """The reps of the judged first sets, one a workout, oldest first: of one leg, or the mean of both for ""."""
        return [
            (2 * sum(one.reps for one in each) + len(each)) // (2 * len(each)) for each in self._judged(side)
        ]

    def _judged(self, side: str) -> list[list[SetDone]]:
        """By workout, the first sets that say something of the band."""
        firsts = (
            [one for one in each.sets if one.round == 1 and side in ("", one.side) and one.ended in JUDGED]
            for each in self.done
        )
        return [each for each in firsts if each]

    def hear(self, intent: str, **slots: Any) -> str:
        """Say something; the words of the answer, without the question at its end."""
        return LOCALE.paragraph(self.say(intent, **slots).reply.lines)

    def train(self, left: int, right: int | None = None, later: int = 10, begins: str = "Launch") -> str:
        """A whole workout in which the fresh sets end so; what is heard at its end. Then four days go by."""
        self.say(begins)
        taken = self.say("ReadyIntent") if self.taken.reply.count is None else self.taken
        while taken.reply.count is not None:
            count, exercise = taken.reply.count, BRAIN.exercises[taken.reply.count.exercise]
            fresh = left if right is None or count.side != "right" else right
            reps = min(fresh if count.is_fresh else later, count.count_to)
            self.now += count.rest_ms // 1000 + exercise.lead_in_s + reps * exercise.rep_s + 1
            taken = self.say("LogSetIntent", number=reps)
            if taken.reply.count is None and taken.state.open_question == "could_do_more":
                taken = self.say("AMAZON.YesIntent")
        self.now += 4 * DAY_S
        return LOCALE.paragraph(taken.reply.lines)

    def bands(self) -> dict[str, str]:
        """The bands of the workout at hand, by side."""
        assert self.state.workout is not None
        return dict(self.state.workout.bands)

    def next_bands(self) -> dict[str, str]:
        """The bands that a workout begun now would have."""
        other = self.branch()
        other.say("Launch")
        return other.bands()

    def turn(self) -> Turn:
        """The coach's scratch paper as it would be now, for what is worked out and not said."""
        return Turn(self.state, Heard("WhyIntent"), self.now, BRAIN)
