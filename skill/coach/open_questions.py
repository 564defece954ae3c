"""The questions that the coach asks: how each is put, how it is put again, and whether it stands while on hold.

What an answer does is in `intents/answers.py`, which has a row for each of these.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from skill.coach.state import Question, State


class Row(Struct, frozen=True):
    """A question: `line` is how it is asked, `again` how it is asked once more, `help` an example of its answer.

    `stands_on_hold`: it leads to no set, and so stays open while a pain keeps training on hold.
    `is_number`: reps are asked for, so that a number alone is the answer that is waited for.
    """

    line: str
    again: str
    help: str
    stands_on_hold: bool = False
    is_number: bool = False


QUESTIONS: Final[Mapping[Question, Row]] = {
    "": Row("anything_else", "anything_else_again", "help"),
    "did_you_mean": Row("did_you_mean", "did_you_mean_again", "help_yes_or_no"),
    "bands": Row("which_bands_do_you_have", "which_bands_do_you_have_again", "help_new"),
    "replace_ladder": Row("instead_of_yours", "instead_of_yours_again", "help_yes_or_no"),
    "band_on": Row("which_is_on", "which_is_on_again", "help_which_is_on"),
    "ready": Row("say_ready", "say_ready_again", "help"),
    "could_do_more": Row("could_you_do_another", "noted_the_count", "help_could_do_more"),
    "confirm_reps": Row("i_make_that", "i_make_that_again", "help_number", is_number=True),
    "how_many": Row("how_many", "how_many_again", "help_number", is_number=True),
    "go_on": Row("go_on", "go_on_again", "help_yes_or_no"),
    "go_on_workout": Row("go_on_with_it", "go_on_with_it_again", "help_yes_or_no"),
    "end_workout": Row("end_for_today", "end_for_today_again", "help_yes_or_no"),
    "resume": Row("say_resume", "say_resume_again", "help_paused"),
    "does_it_hurt": Row(
        "does_anything_hurt", "does_anything_hurt_again", "help_does_it_hurt", stands_on_hold=True
    ),
    "what_hurts": Row("what_hurts", "what_hurts_again", "help_where", stands_on_hold=True),
    "band_or_body": Row("was_it_the_band", "was_it_the_band_again", "was_it_the_band", stands_on_hold=True),
    "where": Row("where_does_it_hurt", "where_does_it_hurt_again", "help_place", stands_on_hold=True),
    "tired_or_weak": Row("tired_or_weak", "tired_or_weak_again", "help_tired_or_weak", stands_on_hold=True),
    "how_is_it": Row("how_is_it", "how_is_it_again", "help_how_is_it", stands_on_hold=True),
    "all_of_it": Row("has_it_gone", "has_it_gone_again", "help_yes_or_no", stands_on_hold=True),
    "has_it_gone": Row("has_it_gone", "has_it_gone_again", "help_yes_or_no", stands_on_hold=True),
    "professional": Row(
        "has_a_professional_looked", "has_a_professional_looked_again", "help_yes_or_no", stands_on_hold=True
    ),
    "doctor": Row("has_a_doctor_looked", "has_a_doctor_looked_again", "help_yes_or_no", stands_on_hold=True),
    "doctor_first": Row(
        "has_a_doctor_looked", "has_a_doctor_looked_again", "help_yes_or_no", stands_on_hold=True
    ),
    "cleared": Row("have_they_said_yes", "have_they_said_yes_again", "help_yes_or_no", stands_on_hold=True),
    "confirm_delete": Row("confirm_delete", "confirm_delete_again", "help_yes_or_no", stands_on_hold=True),
}


def waits_for_number(state: State) -> bool:
    """Whether the trainee has just been asked how many reps it were."""
    return QUESTIONS[state.open_question].is_number
