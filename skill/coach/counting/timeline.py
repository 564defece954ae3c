"""The count as a plan of absolute offsets: every player waits towards `start + at_ms`, so nothing drifts.

What is said at a second is decided by the tempo rules; this module only lays the seconds out, and tells the
rules where a repetition has two seconds to spare for an announcement.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, get_args

from rules.files.exercise import Exercise
from rules.files.exercise import Phase as TempoPhase
from rules.vocabulary.decision import Decide
from rules.vocabulary.facts import TempoFacts
from skill.coach.messages.reply import Count
from skill.coach.value import Value

RepPhase = Literal["concentric", "isometric_hold", "eccentric"]
Phase = Literal["rest", "lead_in", "concentric", "isometric_hold", "eccentric", "after"]

SECOND_MS: Final = 1000
LONGEST_MS: Final = 240_000
"""What Alexa plays in one answer (alexa.md); a count that would be longer ends at the last rep that fits."""
ANNOUNCEMENT_S: Final = 2

_facts: Final = lru_cache(maxsize=4096)(TempoFacts)
"""The facts of one second. Counts share most of theirs, and to make them takes longer than to decide on them."""
_PHASES: Final[dict[str, RepPhase]] = {name: name for name in get_args(RepPhase)}
FORM: Final = "say_form"
_Said = tuple[int, str, int | None, int, Phase]
"""A cue whose end is not known yet: the fields of one but for `slot_ms`."""
_PHRASES: Final = {
    "say_halfway": "halfway",
    "say_window_opens": "window_opens",
    "say_keep_going": "keep_going",
    "say_last_ones": "last_ones",
    "say_last_one": "last_one",
}


class Cue(Value, frozen=True):
    """One thing said at an offset. `word` is a locale key; `number` its number, where it has one.

    `rep` is 1 for the first repetition, 0 before and after the reps. `slot_ms` is how long the word may take.
    """

    at_ms: int
    word: str
    number: int | None
    rep: int
    phase: Phase
    slot_ms: int


class Timeline(Value, frozen=True, eq=False):
    """The cues of one piece of audio, in order of time, and its whole length.

    A plan is itself and no other: what is made of it is kept by its identity, since comparing two plans that are
    alike takes longer than a third of a turn.
    """

    cues: tuple[Cue, ...]
    length_ms: int


def reps_that_fit(exercise: Exercise, count: Count) -> int:
    """The last repetition that this piece of audio has room for (at least the first of the count)."""
    room = LONGEST_MS - reps_at_ms(exercise, count) - count.question_ms
    return max(count.from_rep, min(count.count_to, count.from_rep - 1 + room // (exercise.rep_s * SECOND_MS)))


def reps_at_ms(exercise: Exercise, count: Count) -> int:
    """Where in this piece of audio the first repetition begins."""
    return count.rest_ms + exercise.lead_in_s * SECOND_MS


def timeline(exercise: Exercise, count: Count, decide: Decide) -> Timeline:
    """Everything that is said in this piece of audio, each at its instant."""
    reps = count.count_to - count.from_rep + 1
    after_ms = reps_at_ms(exercise, count) + reps * exercise.rep_s * SECOND_MS
    length_ms = after_ms + count.question_ms
    said = [*_rest(exercise, count), *_lead_in(exercise, count), *_reps(exercise, count, decide)]
    if count.question_ms:
        said.append((after_ms, "question", None, 0, "after"))
    ends_ms = [*(each[0] for each in said[1:]), length_ms]
    cues = (Cue(*each, end - each[0]) for each, end in zip(said, ends_ms, strict=bool(said)))
    return Timeline(tuple(cues), length_ms)


def _rest(exercise: Exercise, count: Count) -> Iterator[_Said]:
    if count.spoken_ms:
        yield 0, "lines", None, 0, "rest"
    for left_s in sorted(exercise.rest.warn_at, reverse=True):
        at_ms = count.rest_ms - left_s * SECOND_MS
        if at_ms >= count.spoken_ms and at_ms > 0:
            yield at_ms, "seconds_left", left_s, 0, "rest"


def _lead_in(exercise: Exercise, count: Count) -> Iterator[_Said]:
    for nth in range(exercise.lead_in_s):
        yield count.rest_ms + nth * SECOND_MS, "number", exercise.lead_in_s - nth, 0, "lead_in"


def _reps(exercise: Exercise, count: Count, decide: Decide) -> Iterator[_Said]:
    seconds = list(_seconds(exercise))
    at_ms = reps_at_ms(exercise, count)
    for rep in range(count.from_rep, count.count_to + 1):
        is_spoken_over, form = False, _form_at(exercise, count, rep)
        reps_left = count.count_to - rep
        is_halfway = rep == (count.count_to + 1) // 2
        for nth, (phase, second, has_room) in enumerate(seconds):
            facts = _facts(
                phase.phase,
                second,
                len(seconds) - nth - 1,
                rep,
                reps_left,
                is_halfway,
                count.is_fresh,
                has_room,
                bool(form),
                is_spoken_over,
            )
            advice = decide(facts, exercise.id).advice
            is_spoken_over = advice in _PHRASES or advice == FORM
            word, number = (form, None) if advice == FORM else _word(advice, phase.word, second, rep)
            if word:
                yield at_ms, word, number, rep, _PHASES[phase.phase]
            at_ms += SECOND_MS


def _form_at(exercise: Exercise, count: Count, rep: int) -> str:
    """The cue about the form that stands for a repetition; nothing where none does."""
    cues = dict(zip(exercise.form_at, count.form, strict=False))
    return cues.get(rep, "")


def _seconds(exercise: Exercise) -> Iterator[tuple[TempoPhase, int, bool]]:
    """Each second of one repetition: its phase, which second of it, and whether an announcement may begin there."""
    room = _room(exercise.tempo)
    for index, phase in enumerate(exercise.tempo):
        for second in range(1, phase.seconds + 1):
            yield phase, second, (index, second) == room


def _room(tempo: tuple[TempoPhase, ...]) -> tuple[int, int] | None:
    """The phase and second where an announcement may begin, or None in a tempo too quick for any.

    The phase's name is kept where it can be; only a hold, in which nothing moves, gives it up. The last
    second of the repetition belongs to its number. The hold comes before the other phases, a longer phase
    before a shorter.
    """
    found = []
    for index, phase in enumerate(tempo):
        free_s = phase.seconds - (index == len(tempo) - 1)
        is_hold = phase.phase == "isometric_hold"
        if free_s >= 1 + ANNOUNCEMENT_S:
            found.append((is_hold, free_s, -index, 2))
        elif is_hold and free_s >= ANNOUNCEMENT_S:
            found.append((is_hold, free_s, -index, 1))
    return (-max(found)[2], max(found)[3]) if found else None


def _word(advice: str, phase_word: str, second: int, rep: int) -> tuple[str, int | None]:
    if advice == "say_phase":
        return phase_word, None
    if advice == "say_first_rep":
        return "first_rep", rep
    if advice in ("say_second", "say_rep"):
        return "number", rep if advice == "say_rep" else second
    return _PHRASES.get(advice, ""), None
