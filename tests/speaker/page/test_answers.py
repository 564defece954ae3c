"""What can be answered now is there to tap, and what is tapped is understood as what stands on it."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any, get_args

import pytest

from skill.coach.state import Question
from skill.locales.texts import known, text_of
from skill.locales.words import load
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.page.answers import Answers, table
from skill.speaker.understanding.understand import understand
from tests.speaker.page.opened import Page, at, opened

SAYS = text_of("en-US", "page")["says"]
TEXTS = sorted(set(known().values()))
YES, NO, PAIN = ("AMAZON.YesIntent",), ("AMAZON.NoIntent",), ("PainIntent",)
MEANT = {
    "begin": ("LaunchRequest",),
    "begin_again": ("LaunchRequest",),
    "ready": ("ReadyIntent",),
    "dont_know": ("DontKnowIntent",),
    "no_bands": ("DontKnowIntent",),
    "elsewhere": ("DontKnowIntent",),
    "done": ("FailIntent",),
    "gone": ("PainGoneIntent",),
    "skip_rest": ("SkipIntent", "SkipRestIntent"),
    "skip_set": ("SkipIntent",),
    "more_rest": ("RestLongerIntent",),
    "go_on": ("AMAZON.ResumeIntent",),
    "end": ("AMAZON.StopIntent", "EndWorkoutIntent"),
    "why": ("WhyIntent",),
    "how_to": ("HowToIntent",),
    "next_time": ("NextWorkoutIntent",),
    "tired": ("EffortIntent",),
    "weak": ("RedFlagIntent",),
    "numb": ("RedFlagIntent", "PainIntent"),
    **dict.fromkeys(["hurts", "still_hurts", "lower_back", "hip", "knee", "buttock"], PAIN),
    **dict.fromkeys(["yes", "delete", "was_looked_at", "gone_completely", "new_bands", "end_it"], YES),
    **dict.fromkeys(["no", "leave_it", "keep", "was_not", "not_completely", "keep_bands"], NO),
    **dict.fromkeys(["not_yet", "nothing_hurts"], NO),
}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with opened(tmp_path) as page:
        yield page


def choices(answer: dict[str, Any], moment: str = "after") -> list[str]:
    return [each["id"] for each in answer["offers"][moment]["choices"]]


@pytest.mark.parametrize("question", get_args(Question))
def test_every_question_of_the_coach_has_its_row(question: str) -> None:
    assert question in table()["questions"]


@pytest.mark.parametrize("locale", TEXTS)
@pytest.mark.parametrize("choice", table()["choices"])
def test_what_a_button_sends_is_understood_as_what_it_says(choice: str, locale: str) -> None:
    says = text_of(locale, "page")["says"][choice]
    assert understand(says, locale).intent in MEANT[choice]


SAID_FOR_THE_TRAINEE = {
    "say_begin": "LaunchRequest",
    "say_done": "FailIntent",
    "say_reps": "LogSetIntent",
    "say_reps_of_leg": "LogSetIntent",
    "say_bands": "LadderIntent",
    "say_tips": "FormCuesIntent",
    "say_no_tips": "JustCountIntent",
}


@pytest.mark.parametrize("locale", TEXTS)
@pytest.mark.parametrize("key", SAID_FOR_THE_TRAINEE)
def test_what_the_page_says_for_the_trainee_is_understood(key: str, locale: str) -> None:
    words = load(locale)
    values = {"reps": 12, "side": words.data["words"]["sides"]["left"]}
    bands = {"bands": words.band("yellow"), "last": words.band("red")}
    says = text_of(locale, "page")["messages"][key].format(**values, **bands)
    told = understand(says, locale)
    assert told.intent == SAID_FOR_THE_TRAINEE[key]
    assert "side" not in key or told.slots["side"]["value"]


@pytest.mark.parametrize("locale", TEXTS)
def test_the_page_has_the_same_words_in_every_language(locale: str) -> None:
    own, english = text_of(locale, "page"), text_of("en-US", "page")
    assert {part: set(own[part]) for part in own} == {part: set(english[part]) for part in english}
    for key, text in own["messages"].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english["messages"][key])), key


def test_a_question_that_the_table_does_not_know_can_be_answered_still() -> None:
    offer = Answers(load()).to("something_new")
    assert [each.says for each in offer.choices] == ["yes", "no", "I don't know"]
    assert offer.placeholder


def test_every_band_that_is_offered_can_be_told_with_the_others(page: Page) -> None:
    asked = page.say("start glute workout")
    names = [each["name"] for each in asked["bands"]]
    assert asked["offers"]["after"]["picks"] == "bands"
    page.say(f"{', '.join(names[:7])} and {names[7]}")
    assert page.coach.state("amzn1.ask.account.local").ladder == tuple(
        each["id"] for each in asked["bands"][:8]
    )


def test_a_workout_from_the_first_tap_to_the_first_rest(page: Page) -> None:
    asked = page.say("start glute workout")
    assert choices(asked) == ["no_bands"]
    ready = page.say("yellow, red and green")
    assert choices(ready) == ["ready", "why", "how_to"]
    count = page.say("ready")
    assert choices(count, "resting") == ["skip_rest", "more_rest", "hurts"]
    assert choices(count, "counting") == ["done", "hurts", "skip_set"]
    assert choices(count) == ["yes", "no", "dont_know"]
    where = count["where"]
    assert (where["set"], where["sets"], where["round"], where["rounds"]) == (1, 6, 1, 3)
    assert [each["is_now"] for each in where["row"]] == [True, *[False] * 5]


def test_after_a_set_the_row_has_its_number_and_the_next_set_is_at_hand(page: Page) -> None:
    count = page.begin()["count"]
    place = {"token": count["token"], "at_ms": at(count, 12, "eccentric"), "stopped": True}
    after = page.say("I'm done", place)
    assert [(each["side"], each["reps"], each["is_now"]) for each in after["where"]["row"][:3]] == [
        ("left leg", 11, False),
        ("right leg", None, True),
        ("left leg", None, False),
    ]
    assert after["where"]["set"] == 2
    assert after["count"]["picture"]["band"] == "red"


def test_somebody_in_pain_taps_where_and_later_whether_it_has_gone(page: Page) -> None:
    page.begin()
    hurt = page.say("that hurts")
    assert choices(hurt) == ["lower_back", "hip", "knee", "buttock", "elsewhere"]
    assert hurt["is_on_hold"]
    assert hurt["count"] is None
    over = page.say("my hip hurts")
    assert choices(over) == ["gone", "still_hurts"]
    asked = page.say("start glute workout")
    assert choices(asked) == ["gone_completely", "not_completely"]


def test_a_sore_lower_back_is_shown_the_wrong_pelvis_and_the_right_one_until_the_exercise_goes_on(
    page: Page,
) -> None:
    page.begin()
    page.say("that hurts")
    told = page.say("lower back")
    assert 'class="mistake"' in told["drawing"]
    assert "the tailbone is tucked" in told["drawing"]
    assert page.say("why")["drawing"] == told["drawing"]
    assert page.say("how do I do it")["drawing"] == told["drawing"]
    assert "data-turn" in page.say("it's gone")["drawing"]


def test_the_rest_is_skipped_by_its_button(page: Page) -> None:
    page.begin()
    page.say("I did 12")
    assert page.say("I did 12")["count"]["picture"]["lead_in_at_ms"] > 0
    skipped = page.say(SAYS["skip_rest"])
    assert skipped["count"]["picture"]["lead_in_at_ms"] <= 2000


def in_rep_nine(page: Page, answer: dict[str, Any], text: str) -> dict[str, Any]:
    """Said into a count while its ninth rep is lowered."""
    count = answer["count"]
    return page.say(text, {"token": count["token"], "at_ms": at(count, 9, "eccentric"), "stopped": True})


def finished(page: Page, skipped: int = 0) -> dict[str, Any]:
    """A whole workout with eight reps in each set; the set of that number is skipped."""
    answer = page.begin()
    for nth in range(1, 7):
        answer = in_rep_nine(page, answer, "skip this set" if nth == skipped else "I'm done")
    return answer


def test_a_finished_workout_has_a_card(page: Page) -> None:
    answer = finished(page)
    card = answer["card"]
    assert [(leg["side"], leg["reps"]) for leg in card["legs"]] == [
        ("left leg", [8, 8, 8]),
        ("right leg", [8, 8, 8]),
    ]
    assert (card["sets"], card["reps"]) == (6, 48)
    assert all(leg["next_band"] for leg in card["legs"])
    assert choices(answer) == ["begin_again", "next_time"]


def test_the_last_number_of_each_leg_can_be_put_right_on_the_card(page: Page) -> None:
    assert [leg["can_be_put_right"] for leg in finished(page)["card"]["legs"]] == [True, True]
    for text in ("I did 7 on the left leg", "I did 6 on the right leg"):
        answer = page.say(text)
    assert [leg["reps"] for leg in answer["card"]["legs"]] == [[8, 8, 7], [8, 8, 6]]


def test_a_number_that_would_go_to_a_skipped_set_is_not_offered(page: Page) -> None:
    legs = {leg["side"]: leg for leg in finished(page, skipped=5)["card"]["legs"]}
    assert (legs["left leg"]["reps"], legs["left leg"]["can_be_put_right"]) == ([8, 8], False)
    assert (legs["right leg"]["reps"], legs["right leg"]["can_be_put_right"]) == ([8, 8, 8], True)


def test_a_rep_to_try_is_counted_and_written_down_nowhere(page: Page) -> None:
    rep = page.post("/speaker/practice", {}).get_json()
    assert [each["phase"] for each in rep["count"]["picture"]["phases"]] == [
        "concentric",
        "isometric_hold",
        "eccentric",
    ]
    assert page.client.get(rep["sounds"][0]).status_code == 200
    assert page.coach.store.load("amzn1.ask.account.local").document is None


def test_what_is_sent_again_after_a_lost_answer_is_acted_on_once(page: Page) -> None:
    count = page.begin()["count"]
    place = {"token": count["token"], "at_ms": at(count, 9, "eccentric"), "stopped": True}
    said = {"text": "I'm done", "playing": place, "request": "request-of-the-tests", "ago_ms": 60_000}
    first, again = (page.post("/speaker/say", said).get_json() for _ in range(2))
    assert page.sets == [("left", 8, "measured")]
    assert again["text"] == first["text"]
    assert again["count"]["token"] == first["count"]["token"]


def test_what_was_said_while_the_network_was_away_is_dated_when_it_was_said(page: Page) -> None:
    page.begin()
    before = page.coach.state("amzn1.ask.account.local").workout
    page.post("/speaker/say", {"text": "I did 12", "request": "late-in-the-tests", "ago_ms": 3_000_000})
    after = page.coach.state("amzn1.ask.account.local").workout
    assert before is not None
    assert after is not None
    assert before.touched_at - after.touched_at > 2000


@pytest.mark.parametrize(
    "odd",
    [{"request": "x"}, {"request": 7}, {"ago_ms": -1}, {"ago_ms": "1"}, {"ago_ms": True}, {"ago_ms": None}],
)
def test_an_odd_request_name_or_age_is_refused(page: Page, odd: dict[str, Any]) -> None:
    assert page.post("/speaker/say", {"text": "ready"} | odd).status_code == 400


def test_what_sentences_are_understood_by_is_made_ready_before_what_the_voice_will_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    is_over = Event()

    class Voice(Sounds):
        def warm(self, *_: object) -> None:
            made.append("the voice")
            is_over.set()

    monkeypatch.setattr("skill.speaker.page.attach.prepare", made.append)
    with opened(tmp_path, sounds=Voice(None)):
        assert is_over.wait(60)
    assert made == ["en-US", "the voice"]
