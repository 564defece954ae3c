"""The facts about bands: which the trainee owns, whether the legs share one, and which comes next."""

from typing import ClassVar, Final

from rules.vocabulary.domain import MOST_REPS, Facts, flag, name, number, number_if_known

MOST_WEEKS: Final = 104
MOST_TARGET: Final = 60
MOST_NEARER: Final = 100


class LadderFacts(Facts):
    """The bands that the trainee has just named, lightest first; the answer is what to make of them."""

    topic: ClassVar[str] = "ladder"
    question: ClassVar[str] = "Which rungs do the named bands make?"

    bands_owned: int = number("different bands that were named", "bands", 0, 99)
    colour_repeated: bool = flag("one colour was named twice")


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
