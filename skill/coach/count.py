"""The count as a plan of absolute offsets: every player waits towards `start + at_ms`, so nothing drifts.

What is said at a second is decided by the tempo rules; this module only lays the seconds out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from rules.decision import Decide
from rules.exercise import Exercise
from rules.facts import TempoFacts
from skill.coach.reply import Count

Phase = Literal["rest", "lead_in", "concentric", "isometric_hold", "eccentric", "after"]

LONGEST_MS: Final = 240_000
"""What Alexa plays in one answer (alexa.md); a count that would be longer ends at the last rep that fits."""

_PHRASES: Final = {
    "say_halfway": "halfway",
    "say_window_opens": "window_opens",
    "say_keep_going": "keep_going",
    "say_last_one": "last_one",
}


@dataclass(frozen=True)
class Cue:
    """One thing said at an offset. `word` is a locale key; `number` its number, where it has one.

    `rep` is 1 for the first repetition, 0 before and after the reps. `slot_ms` is how long the word may take.
    """

    at_ms: int
    word: str
    number: int | None
    rep: int
    phase: Phase
    slot_ms: int


@dataclass(frozen=True)
class Timeline:
    """The cues of one piece of audio, in order of time, and its whole length."""

    cues: tuple[Cue, ...]
    length_ms: int

    def __hash__(self) -> int:
        """Cheap, since plans are kept for ever-same counts and looked up by what they are."""
        return hash((self.length_ms, len(self.cues)))


def reps_that_fit(exercise: Exercise, count: Count) -> int:
    """The last repetition that this piece of audio has room for (at least the first of the count)."""
    room = LONGEST_MS - count.rest_ms - exercise.lead_in_s * 1000 - count.question_ms
    return max(count.from_rep, min(count.count_to, count.from_rep - 1 + room // (exercise.rep_s * 1000)))


def reps_at_ms(exercise: Exercise, count: Count) -> int:
    """Where in this piece of audio the first repetition begins."""
    return count.rest_ms + exercise.lead_in_s * 1000


def timeline(exercise: Exercise, count: Count, decide: Decide) -> Timeline:
    """Everything that is said in this piece of audio, each at its instant."""
    lead_at = count.rest_ms
    reps_at = lead_at + exercise.lead_in_s * 1000
    rep_ms = exercise.rep_s * 1000
    after = reps_at + (count.count_to - count.from_rep + 1) * rep_ms
    length = after + count.question_ms
    cues = [*_rest(exercise, count), *_lead_in(exercise, lead_at), *_reps(exercise, count, decide, reps_at)]
    if count.question_ms:
        cues.append(Cue(after, "question", None, 0, "after", 0))
    ends = [*(cue.at_ms for cue in cues[1:]), length]
    return Timeline(
        tuple(replace(cue, slot_ms=end - cue.at_ms) for cue, end in zip(cues, ends, strict=False)),
        length,
    )


def _rest(exercise: Exercise, count: Count) -> Iterator[Cue]:
    if count.spoken_ms:
        yield Cue(0, "lines", None, 0, "rest", 0)
    for left_s in sorted(exercise.rest.warn_at, reverse=True):
        at_ms = count.rest_ms - left_s * 1000
        if at_ms >= count.spoken_ms and at_ms > 0:
            yield Cue(at_ms, "seconds_left", left_s, 0, "rest", 0)


def _lead_in(exercise: Exercise, lead_at_ms: int) -> Iterator[Cue]:
    for nth in range(exercise.lead_in_s):
        yield Cue(lead_at_ms + nth * 1000, "number", exercise.lead_in_s - nth, 0, "lead_in", 0)


def _reps(exercise: Exercise, count: Count, decide: Decide, reps_at_ms: int) -> Iterator[Cue]:
    at_ms = reps_at_ms
    for rep in range(count.from_rep, count.count_to + 1):
        second_of_rep = 0
        for phase in exercise.tempo:
            for second in range(1, phase.seconds + 1):
                second_of_rep += 1
                facts = TempoFacts(
                    phase=phase.phase,
                    second=second,
                    phase_s=phase.seconds,
                    seconds_left=exercise.rep_s - second_of_rep,
                    rep=rep,
                    reps_left=count.count_to - rep,
                    is_fresh_set=count.is_fresh,
                )
                word, number = _word(decide(facts, exercise.id).advice, phase.word, second, rep)
                if word:
                    yield Cue(at_ms, word, number, rep, phase.phase, 0)  # type: ignore[arg-type]
                at_ms += 1000


def _word(advice: str, phase_word: str, second: int, rep: int) -> tuple[str, int | None]:
    if advice == "say_phase":
        return phase_word, None
    if advice in ("say_second", "say_rep"):
        return "number", rep if advice == "say_rep" else second
    return _PHRASES.get(advice, ""), None
