"""What a rule may advise, topic by topic: what each word means for the trainee, and the numbers that come with it."""

from typing import Final

from msgspec import Struct


class Advice(Struct, frozen=True):
    """One thing that a rule may advise: what it means for the trainee, and the numbers that come with it."""

    means: str
    numbers: tuple[str, ...] = ()


ADVICE: Final[dict[str, dict[str, Advice]]] = {
    "tempo": {
        "say_phase": Advice("the phase is named: lift, hold, lower"),
        "say_second": Advice("the second of the phase is counted: two, three"),
        "say_rep": Advice("the number of the repetition that is finished with this second"),
        "say_first_rep": Advice("the first repetition is finished, in words that no countdown has"),
        "say_form": Advice("a cue about the form"),
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
        "stop_and_name_urgent_care": Advice("everything ends at once and the emergency number is named"),
        "see_doctor_soon": Advice("the workout ends; training is on hold until a doctor has looked"),
        "end_and_hold": Advice("the workout ends; training is on hold until the pain has gone"),
        "end_for_today": Advice(
            "the workout ends; the next one begins with the question whether it has gone"
        ),
        "loosen_and_see": Advice(
            "the set ends; the band comes off, and the trainee says whether feeling comes back"
        ),
        "ease_and_see": Advice(
            "the set ends; the cramp is stretched, and the trainee says whether it has eased"
        ),
        "correct_with_tilt": Advice(
            "the set ends; the pelvis is tilted, a lower leg is fine, try again gently"
        ),
        "ask_what_hurts": Advice("the set ends; asked once whether something hurts, and where"),
        "ask_where": Advice("the set ends; asked once where it hurts"),
        "ask_tired_or_weak": Advice("the set ends; asked once: tired, or suddenly weak or numb?"),
        "ask_if_gone": Advice("training stays on hold; asked whether the pain has gone, yes or no"),
        "ask_how_it_is": Advice("what was tried waits for its answer: how is it now?"),
        "ask_professional": Advice("gone, but somebody must have looked first: has a professional?"),
        "ask_doctor": Advice("gone, but a doctor must have looked first: has one?"),
        "open_later": Advice("gone; training begins again on the next training day, one band lighter"),
        "open": Advice("gone; training begins again, one band lighter"),
        "go_on_gently": Advice("gone after what was tried: the set is done again, gently"),
        "name_soreness": Advice("muscle soreness is named as normal; nothing is locked"),
        "name_effort": Advice("the burn of effort is named as right; the count goes on"),
        "carry_on": Advice("nothing stands against going on"),
    },
    "health": {
        "ask_first": Advice("whoever treats the trainee is asked first; no training until they said yes"),
        "not_today": Advice(
            "today is for rest; the next launch asks whether the fever has been gone for two days"
        ),
        "answer": Advice("a short true answer, and on"),
        "ask_if_it_hurts": Advice("a short true answer, and does it hurt now? No count before"),
        "carry_on": Advice(
            "nothing of the kind: whatever was open is asked again, and what was told before stands"
        ),
        "ask_again": Advice("asked what was meant"),
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
        "take_them_and_ask": Advice("each band is a rung, and whether there are more is asked"),
        "take_them": Advice("each band is a rung, in the order in which they were named"),
    },
    "sides": {
        "share_band": Advice("one band for both legs, decided for both at once"),
        "own_bands": Advice("each leg has its own band, decided by its own sets"),
    },
    "bands": {
        "start_middle": Advice("begin in the lower middle of the bands and search"),
        "same_band": Advice("the band stays"),
        "nearest_owned": Advice("the next lighter band that is still owned, else the lightest, and search"),
        "test_again": Advice("the band stays; the next first set is a test"),
        "tougher_band": Advice("the next tougher band"),
        "lighter_band": Advice("the next lighter band"),
        "lighter_and_search": Advice("the next lighter band; the next first set is a test"),
        "half_tougher": Advice(
            "half a step tougher: the tougher band nearer the knee, or the toughest nearer the foot"
        ),
        "half_lighter": Advice("half a step lighter: the same band nearer the knee"),
        "buy_tougher": Advice("the band stays, and it is said that a tougher one is due"),
    },
    "late": {
        "correct_finished": Advice("the number replaces that of the finished workout's last set"),
        "leave_it": Advice("the finished workout stays as it is"),
    },
}
