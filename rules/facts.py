"""The vocabulary of the rulebook: for each topic the facts that a rule may test and what it may advise.

Every topic is one frozen dataclass, complete (no field is ever left out) and flat (a rule compares one fact
with one constant). Differences, streaks and elapsed times are worked out by the coach before a rule sees
them. Every field has a domain, so that a topic can be enumerated and a rulebook proved; what is not known is
a value of its own.
"""

from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Final

Value = bool | int | str


@dataclass(frozen=True)
class Domain:
    """What a fact means, its unit, and every value it may take: two, a few named ones, or whole numbers."""

    means: str
    unit: str = ""
    named: tuple[str, ...] = ()
    low: int = 0
    high: int = -1

    @property
    def kind(self) -> str:
        """`flag`, `name` or `number`."""
        if self.named:
            return "name"
        return "number" if self.high >= self.low else "flag"

    def values(self) -> tuple[Value, ...] | range:
        """Every value, in order."""
        if self.named:
            return self.named
        return range(self.low, self.high + 1) if self.kind == "number" else (False, True)

    def holds(self, value: object) -> bool:
        """Whether the value belongs to this fact (true and false are no numbers here)."""
        if self.kind == "number":
            return type(value) is int and self.low <= value <= self.high
        return value in self.named if self.kind == "name" else type(value) is bool


def flag(means: str) -> Any:
    """A fact that is true or false."""
    return field(metadata={"domain": Domain(means)})


def name(means: str, *values: str) -> Any:
    """A fact that is one of a few named values."""
    return field(metadata={"domain": Domain(means, named=values)})


def number(means: str, unit: str, low: int, high: int) -> Any:
    """A fact that is a whole number between two bounds (both included)."""
    return field(metadata={"domain": Domain(means, unit, low=low, high=high)})


@dataclass(frozen=True)
class Facts:
    """What one decision is made of. Subclasses name the topic and the question that its rules answer."""

    topic: ClassVar[str]
    question: ClassVar[str]

    @classmethod
    @cache
    def domains(cls) -> dict[str, Domain]:
        """The domain of each fact by name."""
        return {each.name: _domain(each) for each in fields(cls)}

    def check(self) -> None:
        """Raise ValueError naming the first fact that lies outside its domain."""
        for fact, domain in self.domains().items():
            value = getattr(self, fact)
            if not domain.holds(value):
                raise ValueError(f"{self.topic}: {fact} is {value!r}, outside its domain ({domain.means})")

    def as_dict(self) -> dict[str, Value]:
        """The facts by name, flat."""
        return dict(self.__dict__)


def _domain(each: "Field[Any]") -> Domain:
    domain = each.metadata["domain"]
    assert isinstance(domain, Domain)
    return domain


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


@dataclass(frozen=True)
class PainFacts(Facts):
    """What is known of pain; the answer outranks everything else that the coach might do."""

    topic: ClassVar[str] = "pain"
    question: ClassVar[str] = "Does pain forbid going on?"

    reports_red_flag: bool = flag("a sign that needs urgent care was named")
    is_locked: bool = flag("the exercise is shut since a pain that did not go")
    says_pain_is_gone: bool = flag("the trainee has just said clearly that the pain is gone")
    reports_pain: bool = flag("the trainee has just said that it hurts")
    is_training: bool = flag("a set of this workout has begun")
    place: str = name("where it hurts", "lower_back", "not_said", "chest", "elsewhere")
    reports_this_workout: int = number("reports of pain in this workout, this one included", "reports", 0, 9)


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
        "workouts in the last seven days, give or take half a day", "workouts", 0, 99
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


@dataclass(frozen=True)
class Advice:
    """One thing that a rule may advise: what it means for the trainee, and the numbers that come with it."""

    means: str
    numbers: tuple[str, ...] = ()


TOPICS: Final[dict[str, type[Facts]]] = {
    each.topic: each
    for each in (
        TempoFacts,
        SetsFacts,
        FailureFacts,
        ReportFacts,
        PainFacts,
        ScheduleFacts,
        LadderFacts,
        BandFacts,
        LaterSetsFacts,
        LateFacts,
    )
}

ADVICE: Final[dict[str, dict[str, Advice]]] = {
    "tempo": {
        "say_phase": Advice("the phase is named: lift, hold, lower"),
        "say_second": Advice("the second of the phase is counted: two, three"),
        "say_rep": Advice("the number of the repetition that is finished with this second"),
        "say_halfway": Advice("half of the planned count is done"),
        "say_window_opens": Advice("the window of reps begins with this repetition"),
        "say_keep_going": Advice("the top of the window is reached on a fresh set: go on if you can"),
        "say_last_ones": Advice("three repetitions of the count are left, this one included"),
        "say_last_one": Advice("the last repetition of the count"),
        "say_nothing": Advice("silence"),
    },
    "sets": {
        "begin": Advice("the first set, after the trainee says ready", ("rest_s", "count_to")),
        "change_side": Advice("the other leg, after a short counted pause", ("rest_s", "count_to")),
        "rest_then_round": Advice("a counted rest, then the next round", ("rest_s", "count_to")),
        "repeat_gently": Advice("the set that pain ended is begun again, gently", ("rest_s", "count_to")),
        "finish": Advice("the workout is done"),
    },
    "failure": {
        "ended_by_pain": Advice("pain ended the set; it says nothing of strength"),
        "interrupted": Advice("the set was cut off from outside; it says nothing of strength"),
        "skipped": Advice("the set was left out; it says nothing of strength"),
        "off_tempo": Advice(
            "more reps than the count had time for: faster than the tempo, so not comparable"
        ),
        "chose_to_stop": Advice("the trainee stopped without failing"),
        "could_do_more": Advice("the count ran out before the trainee did"),
        "not_known": Advice("the count ran out and nobody said whether another was possible"),
        "failed_short": Advice("failed below the window"),
        "failed_in_window": Advice("failed inside the window, as it should be"),
        "failed_past_window": Advice("failed above the window"),
    },
    "report": {
        "take_it": Advice("the number is taken as it is"),
        "say_it_back": Advice("the number is said as what happened, and may be corrected"),
        "ask_it": Advice("the number is offered as a question"),
        "correct_last_set": Advice(
            "the number belongs to the set before, not to the one that has just begun"
        ),
        "doubt_it": Advice("the number cannot be right: ask again"),
    },
    "pain": {
        "stop_and_name_urgent_care": Advice("everything ends at once and urgent care is named"),
        "end_and_lock": Advice("the workout ends, the exercise is shut, a professional is named"),
        "stay_locked": Advice("the exercise stays shut until the pain is gone"),
        "unlock": Advice("the exercise opens again, one band lighter"),
        "correct_with_tilt": Advice(
            "the set ends; the pelvis is tilted, a lower leg is fine, try again gently"
        ),
        "carry_on": Advice("nothing stands against going on"),
    },
    "schedule": {
        "offer_to_go_on": Advice("the unfinished workout is offered to be gone on with"),
        "close_unfinished": Advice("the unfinished workout is closed with the sets that it has"),
        "carry_on_without_dates": Advice("the clock cannot be trusted: train, and say nothing of days"),
        "say_first_workout": Advice("nothing was trained before"),
        "say_too_soon": Advice("the muscle has not recovered: said, and left to the trainee"),
        "say_week_is_full": Advice("two workouts this week already: said, and left to the trainee"),
        "train": Advice("a good day to train"),
    },
    "ladder": {
        "no_band_owned": Advice("no band at all: the leg's own weight is the only rung"),
        "take_the_first": Advice("more bands than a ladder holds: the lightest ones are taken"),
        "count_a_colour_once": Advice("a colour is one rung, however many bands have it"),
        "take_them": Advice("each band is a rung, in the order in which they were named"),
    },
    "bands": {
        "start_middle": Advice("begin in the lower middle of the ladder and search"),
        "band_of_other_leg": Advice("begin where the other leg is, and search"),
        "same_band": Advice("stay on this rung"),
        "nearest_owned": Advice("the next lighter band that is still owned, and search"),
        "test_again": Advice("stay on this rung; the next fresh set is a test"),
        "tougher_band": Advice("the next tougher whole rung"),
        "two_tougher": Advice("two whole rungs tougher"),
        "lighter_band": Advice("the next lighter whole rung"),
        "lighter_and_search": Advice("the next lighter whole rung; the next fresh set is a test"),
        "half_tougher": Advice(
            "half a step tougher: the tougher band nearer the knee, the toughest nearer the foot or doubled"
        ),
        "half_lighter": Advice("half a step lighter: the same band nearer the knee"),
    },
    "late": {
        "correct_finished": Advice("the number replaces that of the finished workout's last set"),
        "leave_it": Advice("the finished workout stays as it is"),
    },
    "later_sets": {
        "lighter_band_later": Advice("the next lighter band in the rounds after the first"),
        "fresh_band_later": Advice("the fresh set's band in every round again"),
        "as_before": Advice("the rounds after the first stay as they were"),
    },
}
