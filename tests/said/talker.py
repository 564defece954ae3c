"""Somebody who says whatever comes to mind, at whatever moment, and what must hold after every answer.

The talker does sets, too, so that there are counts to break into. Nothing here knows the coach's code: what must hold
is worked out from what was said and what was heard.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Final

from msgspec.structs import replace

from skill.alexa.heard import heard_of
from skill.alexa.reading import read_envelope
from skill.coach.dialogue import take_turn
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Reply
from skill.coach.state import State
from skill.speaker.conversation.envelope import Conversation, utterance
from skill.speaker.understanding.understand import understand
from tests.coach.lives import LOCALE, World
from tests.shipped import EXERCISES

PAIN: Final = (
    *(
        "that hurts",
        "ouch",
        "my knee hurts",
        "my back hurts",
        "it hurts when I lift",
        "something popped",
        "cramp",
    ),
    *(
        "my foot is numb",
        "I feel sick",
        "I feel dizzy",
        "my chest hurts",
        "sharp pain down my leg",
        "it stings",
    ),
    *("twelve but my back hurts", "I can't do any more my back hurts", "my leg gave way", "pins and needles"),
)
GONE: Final = ("the pain is gone", "it's gone")
HARMLESS: Final = (
    *(
        "it burns",
        "my glutes are sore",
        "too heavy",
        "lighter band please",
        "I want red",
        "other leg",
        "redo that set",
    ),
    *("start with the right leg", "only the left today", "skip this leg", "next leg", "skip the rest"),
    *(
        "two minutes please",
        "how many sets left",
        "what rep am I on",
        "which bands do I have",
        "slower please",
    ),
    *("what band should I use", "why", "says who", "how did I do", "when is my next workout", "help", "what"),
    *(
        "how often should I train",
        "I'm pregnant",
        "that's it for today",
        "I bought a black band",
        "three bands",
    ),
    *(
        "yes",
        "no",
        "maybe",
        "I don't know",
        "just one",
        "maybe two",
        "twelve",
        "about ten",
        "forty",
        "zero",
        "ready",
    ),
    *(
        "okay",
        "sure",
        "thanks",
        "lighter for the right",
        "right side only",
        "no right leg today",
        "repeat the left leg",
    ),
    *("go on", "pause", "stop", "cancel", "I'm done", "I could have done more", "that was too easy", "next"),
    *(
        "purple monkey dishwasher",
        "the weather is nice",
        "no it was eleven",
        "delete my data",
        "my doctor said it's fine",
    ),
    *(
        "start glute workout",
        "start clamshells",
        "my red band snapped",
        "the band slipped",
        "wait",
        "a bit better",
    ),
)
LONGEST_ANSWER_MS: Final = 30_000
YES_TO_GONE: Final = frozenset({"has_it_gone"})


class Broken(AssertionError):
    """Something happened that must never happen."""


@cache
def said(text: str) -> Heard:
    """A sentence as the coach hears it."""
    envelope = utterance(Conversation("talker"), understand(text), datetime(2026, 3, 2, tzinfo=UTC))
    return replace(
        heard_of(read_envelope(envelope), LOCALE.number_words, datetime(2026, 3, 2, tzinfo=UTC)), ms=0
    )


@dataclass
class Talker:
    """One trainee; `chance` is seeded, so that a life can be lived again."""

    chance: random.Random
    world: World = field(default_factory=World)
    state: State = field(default_factory=State)
    reply: Reply | None = None
    hurts: bool = False
    heard: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)
    turns: int = 0

    def live(self, workouts: int) -> None:
        """So many starts, each some days after the one before, with a set, a sentence or a silence at each step."""
        for _ in range(workouts):
            self.world.wait(self.chance.choice([60, 3600, 2 * 86_400, 4 * 86_400, 90 * 86_400]))
            self.say("start glute workout")
            if not self.state.knows_ladder:
                self.say("yellow, red and green")
            for _ in range(self.chance.randint(3, 14)):
                self._step()
            self.counts["workouts"] += 1

    def _step(self) -> None:
        count = self.reply.count if self.reply else None
        if count is not None and self.chance.random() < 0.5:
            exercise = EXERCISES[count.exercise]
            reps = self.chance.randint(2, count.count_to)
            self.world.wait(count.rest_ms // 1000 + exercise.lead_in_s + reps * exercise.rep_s)
            self.say(self.chance.choice(["I'm done", "I can't do any more", f"I did {reps}"]))
            return
        self.world.wait(self.chance.randint(1, 60))
        group = self.chance.choices([PAIN, GONE, HARMLESS, ("ready",)], [2, 1, 6, 2])[0]
        if self.chance.random() < 0.03:
            self._hear(Heard("SessionEnded", reason="USER_INITIATED"), "(silence)")
            return
        self.say(self.chance.choice(group))

    def say(self, text: str) -> None:
        """Say a sentence and look at the answer."""
        self._hear(said(text), text)

    def _hear(self, heard: Heard, text: str) -> None:
        self.turns += 1
        before = self.state
        taken = take_turn(
            before, replace(heard, request_id=f"t{self.turns}"), self.world.now, self.world.brain
        )
        self.state, self.reply = (State() if taken.forgets else taken.state), taken.reply
        question = [taken.reply.question] if taken.reply.question else []
        answer = LOCALE.paragraph([*taken.reply.lines, *question], taken.reply.turn)
        self.log.append(f"{text} -> {answer}{' (count)' if taken.reply.count else ''}")
        if heard.intent == "SessionEnded":
            self.heard = ""
            return
        self._check_pain(text, heard, before)
        if heard.intent != "AMAZON.RepeatIntent":
            self._check_words(answer)
        self.heard = answer

    def _check_pain(self, text: str, heard: Heard, before: State) -> None:
        asked = before.open_question
        counts = self.reply is not None and self.reply.count is not None
        if text in PAIN:
            self.counts["pain"] += 1
            self.hurts = True
            if counts:
                raise Broken(f"a count after {text!r}: {self.log[-3:]}")
        elif self._is_clear(text, asked):
            self.hurts = False
        if counts and self.hurts:
            raise Broken(f"a count while it hurts: {self.log[-6:]}")

    def _is_clear(self, text: str, asked: str) -> bool:
        """Whether this is a clear word that it has gone, or that nothing was wrong; or everything was deleted."""
        looked = asked in ("doctor", "professional")
        return (
            text in GONE
            or (text == "yes" and (looked or asked == "has_it_gone"))
            or (text == "my doctor said it's fine" and looked)
            or (text == "no" and asked in ("what_hurts", "does_it_hurt"))
            or (
                text in ("it burns", "my glutes are sore")
                and asked in ("what_hurts", "where", "tired_or_weak")
            )
            or self.state == State()
        )

    def _check_words(self, answer: str) -> None:
        assert self.reply is not None
        if not answer.strip():
            raise Broken(f"no words: {self.log[-2:]}")
        if answer == self.heard and self.reply.count is None:
            raise Broken(f"twice in a row: {self.log[-2:]}")
        if not self.reply.ends and self.reply.question is None:
            raise Broken(f"nothing leads on: {self.log[-2:]}")
        if LOCALE.speech_ms([*self.reply.lines]) > LONGEST_ANSWER_MS:
            raise Broken(f"too long: {self.log[-1]}")
