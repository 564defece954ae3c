from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skill.speaker.conversation.ears import Ears, EarsMissing, Sound
from skill.speaker.understanding.understand import understand
from tests.speaker.page.opened import Page, Prompter, at, opened

PIECE = bytes(4096)
PIECE_MS = 128


@pytest.fixture
def prompter() -> Prompter:
    return Prompter()


@pytest.fixture
def page(tmp_path: Path, prompter: Prompter) -> Iterator[Page]:
    with opened(tmp_path, lambda _: prompter) as page:
        yield page


def understood(text: str, began_ms: int, ended_ms: int = 0) -> Sound:
    return Sound("understood", began_ms, ended_ms or began_ms + 800, text, understand(text))


def playing(count: dict[str, Any], at_ms: int) -> dict[str, Any]:
    return {"token": count["token"], "at_ms": at_ms, "stopped": True}


def test_a_workout_begins_by_typing_alone(page: Page) -> None:
    first = page.say("start glute workout")
    assert first["text"].startswith("One band, one leg raise")
    assert first["is_open"]
    assert first["reprompt"].endswith("If you don't know, say so.")
    ready = page.begin()
    assert ready["heard"] == "ready"
    assert ready["count"]["picture"]["side"] == "left leg"


def test_the_picture_follows_the_tempo_of_one_two_and_three_seconds(page: Page) -> None:
    picture = page.begin()["count"]["picture"]
    first = [(each["word"], each["seconds"]) for each in picture["phases"][:3]]
    assert first == [("lift", 1), ("hold", 2), ("lower", 3)]
    assert (picture["band"], picture["colour"]) == ("red", "#d9302c")
    assert (picture["window_low"], picture["window_high"]) == (12, 15)
    assert picture["phases"][3]["at_ms"] - picture["phases"][0]["at_ms"] == 6000


def test_what_precedes_a_count_is_shown_and_the_counting_is_not(page: Page) -> None:
    text = page.begin()["text"]
    assert text.startswith("Lift the top leg without rolling back.")
    assert "Left leg." in text
    assert "welve to fifteen" in text
    assert text.endswith("go.")
    assert "that's one" not in text


def test_done_typed_during_the_lowering_does_not_count_the_rep(page: Page) -> None:
    count = page.begin()["count"]
    page.say("I'm done", playing(count, at(count, 12, "eccentric", 2900)))
    assert page.sets == [("left", 11, "measured")]


def test_done_typed_as_the_next_rep_begins_counts_the_rep(page: Page) -> None:
    count = page.begin()["count"]
    page.say("I'm done", playing(count, at(count, 13, "concentric", 10)))
    assert page.sets == [("left", 12, "measured")]


def test_a_word_spoken_into_the_count_has_the_place_where_it_began_not_where_it_was_understood(
    page: Page, prompter: Prompter
) -> None:
    count = page.begin()["count"]
    start = at(count, 11, "eccentric", 2700)
    # The utterance begins in the third piece, still in rep 11, and is understood ten pieces later, in rep 12.
    for nth in range(12):
        prompter.next.append([understood("I'm done", began_ms=2 * PIECE_MS + 20)] if nth == 11 else [])
        heard = page.hear(PIECE, "coach_speaks", token=count["token"], at_ms=start + nth * PIECE_MS)
    assert heard.get_json()["answer"]["heard"] == "I'm done"
    assert heard.get_json()["stopped_at"]["offset_ms"] == start + 2 * PIECE_MS + 20
    assert page.sets == [("left", 10, "measured")]


def test_the_wake_word_stops_the_count_where_it_was_said_and_what_follows_counts_from_there(
    page: Page, prompter: Prompter
) -> None:
    count = page.begin()["count"]
    stop = at(count, 12, "concentric", 100)
    prompter.next.append([Sound("woken", 40, 600)])
    woken = page.hear(PIECE, "coach_speaks", token=count["token"], at_ms=stop).get_json()
    assert woken["is_woken"]
    assert woken["answer"] is None
    assert woken["stopped_at"] == {"token": count["token"], "offset_ms": stop + 40, "stopped": True}
    page.hear(PIECE, "awake", token=count["token"], at_ms=stop + 40, stopped="true")
    prompter.next.append([understood("I'm done", began_ms=PIECE_MS + 50)])
    page.hear(PIECE, "awake", token=count["token"], at_ms=stop + 40, stopped="true")
    assert page.sets == [("left", 11, "measured")]


def test_the_ears_are_told_what_the_coach_says_itself(page: Page, prompter: Prompter) -> None:
    count = page.begin()["count"]
    page.hear(PIECE, "coach_speaks", token=count["token"], at_ms=at(count, 3, "concentric", -20))
    page.hear(PIECE, "awake", token=count["token"], at_ms=at(count, 3, "concentric", 0), stopped="true")
    assert [each[2] for each in prompter.told] == ["lift", ""]


def test_unclear_speech_is_asked_again_while_the_coach_waits_and_ignored_while_it_sleeps(
    page: Page, prompter: Prompter
) -> None:
    page.say("start glute workout")
    prompter.next.extend([[Sound("unsure", 0, 500, "mumble")], [Sound("unsure", 0, 500, "mumble")]])
    assert page.hear(PIECE, "asleep").get_json()["answer"] is None
    assert page.hear(PIECE, "awake").get_json()["answer"]["is_open"]


def test_who_pressed_the_button_and_was_not_understood_is_asked_again(page: Page, prompter: Prompter) -> None:
    page.say("start glute workout")
    prompter.next.append([Sound("unsure", 0, 500, "what a lovely garden")])
    answer = page.hear(PIECE, "called").get_json()["answer"]
    assert answer["heard"] == "what a lovely garden"
    assert answer["is_open"]


def test_two_silences_end_the_conversation_and_the_workout_is_kept(page: Page) -> None:
    count = page.begin()["count"]
    left = page.post(
        "/speaker/left", {"reason": "EXCEEDED_MAX_REPROMPTS", "playing": playing(count, count["length_ms"])}
    )
    assert left.status_code == 200
    again = page.say("start glute workout")
    assert again["is_open"]
    assert page.coach.state("amzn1.ask.account.local").workout is not None


def test_two_pages_share_the_trainee_and_not_the_conversation(page: Page, tmp_path: Path) -> None:
    page.say("start glute workout")
    other = Page(page.client.application, page.coach, "another-page")
    other.post("/speaker/left", {"reason": "USER_INITIATED"})
    assert page.say("yellow red and green")["text"].startswith("Got it: yellow, red and green")
    assert other.say("what band should I use")["text"]


def test_a_page_of_an_earlier_start_goes_on_with_the_workout(page: Page, tmp_path: Path) -> None:
    count = page.begin()["count"]
    page.say("I'm done", playing(count, at(count, 13, "concentric", 10)))
    with opened(tmp_path) as restarted:
        restarted.say("start glute workout")
        assert restarted.sets == [("left", 12, "measured")]


def test_where_nothing_can_be_heard_the_page_is_told_why_and_typing_goes_on(tmp_path: Path) -> None:
    def deaf(_: str) -> Ears:
        raise EarsMissing("pocketsphinx is not installed")

    with opened(tmp_path, deaf) as page:
        refused = page.hear(PIECE, "asleep")
        assert refused.status_code == 503
        assert refused.get_json() == {"error": "pocketsphinx is not installed"}
        assert page.say("start glute workout")["is_open"]


def test_a_new_microphone_gets_new_ears(tmp_path: Path) -> None:
    made: list[Prompter] = []

    def open_ears(_: str) -> Ears:
        made.append(Prompter())
        return made[-1]

    with opened(tmp_path, open_ears) as page:
        page.hear(PIECE, "asleep")
        page.hear(PIECE, "asleep")
        page.post("/speaker/deafen", {})
        page.hear(PIECE, "asleep")
    assert [len(each.told) for each in made] == [2, 1]


def test_half_an_hour_of_pieces_leaves_no_more_than_a_minute_of_places(page: Page) -> None:
    from skill.speaker.conversation.audio_places import Places
    from skill.speaker.conversation.envelope import Playing

    places = Places()
    for nth in range(14_000):
        places.note(4096, Playing("count", nth * PIECE_MS))
    assert len(places._pieces) == 600
    assert places.at(13_999 * PIECE_MS + 5) == Playing("count", 13_999 * PIECE_MS + 5, stopped=True)
