"""One trainee's life with the coach, from utterance to words, that can be lived on in several ways from one point."""

from typing import Any

from skill.coach.brain import Brain
from skill.coach.dialogue import TurnTaken, take_turn
from skill.coach.heard import Heard
from skill.coach.state import State
from skill.coach.turn import Turn
from tests.coach.lives import BEGIN, LOCALE, World

DAY_S = 24 * 3600
BRAIN: Brain = World().brain


class OneLife:
    """What is known of one trainee, and the clock."""

    def __init__(
        self, bands: tuple[str, ...] = ("yellow", "red", "green", "blue"), exercise: str = ""
    ) -> None:
        self.state, self.now = State(), BEGIN
        self.say("Launch", exercise=exercise)
        self.say("LadderIntent", bands=bands or ("none",))
        self.taken = self.say("Launch", exercise=exercise)

    def branch(self) -> "OneLife":
        """The same life up to here."""
        other = object.__new__(OneLife)
        other.state, other.now = self.state, self.now
        return other

    def say(self, intent: str, **slots: Any) -> TurnTaken:
        """Say something, three seconds later."""
        self.now += 3
        self.taken = take_turn(self.state, Heard(intent, **slots), self.now, BRAIN)
        self.state = self.taken.state
        return self.taken

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
