"""What is known of one user: frozen and bounded in size. Every instant is in whole seconds since 1970.

`skill/store/document.py` is the one place where it becomes JSON and back.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta

from rules.vocabulary.facts import TOPICS
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count, Reply
from skill.coach.value import MOST_BANDS, Instant, Name, Reps, Round, Side, Value

SCHEMA_VERSION = 3

OfBands = Literal["bands", "replace_ladder", "band_on"]
OfASet = Literal["ready", "could_do_more", "confirm_reps", "how_many"]
OfTheWorkout = Literal["go_on", "go_on_workout", "end_workout", "resume"]
OfAPain = Literal[
    "does_it_hurt",
    "what_hurts",
    "band_or_body",
    "where",
    "tired_or_weak",
    "how_is_it",
    "all_of_it",
    "has_it_gone",
]
OfWhoKnows = Literal["professional", "doctor", "doctor_first", "cleared"]
Question = Literal["", "did_you_mean", OfBands, OfASet, OfTheWorkout, OfAPain, OfWhoKnows, "confirm_delete"]
"""What the coach has asked and waits to hear of. `open_questions.py` has a row for each."""
RepsSource = Literal["heard", "worked_out", "measured", "corrected", "counted", "by_hand"]
"""Where a set's number came from: the trainee, the clock, the device's own offset, a correction, the count's end.

`by_hand`: no count ran; the trainee wrote the workout down afterwards.
"""
EndedBy = Literal["said_failed", "count_ran_out", "said_stop", "said_pain", "session_dropped", "skipped"]
Stands = Literal["asked", "tried", "on_hold", "on_hold_for_doctor"]


class Logged(Value, frozen=True):
    """A decision as it is kept: the values of its facts stand in the order of the topic's fields."""

    topic: str
    rule: str
    advice: str
    values: tuple[bool | int | str, ...]

    @property
    def facts(self) -> Mapping[str, bool | int | str]:
        """The facts by name."""
        return dict(zip(TOPICS[self.topic].domains(), self.values, strict=True))


LEG_AS_STORED: Final = {
    "rung": "band",
    "previous_rung": "came_from",
    "previous_reps": "came_with",
    "previous_cut_off": "came_cut_off",
}
"""The keys of a leg in stored documents, where the field here has a better name."""


class Leg(Value, frozen=True, rename=LEG_AS_STORED):
    """One leg's record on one exercise: its rung, what the first sets on it have shown, and the step that led here.

    `rung` is a band and where it is worn (see `rungs.py`). `sets_here` are the last judged fresh sets on it,
    `last_sets_here` the last sets of those workouts, newest last.
    Until two fresh sets are done, `previous_rung` names the rung before and `previous_reps` the reps on it. The
    count cut that set off where `previous_cut_off`. The size of the step is learned from them.
    """

    rung: Name = ""
    is_calibrating: bool = True
    outcome: str = "not_judged"
    fresh_reps: Reps = 0
    sets_here: tuple[Reps, ...] = ()
    last_sets_here: tuple[Reps, ...] = ()
    fewest_reps: Reps = 0
    ran_out_streak: int = 0
    previous_rung: str = ""
    previous_reps: int = 0
    previous_cut_off: bool = False
    decided: Logged | None = None


class Step(Value, frozen=True):
    """How much tougher one rung is than another, in thousandths, and how often that was seen.

    `at_least` marks a size of which only the lower bound is known: the count cut the lighter set off.
    """

    size: int
    seen: int
    at_least: bool = False


class FreshResult(Value, frozen=True):
    """A leg's fresh set in one workout, as the trainee is told of it."""

    band: Name
    reps: Reps
    ended: str


class Summary(Value, frozen=True):
    """A finished workout in a few numbers: when it ended, how many sets, each leg's fresh set."""

    ended_at: Instant
    sets: int
    fresh: Mapping[str, FreshResult]


class Pain(Value, frozen=True):
    """A pain, or a warning sign, that was reported and has not been said to have gone.

    It outlives silence, a stop, another device and months. `report` and `sign` are those of the pain rules;
    `stands` is how far it has come; `exercise` what was trained; `is_gone` where the trainee has said clearly that it
    has gone, and training waits for the next training day; `was_looked_at` where they said that a doctor or other
    professional has looked at it since it last hurt. `also` are places that hurt before `body_part` did, and of which
    nobody has said that they are fine.
    """

    report: str
    sign: str
    body_part: str
    since: Instant
    stands: Stands
    exercise: str
    is_gone: bool = False
    was_looked_at: bool = False
    also: tuple[Name, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that hurts, in the order in which they were told; nothing where nobody has said where."""
        return tuple(each for each in (*self.also, self.body_part) if each)


class ExerciseRecord(Value, frozen=True):
    """What is known of one exercise: each leg, and the last two workouts (newest first).

    `steps` are the sizes of the steps between rungs, as learned, by `lighter>tougher`: they serve both legs.
    `at_most` are the rungs on which training opened again after a hold: nothing tougher until a workout has ended.
    """

    legs: Mapping[str, Leg] = {}
    steps: Mapping[str, Step] = {}
    summaries: tuple[Summary, ...] = ()
    at_most: Mapping[str, Name] = {}


class SetDone(Value, frozen=True):
    """One set as it happened. `reps_source` is where the number came from."""

    side: Side
    round: Round
    band: Name
    reps: Reps
    ended: str
    reps_source: RepsSource
    at: Instant
    rule: str
    tried_again: bool = False


class Counting(Value, frozen=True):
    """A count that was sent: from when, and how far it had gone when it was paused (-1: it was not).

    `sent_ms` is where inside its second it was sent. `pause_is_exact` where the device told the place of the pause (or
    of the end), or the count was over: nothing is to be learned of the device from it.
    """

    count: Count
    sent_at: int
    round: int
    paused_at_rep: int = -1
    sent_ms: int = 0
    pause_is_exact: bool = False


class Ended(Value, frozen=True):
    """A set that has ended and whose number is being settled: what is known of it so far.

    `most_reps` is what the count had time for; `elapsed_ms` runs from the count's sending to the report.
    """

    ended_by: EndedBy
    reps: int
    reps_source: RepsSource
    counting: Counting
    elapsed_ms: int
    most_reps: int


class Stop(Value, frozen=True):
    """Where the count of the last set stood when that ended: a corrected number is measured by what it had time for.

    Where the rep was worked out, the device's delay is learned from the corrected number.
    """

    counting: Counting
    elapsed_ms: int


class Workout(Value, frozen=True):
    """The workout at hand: offered, begun, never more than one.

    `bands` are the rungs of the first sets, by side; `later_bands` those of the rounds after, where they are others.
    `as_offered` are the rungs that were worn before the trainee chose another, nothing where they did not.
    `sides` are the legs that the trainee chose, in their order; nothing where they go as the exercise says.
    """

    id: str
    exercise: str
    touched_at: Instant
    bands: Mapping[str, Name]
    later_bands: Mapping[str, Name] = {}
    as_offered: Mapping[str, Name] = {}
    sides: tuple[str, ...] = ()
    sets: tuple[SetDone, ...] = ()
    pain_reports: int = 0
    counting: Counting | None = None
    ended: Ended | None = None
    stop: Stop | None = None
    decisions: tuple[Logged, ...] = ()

    @property
    def has_begun(self) -> bool:
        """Whether a set of it has begun."""
        return bool(self.sets or self.counting or self.ended)

    def band_of(self, side: str, round_: int) -> str:
        """The rung of a leg's set in a round (from 1); nothing where none was decided."""
        fresh = self.bands.get(side, "")
        return fresh if round_ == 1 else self.later_bands.get(side, fresh)

    def first_set(self, side: str) -> SetDone | None:
        """A leg's set of the first round, as it was done last; None where there is none yet."""
        sets = [each for each in self.sets if each.side == side and each.round == 1]
        return sets[-1] if sets else None


class FinishedWorkout(Workout, frozen=True, tag_field="schema_version", tag=SCHEMA_VERSION, kw_only=True):
    """A workout as it is stored when it has ended."""

    ended_at: Instant


class Finished(Value, frozen=True):
    """The workout that has just ended, as it was before its end was decided: so its last set can still be put right.

    `record` is what was known of its exercise then. It is kept until that record changes or the next workout begins.
    """

    workout: Workout
    record: ExerciseRecord
    ended_at: Instant


class Device(Value, frozen=True):
    """What is known of one device: how late its barge-ins arrive, which audio it plays, whether its screen failed."""

    key: str
    delay: tuple[int, ...] = ()
    plays: str = ""
    no_screen: bool = False


class Answered(Value, frozen=True):
    """A request that was answered lately: its short id, and the answer, should it be asked for again."""

    request: str
    reply: Reply


class AskedBack(Value, frozen=True):
    """What the trainee may have meant, and which question stood open `at` that."""

    heard: Heard
    at: Question = ""


class State(Value, frozen=True, tag_field="schema_version", tag=SCHEMA_VERSION):
    """Everything that is known of one user.

    `proposed_ladder` are the bands that wait for a yes to replace the known ones, `newest_band` the one whose place
    among them is still asked for; `lost_a_band` where one is gone and it was asked which; `with_gone` are the bands in
    their order with those that are gone still among them, nothing where none is.
    `rests_s` are the rests that the trainee chose, in seconds by their names in an exercise; see `workout/rests.py`.
    `holds` are the times at which training went on hold, newest first; `asks_first` is the condition with which
    whoever treats the trainee is asked before the next workout; `misunderstood` how often in a row nothing was
    understood; `asked_back` is what was perhaps meant, where just that is asked.
    """

    turn: int = 0
    form_cues: bool = True
    rests_s: Mapping[str, int] = {}
    knows_disclaimer: bool = False
    ladder: Annotated[tuple[Name, ...], Meta(max_length=MOST_BANDS)] = ()
    knows_ladder: bool = False
    proposed_ladder: tuple[Name, ...] = ()
    newest_band: str = ""
    lost_a_band: bool = False
    with_gone: Annotated[tuple[Name, ...], Meta(max_length=MOST_BANDS)] = ()
    exercise: str = ""
    records: Mapping[str, ExerciseRecord] = {}
    recent_workouts: tuple[Instant, ...] = ()
    workout: Workout | None = None
    finished: Finished | None = None
    open_question: Question = ""
    was_doubted: bool = False
    pain: Pain | None = None
    holds: tuple[Instant, ...] = ()
    asks_first: str = ""
    misunderstood: int = 0
    asked_back: AskedBack | None = None
    why: Logged | None = None
    why_exercise: str = ""
    devices: tuple[Device, ...] = ()
    recent_replies: tuple[Answered, ...] = ()
    answered_before: str = ""

    @property
    def is_shut(self) -> bool:
        """Whether something hurts, or somebody is to be asked before the next workout."""
        return self.pain is not None or bool(self.asks_first)

    @property
    def last_asked(self) -> str:
        """The line in which something was asked last; "" where the last answer asked nothing."""
        last = next(iter(self.recent_replies), None)
        return last.reply.question.key if last is not None and last.reply.question is not None else ""

    def has_answered(self, request: str) -> bool:
        """Whether the request was acted on, as far back as short ids are kept (`answered_before`, by spaces)."""
        return any(each.request == request for each in self.recent_replies) or (
            f" {request} " in f" {self.answered_before} "
        )
