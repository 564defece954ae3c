"""The paraphrases as Alexa gets them: with slots, and nothing in them that a safeguard would have taken first."""

import pytest
import yaml

from skill.speaker.understanding import alarm
from skill.speaker.understanding import model as models
from tests.said.table import BODY, none_of
from tools import paraphrases
from tools.interaction_models import MODELS, model
from tools.paraphrases import LOCALES

ENDS_OR_LESSENS = ("FailIntent", "BrokenBandIntent", "EasierBandIntent", "OmitSideIntent")
"""What stops the count or lessens the load may be said in words of a body."""


@pytest.mark.long
@pytest.mark.parametrize("locale", LOCALES)
def test_no_paraphrase_lets_a_count_go_on_over_words_of_a_body(locale: str) -> None:
    known = models.load(locale)
    found = (
        (kind, say, alarm.read(known, known.language.words(say)))
        for kind, said in paraphrases.taken(locale)
        for say in said
    )
    none_of(
        [
            f"{kind}: {say}"
            for kind, say, report in found
            if report is not None and report.intent in BODY and kind not in ENDS_OR_LESSENS
        ]
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_what_relaxes_a_safeguard_takes_no_paraphrase(locale: str) -> None:
    exact = models.load(locale).language.settings["exact_only"]["intents"]
    assert not {kind.split()[0] for kind, _ in paraphrases.taken(locale)} & {*exact}


SLOTTED = {
    "UseBandIntent": ("yellow for my right leg", "{band} for my {side} leg"),
    "LogSetIntent": ("fourteen on the right leg i did", "{reps} on the {side} leg i did"),
    "RestLongerIntent": ("twenty more seconds", "{seconds} more seconds"),
}


@pytest.fixture(scope="module")
def samples() -> dict[str, list[str]]:
    source = yaml.load((MODELS / "source" / "en-US.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return paraphrases.added(source, model(source), "en-US")["intents"]


@pytest.mark.parametrize("intent", SLOTTED)
def test_numbers_bands_and_legs_become_slots(intent: str, samples: dict[str, list[str]]) -> None:
    said, sample = SLOTTED[intent]
    assert said in paraphrases.read("en-US")[intent]
    assert sample in samples[intent]


def test_of_two_of_a_kind_no_sample_says_which_is_which(samples: dict[str, list[str]]) -> None:
    assert "nine no ten" in paraphrases.read("en-US")["LogSetIntent"]
    assert not [each for each in samples["LogSetIntent"] if each.count("{reps") > 1]
    assert "blue is heavier than green" in paraphrases.read("en-US")["CompareBandsIntent"]
    assert "CompareBandsIntent" not in samples


def test_half_a_minute_is_no_sample_without_its_number(samples: dict[str, list[str]]) -> None:
    assert not [each for each in samples["RestLongerIntent"] if "half" in each]


def test_a_number_told_along_with_the_end_is_none_of_the_reps(samples: dict[str, list[str]]) -> None:
    assert "two sets is plenty for today" in samples["EndWorkoutIntent"]
    assert not any("{reps}" in said for said in samples["EndWorkoutIntent"])
