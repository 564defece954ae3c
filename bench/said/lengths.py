"""How long people listen: every launch, band answer and summary of many lives, against the coach's own limits.

    python -m bench.said.lengths [lives] [locale]

A life is a trainee with bands, strengths and breaks of their own, drawn by number. They speak to the pure core, and
what is said is measured at the locale's speaking rate (characters a second, spaces and all). The old tree's figures
were tried by hand, on fewer answers.
"""

import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from rules.engine import Engine
from rules.files.exercise import load_exercises
from rules.rulebook import load_rulebook
from skill.coach.brain import Brain
from skill.coach.counting.timeline import timeline
from skill.coach.dialogue import take_turn
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count, Reply
from skill.coach.state import State
from skill.locales.words import Locale, load

LIMITS_S: Final[Mapping[str, float]] = {
    "launch, new": 15,
    "first offer, new": 15,
    "launch, known": 8,
    "which band": 8,
    "why": 12,
    "summary": 12,
}
"""What each kind of answer may take to be heard, in seconds."""
OLD: Final = {"launch, known": "57 of 138", "which band": "27 of 30"}
LADDERS: Final = (
    ("red",),
    ("red", "green"),
    ("yellow", "red", "green"),
    ("yellow", "red", "green", "blue", "black"),
    ("extra_light", "light", "medium", "heavy", "extra_heavy"),
    ("tan", "yellow", "red", "green", "blue", "black", "silver", "gold", "purple", "orange", "pink", "white"),
    ("none",),
)
BREAKS_DAYS: Final = (1, 2, 4, 4, 4, 4, 5, 7, 25, 70)
DAY_S: Final = 24 * 3600
BEGIN: Final = 1_772_000_000
LOCALE: Final = load()
EXERCISES: Final = load_exercises()
RULEBOOK: Final = load_rulebook(exercises=EXERCISES)
ENGINE: Final = Engine(RULEBOOK, EXERCISES, memo=200_000)


@cache
def brain_of(name: str) -> Brain:
    """A coach that talks the language of a locale."""
    locale = load(name)
    return Brain(
        decide=ENGINE.decide,
        exercises=EXERCISES,
        speech_ms=locale.speech_ms,
        sources_of=lambda rule: RULEBOOK.rule(rule).source,
        plan=lambda count: timeline(EXERCISES[count.exercise], count, ENGINE.decide),
        day_of=locale.day_of,
        heard_ms=locale.heard_ms,
        asks_back=locale.asks_back,
    )


@dataclass(frozen=True)
class Said:
    """One answer of a life: its kind, how long somebody listens to it, and its words."""

    kind: str
    seconds: float
    text: str


@dataclass
class Life:
    """A trainee who says what every trainee says, workout after workout."""

    chance: random.Random
    state: State = field(default_factory=State)
    now: int = BEGIN
    locale: Locale = LOCALE

    def say(
        self, intent: str, *, number: int | None = None, bands: tuple[str, ...] = (), exercise: str = ""
    ) -> Reply:
        """Say something, three seconds later."""
        self.now += 3
        heard = Heard(intent, number=number, bands=bands, exercise=exercise)
        taken = take_turn(self.state, heard, self.now, brain_of(self.locale.name))
        self.state = taken.state
        return taken.reply

    def lives(self, workouts: int) -> Iterator[Said]:
        """The whole life, answer by answer."""
        exercise = self.chance.choice(["", "", "", "clamshell", "standing_hip_abduction"])
        yield self.said("launch, new", self.say("Launch", exercise=exercise))
        yield self.said("first offer, new", self.say("LadderIntent", bands=self.chance.choice(LADDERS)))
        left, right = self.chance.randint(4, 26), self.chance.randint(-4, 4)
        for _ in range(workouts):
            yield from self._workout(left, max(1, left + right))
            self.now += self.chance.choice(BREAKS_DAYS) * DAY_S
            left = min(30, max(3, left + self.chance.randint(-3, 3)))
            if self.chance.random() < 0.1:
                exercise = self.chance.choice([*EXERCISES])
            kind = "launch, known" if self.state.recent_workouts else "first offer, new"
            yield self.said(kind, self.say("Launch", exercise=exercise))
            yield self.said("which band", self.say("WhichBandIntent"))
            yield self.said("why", self.say("WhyIntent"))

    def _workout(self, left: int, right: int) -> Iterator[Said]:
        reply = self.say("ReadyIntent")
        for _ in range(40):
            count = reply.count
            if count is None:
                break
            reply = self._set(count, right if count.side == "right" else left)
            if reply.ends:
                yield self.said("summary", reply)

    def _set(self, count: Count, reps: int) -> Reply:
        does = min(count.count_to, reps if count.is_fresh else max(1, reps - self.chance.randint(0, 6)))
        exercise = EXERCISES[count.exercise]
        self.now += count.rest_ms // 1000 + exercise.lead_in_s + does * exercise.rep_s + 1
        reply = self.say("LogSetIntent", number=does)
        if reply.count is None and not reply.ends and self.state.open_question == "could_do_more":
            reply = self.say("AMAZON.YesIntent")
        return reply

    def said(self, kind: str, reply: Reply) -> Said:
        """An answer without a count, measured with its question."""
        lines = [*reply.lines, *([reply.question] if reply.question else [])]
        text = self.locale.paragraph(lines, reply.turn)
        return Said(kind, self.locale.listened_ms(text) / 1000, text)


def answers(lives: int, workouts: int = 8, first: int = 0, locale: Locale = LOCALE) -> Iterator[Said]:
    """Every measured answer of so many lives."""
    for number in range(first, first + lives):
        yield from Life(random.Random(number), locale=locale).lives(workouts)


def report(lives: int = 300, locale: Locale = LOCALE) -> str:
    """The table: kind, limit, how many, the longest, over the limit, and the old tree's share."""
    found: dict[str, list[float]] = {kind: [] for kind in LIMITS_S}
    for each in answers(lives, locale=locale):
        found[each.kind].append(each.seconds)
    rows = ["| answer | limit | heard | longest | longer | old tree |", "|---|---|---|---|---|---|"]
    for kind, limit in LIMITS_S.items():
        over = sum(each > limit for each in found[kind])
        longest = max(found[kind], default=0)
        rows.append(
            f"| {kind} | {limit:g} s | {len(found[kind])} | {longest:.1f} s | {over} | {OLD.get(kind, '')} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 300, load(*sys.argv[2:3])))
