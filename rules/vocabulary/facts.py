"""The vocabulary of the rulebook: for each topic the facts that a rule may test. What it may advise is in `advice.py`.

Differences, streaks and elapsed times are worked out by the coach before a rule sees them.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from rules.vocabulary.domain import Facts, flag, name, number, number_if_known

MOST_REPS: Final = 99
MOST_WEEKS: Final = 104
MOST_TARGET: Final = 60
MOST_NEARER: Final = 100
MOST_DAYS: Final = 7 * 104
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
    form_cue_due: bool = flag("a cue about the form stands for this repetition, and the trainee wants them")
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
    band_changes: bool = flag(
        "the next set needs another band, or the band in another place, than the last one"
    )


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

    reps_source: str = name("where the number came from", "heard", "worked_out", "measured")
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
    "scoliosis",
    "long_term_illness",
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
    days_since_last: int = number(
        "calendar days between today and the nearest workout on record", "days", 0, MOST_DAYS
    )
    workouts_in_7_days: int = number("workouts today and on the six calendar days before", "workouts", 0, 99)


@dataclass(frozen=True)
class LadderFacts(Facts):
    """The bands that the trainee has just named, lightest first; the answer is what to make of them."""

    topic: ClassVar[str] = "ladder"
    question: ClassVar[str] = "Which rungs do the named bands make?"

    bands_owned: int = number("different bands that were named", "bands", 0, 99)
    colour_repeated: bool = flag("one colour was named twice")


@dataclass(frozen=True)
class SidesFacts(Facts):
    """Both legs, whenever their bands are decided; the answer is whether one band does for both."""

    topic: ClassVar[str] = "sides"
    question: ClassVar[str] = "Do the legs share a band?"

    legs_have_one_band: bool = flag("both legs are on the same band (or only one of them has a band yet)")
    ahead_three_times: int = number(
        "reps by which the same leg was ahead in each of the last three workouts, at the least; else 0",
        "reps",
        0,
        MOST_REPS,
    )


@dataclass(frozen=True)
class BandFacts(Facts):
    """One leg's record on its band, or that of both where they share it; the answer is the band to use next.

    A band sits in its usual place, or half a step from there (nearer the knee, nearer the foot). No band at all is
    the lightest. On target means: the set failed within the exercise's window. What a set on a neighbouring band would
    give is only known once that step has been taken; until then it is unknown.
    """

    topic: ClassVar[str] = "bands"
    question: ClassVar[str] = "Which band next?"

    moment: str = name(
        "when it is asked",
        "first_workout",
        "workout_starts",
        "first_round_ends",
        "workout_ends",
        "lock_opens",
        "ladder_changes",
    )
    had_pain: bool = flag("pain was reported in this workout")
    is_searching: bool = flag("the right band is still being looked for")
    band_is_gone: bool = flag("the band is no longer owned")
    weeks_away: int = number("whole weeks since the last workout", "weeks", 0, MOST_WEEKS)
    first_set: str = name(
        "how today's first set ended (proves nothing: skipped, cut off, hurt or off tempo)",
        "none_yet",
        "failed",
        "could_do_more",
        "proves_nothing",
    )
    first_set_reps: int = number("reps of the first set", "reps", 0, MOST_REPS)
    reps_past_target: int = number("reps of the first set above the target", "reps", 0, MOST_REPS)
    reps_short_of_target: int = number("reps that the first set lacked to the target", "reps", 0, MOST_TARGET)
    first_sets_here: int = number(
        "first sets done on this band that count (the last two are remembered)", "sets", 0, 2
    )
    reps_past_target_twice: int = number(
        "reps above the target in each of the last two first sets here, at the least; else 0",
        "reps",
        0,
        MOST_REPS,
    )
    reps_short_of_target_twice: int = number(
        "reps lacking to the target in each of the last two first sets here, at the least; else 0",
        "reps",
        0,
        MOST_TARGET,
    )
    count_ended_first_times: int = number(
        "first sets in a row in which the count ended before the leg did", "times", 0, 99
    )
    fewest_reps: int = number("reps of the shortest set of the workout", "reps", 0, MOST_REPS)
    last_set_reps_twice: int = number(
        "reps of the last set in each of the last two workouts here, at the least; else 0",
        "reps",
        0,
        MOST_REPS,
    )
    tougher_bands: int = number("tougher bands that are owned", "bands", 0, 13)
    tougher_band_reps: int | str = number_if_known(
        "reps that the next tougher band would give", "reps", 0, MOST_REPS
    )
    tougher_band_short_by: int | str = number_if_known(
        "reps that these would lack to the target (0: on target or past it)", "reps", 0, MOST_TARGET
    )
    tougher_band_nearer_by: int | str = number_if_known(
        "reps by which these would be nearer the middle of the target (below 0: further off)",
        "reps",
        -MOST_NEARER,
        MOST_NEARER,
    )
    lighter_bands: int = number("lighter bands, no band at all counted as one", "bands", 0, 13)
    lighter_band_reps: int | str = number_if_known(
        "reps that the next lighter band would give", "reps", 0, MOST_REPS
    )
    lighter_band_past_by: int | str = number_if_known(
        "reps by which these would be above the target (0: on target or short of it)", "reps", 0, MOST_REPS
    )
    lighter_band_nearer_by: int | str = number_if_known(
        "reps by which these would be nearer the middle of the target (below 0: further off)",
        "reps",
        -MOST_NEARER,
        MOST_NEARER,
    )
    half_step_up_exists: bool = flag("half a step tougher exists, and the exercise welcomes it")
    half_step_up_nearer_by: int | str = number_if_known(
        "reps by which half a step tougher would be nearer the middle of the target",
        "reps",
        -MOST_NEARER,
        MOST_NEARER,
    )
    half_step_down_exists: bool = flag("half a step lighter exists, and the exercise welcomes it")
    half_step_down_nearer_by: int | str = number_if_known(
        "reps by which half a step lighter would be nearer the middle of the target",
        "reps",
        -MOST_NEARER,
        MOST_NEARER,
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
        SidesFacts,
        BandFacts,
        LateFacts,
    )
}
