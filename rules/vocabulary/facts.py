"""The vocabulary of the rulebook: for each topic the facts that a rule may test. What it may advise is in `advice.py`.

Differences, streaks and elapsed times are worked out by the coach before a rule sees them.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from rules.vocabulary.domain import Facts, flag, name, number

MOST_REPS: Final = 99
MOST_WEEKS: Final = 104
MOST_GAIN: Final = 200
MOST_HOURS: Final = 24 * 7 * 104
MOST_MINUTES: Final = 60 * 24 * 7


@dataclass(frozen=True)
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
    is_spoken_over: bool = flag("an announcement that began a second ago is still being said")


@dataclass(frozen=True)
class SetsFacts(Facts):
    """Where the workout stands when a set is settled; the answer is what comes next, by itself."""

    topic: ClassVar[str] = "sets"
    question: ClassVar[str] = "What comes next?"

    moment: str = name("what has just happened", "workout_starts", "set_settled", "tilt_helped")
    sides_left: int = number("sides still to be done in this round", "sides", 0, 1)
    rounds_left: int = number("rounds still to be done after this one", "rounds", 0, 9)
    next_is_fresh: bool = flag("the next set is the first of its leg in this workout")


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class ReportFacts(Facts):
    """A number of repetitions that was heard or worked out; the answer is whether to take it."""

    topic: ClassVar[str] = "report"
    question: ClassVar[str] = "Is this number of reps to be believed?"

    came_from: str = name("where the number came from", "heard", "worked_out", "measured")
    reps: int = number("the number (0 also where no number was understood)", "reps", 0, 999)
    reps_beyond_count: int = number("repetitions beyond those that the count had time for", "reps", 0, 999)
    reps_counted: int = number("repetitions that the count at hand had time for", "reps", 0, MOST_REPS)
    reps_below_count: int = number("repetitions fewer than the clock saw at least", "reps", 0, MOST_REPS)
    answers_more: bool = flag("the count had ended, and it was asked whether another was possible")
    follows_a_set: bool = flag("another set of this workout came before the one at hand")
    was_doubted: bool = flag("the number before this one was doubted: the trainee insists")
    unsure_by_tenths: int = number("the uncertainty of a number worked out", "tenths of a rep", 0, 999)


@dataclass(frozen=True)
class LateFacts(Facts):
    """A number that is said when no set is open, after a workout has ended and before the next one begins."""

    topic: ClassVar[str] = "late"
    question: ClassVar[str] = "Does this number put the last set of the finished workout right?"

    reps: int = number("the number", "reps", 0, 999)
    minutes_since: int = number("minutes since that workout ended", "min", 0, MOST_MINUTES)


SIGNS: Final = (
    "none",
    "saddle_numb",
    "bladder",
    "both_legs",
    "chest",
    "breath",
    "passed_out",
    "stroke",
    "broken",
    "bad_fall",
    "leg_weak",
    "surely_weak",
    "electric",
    "calf_swollen",
    "palpitations",
    "night_pain",
    "weight_loss",
    "dizzy",
    "sick",
    "heart_racing",
)
"""The warning signs that a trainee may name. How urgent each is stands in the rules."""
CONDITIONS: Final = (
    "pregnant",
    "after_birth",
    "surgery",
    "hip_replacement",
    "heart",
    "osteoporosis",
    "blood_pressure",
    "diabetes",
    "fever",
    "ran_yesterday",
    "fall",
    "accident",
    "itb",
    "runners_knee",
    "sciatica",
    "bursitis",
    "arthritis",
    "child",
    "elderly",
    "asthma",
    "varicose_veins",
    "hernia",
    "cancer",
    "unclear",
)
"""What a trainee may say of their health besides pain."""


@dataclass(frozen=True)
class PainFacts(Facts):
    """What is known of pain; the answer outranks everything else that the coach might do."""

    topic: ClassVar[str] = "pain"
    question: ClassVar[str] = "Does pain forbid going on?"

    report: str = name(
        "what the trainee has just said of their body",
        "nothing",
        "pain",
        "sharp",
        "pop_or_tear",
        "cramp",
        "numb",
        "tight",
        "unclear",
        "soreness",
        "effort",
        "gone",
    )
    sign: str = name("the warning sign that was named", *SIGNS)
    body_part: str = name("where it hurts", "not_said", "lower_back", "chest", "elsewhere")
    is_training: bool = flag("a set of this workout has begun")
    stands: str = name(
        "what is open since an earlier report: asked about, one thing tried, or training on hold, perhaps until a"
        " doctor has looked",
        "nothing",
        "asked",
        "tried",
        "on_hold",
        "on_hold_for_doctor",
    )
    reports_this_workout: int = number("reports of pain in this workout, this one included", "reports", 0, 9)
    days_on_hold: int = number("calendar days since training went on hold", "days", 0, 999)
    holds_in_four_weeks: int = number(
        "times that training went on hold in the last four weeks", "holds", 0, 9
    )
    was_looked_at: bool = flag("the trainee has just said that a professional or a doctor has looked at it")


@dataclass(frozen=True)
class HealthFacts(Facts):
    """What the trainee says of their health; the answer is whether this exercise waits for somebody who knows more."""

    topic: ClassVar[str] = "health"
    question: ClassVar[str] = "Who decides first: the trainee, or whoever treats them?"

    condition: str = name("what was named", *CONDITIONS)


@dataclass(frozen=True)
class ScheduleFacts(Facts):
    """When the last workouts were; the answer is whether today is a good day."""

    topic: ClassVar[str] = "schedule"
    question: ClassVar[str] = "Is today a day to train?"

    has_unfinished: bool = flag("a workout was begun and neither finished nor given up")
    minutes_unfinished: int = number("minutes since that workout was last heard of", "min", 0, MOST_MINUTES)
    has_trained: bool = flag("there is a finished workout")
    clock_ran_back: bool = flag("the last workout lies in the future: dates cannot be trusted")
    hours_since_last: int = number("hours between now and the nearest workout on record", "h", 0, MOST_HOURS)
    workouts_in_7_days: int = number(
        "workouts in the last week, which is as long as the exercise says (`week_h`)", "workouts", 0, 99
    )


@dataclass(frozen=True)
class LadderFacts(Facts):
    """The bands that the trainee has just named, lightest first; the answer is what to make of them."""

    topic: ClassVar[str] = "ladder"
    question: ClassVar[str] = "Which rungs do the named bands make?"

    bands_owned: int = number("different bands that were named", "bands", 0, 99)
    colour_repeated: bool = flag("one colour was named twice")


@dataclass(frozen=True)
class BandFacts(Facts):
    """One leg's record on its rung; the answer is the rung to use next.

    The rung is a band in its usual place or a half-step of it; no band at all is the lowest. A gain is how much nearer
    the middle of the window another rung would have put the fresh sets remembered here (the last, or the
    mean of the last two), in half reps: below 0 it is further off. What is expected rests on what happened when the
    step was taken before.
    """

    topic: ClassVar[str] = "bands"
    question: ClassVar[str] = "Which band next?"

    moment: str = name(
        "the moment at which it is asked",
        "first_workout",
        "workout_starts",
        "workout_ends",
        "lock_opens",
        "ladder_changes",
    )
    had_pain: bool = flag("pain was reported in this workout")
    other_leg_known: bool = flag("the other leg has a band already")
    is_calibrating: bool = flag("the right band is still being searched")
    band_lost: bool = flag("the leg's band is no longer owned")
    weeks_away: int = number("whole weeks since the last workout", "weeks", 0, MOST_WEEKS)
    outcome: str = name("how the fresh set ended", "failed", "could_do_more", "not_judged")
    fresh_reps: int = number("repetitions of the fresh set", "reps", 0, MOST_REPS)
    off_window: int = number(
        "fresh set past the window's top (or, below 0, short of it)", "reps", -60, MOST_REPS
    )
    sets_here: int = number("judged fresh sets remembered on this rung", "sets", 0, 2)
    steady_off: int = number(
        "how far past the window (below 0: short of it) two fresh sets here agree, the lesser; else 0",
        "reps",
        -60,
        MOST_REPS,
    )
    fewest_reps: int = number("repetitions of the shortest set of the workout", "reps", 0, MOST_REPS)
    steady_last_reps: int = number(
        "the last sets of two workouts running here: the lesser; else 0", "reps", 0, MOST_REPS
    )
    ran_out_streak: int = number("fresh sets running in which the count ended first", "sets", 0, 99)
    rungs_above: int = number("whole rungs that are tougher", "rungs", 0, 13)
    tougher_tried: bool = flag("the step to the next tougher rung was taken before")
    tougher_reps: int = number(
        "repetitions expected on the next tougher rung (0 where untried)", "reps", 0, MOST_REPS
    )
    tougher_off: int = number(
        "how far past the window (below 0: short of it) those are (0 where untried)", "reps", -60, MOST_REPS
    )
    tougher_gain: int = number(
        "how much nearer the middle of the window the tougher rung would be (0 where untried)",
        "half reps",
        -MOST_GAIN,
        MOST_GAIN,
    )
    rungs_below: int = number("whole rungs that are lighter", "rungs", 0, 13)
    lighter_tried: bool = flag("the step to the next lighter rung was taken before")
    lighter_reps: int = number(
        "repetitions expected on the next lighter rung (0 where untried)", "reps", 0, MOST_REPS
    )
    lighter_off: int = number(
        "how far past the window (below 0: short of it) they are (0 where untried)", "reps", -60, MOST_REPS
    )
    lighter_gain: int = number(
        "how much nearer the middle of the window the lighter rung would be (0 where untried)",
        "half reps",
        -MOST_GAIN,
        MOST_GAIN,
    )
    place: str = name("where the band sits", "usual", "knee", "foot", "doubled")
    half_tougher_open: bool = flag("there is a half-step upwards, and half-steps are welcome")
    half_lighter_open: bool = flag("there is a half-step downwards, and half-steps are welcome")
    half_tougher_gain: int = number(
        "the gain of the half-step upwards (0 where there is none)", "half reps", -MOST_GAIN, MOST_GAIN
    )
    half_lighter_gain: int = number(
        "the gain of the half-step downwards (0 where there is none)", "half reps", -MOST_GAIN, MOST_GAIN
    )


@dataclass(frozen=True)
class LaterSetsFacts(Facts):
    """The legs that share a band, when a workout ends; the answer is the band of their rounds after the first.

    Only the sets of the last round count here, those of the last two workouts on one band; what is expected on the
    other band (the next lighter one, or that of the fresh set where they were on the lighter one) rests on the steps
    that fresh sets have shown. Nothing that is decided here changes the band of a fresh set.
    """

    topic: ClassVar[str] = "later_sets"
    question: ClassVar[str] = "Which band for the rounds after the first?"

    is_welcome: bool = flag("the exercise takes an easier band for later sets")
    had_pain: bool = flag("pain was reported in this workout")
    was_lighter: bool = flag("the rounds after the first were on the next lighter band")
    fresh_band: str = name(
        "what becomes of the fresh set's band after this workout (a half-step within the same two bands stays)",
        "stays",
        "tougher",
        "lighter",
    )
    is_calibrating: bool = flag("the right band is still being searched")
    bands_below: int = number("bands that are lighter (no band at all is none)", "bands", 0, 13)
    workouts_seen: int = number("workouts whose last sets are remembered", "workouts", 0, 2)
    longest_off: int = number(
        "the longest of those sets past the window (or, below 0, short of it)", "reps", -60, MOST_REPS
    )
    other_known: bool = flag("the step to the other band was taken before")
    other_off: int = number(
        "as longest_off, as expected on the other band (0 where unknown)", "reps", -60, MOST_REPS
    )
    other_least_off: int = number(
        "as other_off, of the shortest of those sets (0 where unknown)", "reps", -60, MOST_REPS
    )


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
        BandFacts,
        LaterSetsFacts,
        LateFacts,
    )
}
