"""The vocabulary of the rulebook: for each topic the facts that a rule may test. What it may advise is in `advice.py`.

Differences, streaks and elapsed times are worked out by the coach before a rule sees them.
"""

from typing import ClassVar, Final

from rules.vocabulary.band_facts import BandFacts, LadderFacts, SidesFacts
from rules.vocabulary.body_facts import HealthFacts, PainFacts
from rules.vocabulary.domain import MOST_REPS, Facts, flag, name, number

MOST_DAYS: Final = 7 * 104
MOST_MINUTES: Final = 60 * 24 * 7


class TempoFacts(Facts):
    """One second of one repetition; the answer is the word that is said on it."""

    topic: ClassVar[str] = "tempo"
    question: ClassVar[str] = "What is said at this second of the count?"

    phase: str = name("the phase of the repetition", "concentric", "isometric_hold", "eccentric")
    second: int = number("which second of the phase, from 1", "s", 1, 60)
    seconds_left: int = number("seconds of the repetition after this one", "s", 0, 239)
    rep: int = number("the repetition being done, from 1", "reps", 1, MOST_REPS)
    reps_left: int = number("repetitions of the planned count after this one", "reps", 0, MOST_REPS)
    is_halfway: bool = flag("half of the planned count is done in this repetition")
    is_fresh_set: bool = flag("this is the leg's first set of the workout")
    has_room: bool = flag(
        "an announcement of two seconds may begin here; one second of a repetition at most has it"
    )
    form_cue_due: bool = flag("a cue about the form stands for this repetition, and the trainee wants them")
    is_spoken_over: bool = flag("an announcement that began a second ago is still being said")


class SetsFacts(Facts):
    """Where the workout stands when a set is settled; the answer is what comes next, by itself."""

    topic: ClassVar[str] = "sets"
    question: ClassVar[str] = "What comes next?"

    moment: str = name("what has just happened", "workout_starts", "set_settled", "tilt_helped")
    sides_left: int = number("sides still to be done in this round", "sides", 0, 1)
    rounds_left: int = number("rounds still to be done after this one", "rounds", 0, 9)
    next_is_fresh: bool = flag("the next set is the first of its leg in this workout")
    band_changes: bool = flag(
        "the next set needs another band, or the band in another place, than the last one"
    )


class FailureFacts(Facts):
    """How a set ended; the answer is which of the ways it was, judged against the window."""

    topic: ClassVar[str] = "failure"
    question: ClassVar[str] = "How did the set end?"

    ended_by: str = name(
        "what ended the set",
        "said_failed",
        "count_ran_out",
        "said_stop",
        "said_pain",
        "session_dropped",
        "skipped",
    )
    could_do_more: str = name("the answer to: could you have done another?", "yes", "no", "not_known")
    reps: int = number("repetitions finished", "reps", 0, MOST_REPS)
    reps_beyond_count: int = number(
        "repetitions reported beyond those that the count had time for", "reps", 0, MOST_REPS
    )


class ReportFacts(Facts):
    """A number of repetitions that was heard or worked out; the answer is whether to take it."""

    topic: ClassVar[str] = "report"
    question: ClassVar[str] = "Is this number of reps to be believed?"

    reps_source: str = name("where the number came from", "heard", "worked_out", "measured")
    reps: int = number("the number (0 also where no number was understood)", "reps", 0, 999)
    reps_beyond_count: int = number("repetitions beyond those that the count had time for", "reps", 0, 999)
    reps_counted: int = number("repetitions that the count at hand had time for", "reps", 0, MOST_REPS)
    reps_below_count: int = number("repetitions fewer than the clock saw at least", "reps", 0, MOST_REPS)
    answers_more: bool = flag("the count had ended, and it was asked whether another was possible")
    follows_a_set: bool = flag("another set of this workout came before the one at hand")
    was_doubted: bool = flag("the number before this one was doubted: the trainee insists")
    unsure_by_tenths: int = number("the uncertainty of a number worked out", "tenths of a rep", 0, 999)


class LateFacts(Facts):
    """A number that is said when no set is open, after a workout has ended and before the next one begins."""

    topic: ClassVar[str] = "late"
    question: ClassVar[str] = "Does this number put the last set of the finished workout right?"

    reps: int = number("the number", "reps", 0, 999)
    minutes_since: int = number("minutes since that workout ended", "min", 0, MOST_MINUTES)
    names_it: bool = flag("the number is said to be of the last workout (yesterday, last time)")


class ScheduleFacts(Facts):
    """When the last workouts were; the answer is whether today is a good day."""

    topic: ClassVar[str] = "schedule"
    question: ClassVar[str] = "Is today a day to train?"

    has_unfinished: bool = flag("a workout was begun and neither finished nor given up")
    minutes_unfinished: int = number("minutes since that workout was last heard of", "min", 0, MOST_MINUTES)
    has_trained: bool = flag("there is a finished workout")
    clock_ran_back: bool = flag("the last workout lies in the future: dates cannot be trusted")
    days_since_last: int = number(
        "calendar days between today and the nearest workout on record", "days", 0, MOST_DAYS
    )
    workouts_in_7_days: int = number("workouts today and on the six calendar days before", "workouts", 0, 99)


TOPICS: Final[dict[str, type[Facts]]] = {
    each.topic: each
    for each in (
        TempoFacts,
        SetsFacts,
        FailureFacts,
        ReportFacts,
        PainFacts,
        HealthFacts,
        ScheduleFacts,
        LadderFacts,
        SidesFacts,
        BandFacts,
        LateFacts,
    )
}
