"""What no single sentence gets past: an emergency, a hold for a doctor, and the question whether anything hurts."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from skill.coach.dialogue import ALWAYS, ASIDES, COMMANDS
from tests.coach.intents.test_taken_as_said import after_pain, in_a_set, in_the_first_rest
from tests.coach.one_life import DAY_S, OneLife

URGENT: Final = (
    {"intent": "RedFlagIntent", "sign": "chest"},
    {"intent": "RedFlagIntent", "sign": "saddle_numb"},
    {"intent": "EmergencyIntent"},
    {"intent": "PainIntent", "feeling": "tight", "body_part": "chest"},
)
SAYS: Final = (
    {},
    {"number": 12},
    {"number": 4},
    {"fewer": 1},
    {"answer": "no"},
    {"answer": "yes"},
    {"bands": ("red",)},
    {"side": "right"},
    {"exercise": "clamshell"},
    {"topic": "may_i"},
    {"names_set": True},
)
SAYS_OF_A_BODY: Final = (
    {"body_part": "knee"},
    {"feeling": "better"},
    {"feeling": "too_hot"},
    {"feeling": "band_presses"},
    {"condition": "none"},
)
NOTHING_HURTS: Final = frozenset(
    {
        "AMAZON.NoIntent",
        "AMAZON.ResumeIntent",
        "FailIntent",
        "PainGoneIntent",
        "FineIntent",
        "EffortIntent",
        "SorenessIntent",
    }
)
"""What answers that nothing hurts; "done" is offered with that question."""


def ready() -> OneLife:
    return OneLife()


def over() -> OneLife:
    """The count has run out, and it was asked whether another was possible."""
    return in_a_set(25)


def paused() -> OneLife:
    life = in_a_set()
    life.say("AMAZON.PauseIntent")
    return life


def summed_up() -> OneLife:
    life = OneLife()
    life.train(13)
    life.now += 60 - 4 * DAY_S
    return life


MOMENTS: Final = (ready, in_a_set, over, paused, in_the_first_rest, summed_up, after_pain)


def whatever() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every utterance that there is, each with what it may hold."""
    for intent in (*ALWAYS, *COMMANDS, *ASIDES, "AMAZON.FallbackIntent"):
        for slots in (*SAYS, *(SAYS_OF_A_BODY if intent in ALWAYS else ())):
            yield intent, slots


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("urgent", URGENT, ids=lambda each: each.get("sign", each["intent"]))
def test_no_count_follows_any_single_sentence_after_an_emergency(moment, urgent):
    life = moment()
    life.say(**urgent)
    assert life.state.pain.stands == "on_hold_for_doctor"
    for later in (0, 3 * DAY_S):
        for intent, slots in whatever():
            other = life.branch()
            other.now += later
            reply = other.say(intent, **slots).reply
            assert reply.count is None, (intent, slots)
            assert reply.question is None or reply.question.key != "say_ready", (intent, slots)
            assert other.state.pain is not None, (intent, slots)
            assert other.state.pain.stands == "on_hold_for_doctor", (intent, slots)


def test_it_opens_by_a_doctors_look_and_that_it_has_gone_and_by_nothing_less():
    life = in_a_set()
    life.say("RedFlagIntent", sign="saddle_numb")
    life.now += 3 * DAY_S
    life.say("Launch")
    assert life.state.open_question == "doctor_first"
    life.say("AMAZON.YesIntent")
    assert life.state.open_question == "has_it_gone"
    refused = life.branch()
    refused.say("WaitIntent", answer="no")
    assert refused.state.pain is not None
    assert not refused.state.pain.was_looked_at
    life.say("AMAZON.YesIntent")
    assert life.state.pain is None


@pytest.mark.parametrize("moment", [in_a_set, in_the_first_rest], ids=lambda each: each.__name__)
def test_whether_anything_hurts_is_passed_by_nothing_that_does_not_answer_it(moment):
    life = moment()
    life.say("AMAZON.FallbackIntent")
    assert life.state.open_question == "does_it_hurt"
    for intent, slots in whatever():
        if intent in NOTHING_HURTS:
            continue
        other = life.branch()
        assert other.say(intent, **slots).reply.count is None, (intent, slots)
        if intent not in ALWAYS or intent in ("Launch", "StartExerciseIntent"):
            assert other.say("ReadyIntent").reply.count is None, (intent, slots, "ready")


def test_whether_it_was_the_band_or_the_body_is_passed_by_nothing_that_names_neither():
    life = in_a_set()
    life.say("PainIntent", feeling="snapped")
    assert life.state.open_question == "band_or_body"
    for intent, slots in whatever():
        assert life.branch().say(intent, **slots).reply.count is None, (intent, slots)


@pytest.mark.parametrize(
    "sign", ["leg_weak", "electric", "calf_swollen", "night_pain", "palpitations", "foot_numb", "eye"]
)
def test_a_sign_that_needs_a_doctor_raises_the_hold(sign):
    life = after_pain()
    life.say("RedFlagIntent", sign=sign)
    assert life.state.pain.stands == "on_hold_for_doctor"
    assert "knee" in life.state.pain.places


@pytest.mark.parametrize("topic", ["safe", "may_i", "more_sets", "no_band"])
def test_no_answer_reads_as_leave_to_train_while_it_is_asked_where_it_hurts(topic):
    life = in_a_set()
    life.say("PainIntent", feeling="hurts")
    assert [line.key for line in life.say("MethodIntent", topic=topic).reply.lines] == []
    assert life.state.open_question == "where"


def test_a_swollen_knee_needs_a_doctor_and_is_not_kept_as_a_swollen_calf():
    life = in_a_set()
    life.say("PainIntent", feeling="swollen", body_part="knee")
    kept = life.state.pain
    assert (kept.stands, kept.sign, kept.body_part) == ("on_hold_for_doctor", "swollen", "knee")


@pytest.mark.parametrize("sign", ["dizzy", "sick", "heart_racing"])
def test_whoever_is_unwell_on_hold_sits_down_and_stays_on_hold(sign):
    life = after_pain()
    began = life.state.pain.since
    life.say("RedFlagIntent", sign=sign)
    assert (life.state.pain.stands, life.state.pain.body_part) == ("on_hold", "knee")
    assert life.state.pain.since > began
    assert "sit_down" in [line.key for line in life.taken.reply.lines]


def test_each_place_told_on_hold_must_be_fine():
    life = after_pain()
    life.say("PainIntent", feeling="hurts", body_part="hip")
    life.now += 3 * DAY_S
    life.say("Launch")
    assert life.state.pain.places == ("knee", "hip")
    life.say("PainGoneIntent", body_part="hip")
    assert life.state.pain.places == ("knee",)
    life.say("PainGoneIntent", body_part="hip")
    assert life.state.pain is not None
    life.say("PainGoneIntent", body_part="knee")
    assert life.state.pain is None
