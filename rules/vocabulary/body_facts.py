"""What a trainee may say of their body, and the facts of which the coach decides what it forbids."""

from collections.abc import Mapping
from typing import ClassVar, Final

from msgspec import Struct

from rules.vocabulary.domain import Facts, flag, name, number

SIGNS: Final = (
    "none",
    *("saddle_numb", "bladder", "both_legs", "chest", "breath", "passed_out", "stroke", "broken", "bad_fall"),
    *("leg_weak", "surely_weak", "electric", "calf_swollen", "swollen", "palpitations"),
    *("night_pain", "weight_loss", "eye"),
    *("dizzy", "sick", "heart_racing"),
)
"""The warning signs that a trainee may name. How urgent each is stands in the rules."""
CONDITIONS: Final = (
    *("pregnant", "after_birth", "surgery", "hip_replacement", "heart", "osteoporosis"),
    *("blood_pressure", "diabetes", "fever", "ran_yesterday", "fall", "accident"),
    *("itb", "runners_knee", "sciatica", "bad_back", "bursitis", "arthritis"),
    *("child", "elderly", "asthma", "varicose_veins", "hernia", "cancer", "scoliosis", "latex_allergy"),
    *("long_term_illness", "old_surgery", "cold", "none", "unclear"),
)
"""What a trainee may say of their health besides pain."""


class BodyPart(Struct, frozen=True):
    """A part of the body. `kind` is what the rules know it by: a cramp is stretched where there is a muscle.

    `grows_sore`: after training a muscle is sore there, which is no pain. `is_banded`: a band may have made it numb;
    any other place was perhaps lain on.
    """

    kind: str = "elsewhere"
    grows_sore: bool = False
    is_banded: bool = True


BODY_PARTS: Final[Mapping[str, BodyPart]] = {
    "": BodyPart("not_said", grows_sore=True),
    "lower_back": BodyPart("lower_back"),
    "chest": BodyPart("chest"),
    **dict.fromkeys(("buttock", "leg", "hamstring", "muscle"), BodyPart("muscle", grows_sore=True)),
    **dict.fromkeys(("hip", "it_band", "ankle", "toe"), BodyPart("muscle")),
    "arm": BodyPart("muscle", is_banded=False),
    **dict.fromkeys(("wrist", "elbow", "neck", "jaw", "head"), BodyPart(is_banded=False)),
    **dict.fromkeys(("knee", "stomach", "ribs", "side", "pelvis", "elsewhere"), BodyPart()),
}
"""What a trainee may name, "" where no place was named; `elsewhere` is one that has no name here."""


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
    sign: str = name("the warning sign that was named, or of which it is said that it has gone", *SIGNS)
    body_part: str = name("where it hurts", "not_said", "lower_back", "chest", "muscle", "elsewhere")
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
    days_on_hold: int = number("calendar days since what is open was reported", "days", 0, 999)
    holds_in_four_weeks: int = number(
        "times that training went on hold in the last four weeks", "holds", 0, 9
    )
    was_looked_at: bool = flag(
        "the trainee has said that a professional or a doctor has looked at it since it last hurt"
    )


class HealthFacts(Facts):
    """What the trainee says of their health; the answer is whether this exercise waits for somebody who knows more."""

    topic: ClassVar[str] = "health"
    question: ClassVar[str] = "Who decides first: the trainee, or whoever treats them?"

    condition: str = name("what was named", *CONDITIONS)
    is_asked: bool = flag("it is asked about, and not told of the trainee's own body")
    is_in_set: bool = flag("a set is being counted")
