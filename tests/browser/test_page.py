"""The page in a real browser, with a voice that beeps and ears that only the test can whisper to."""

import math
import os
import struct
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skill.speaker.conversation.ears import Ears, EarsMissing
from tests.browser.chromium import seen
from tests.speaker.page.opened import Page, Prompter, opened, served

STATES = [
    "first",
    "welcome",
    "settings",
    "bands",
    "ready",
    "rest",
    "set",
    "stopped",
    "next",
    "pain",
    "wrong",
    "tilt",
    "over",
    "progress",
    "people",
    "print",
]
# Each size once and the smallest twice: what is light or dark is the same colours at every size.
SCREENS = [
    "390 844 light",
    "390 844 dark",
    "844 390 light",
    "768 1024 dark",
    "1280 800 light",
    "1920 1080 light",
]
MAY_SCROLL = {"first", "wrong", "progress", "print"}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with opened(tmp_path) as page:
        yield page


@pytest.fixture
def see(page: Page) -> Iterator[Callable[..., Any]]:
    """Plays a scenario on the page."""
    with served(page) as port:
        yield lambda scenario, *file: seen("page.mjs", scenario, f"http://127.0.0.1:{port}", *file)


@pytest.mark.long
@pytest.mark.parametrize("screen", SCREENS)
def test_in_every_state_axe_finds_nothing_serious_all_is_in_sight_and_no_other_host_is_asked(
    screen: str, tmp_path: Path
) -> None:
    with opened(tmp_path) as page, served(page) as port:
        pictures = os.environ.get("PICTURES", "")
        look = seen("page.mjs", "look", f"http://127.0.0.1:{port}", pictures, *screen.split())
    assert [each["state"] for each in look["states"]] == STATES
    assert [each for each in look["states"] if each["grave"]] == []
    assert [each["state"] for each in look["states"] if each["isWide"]] == []
    assert [each for each in look["states"] if each["hidden"] and each["state"] not in MAY_SCROLL] == []
    assert [each for each in look["states"] if each["half"]] == []
    drawn = {each["state"] for each in look["states"] if each["isDrawn"]}
    assert drawn >= {"ready", "set"}
    assert {host.split(":")[0] for host in look["hosts"]} == {"127.0.0.1"}
    assert look["wrong"] == []


def test_the_keyboard_alone_begins_a_workout_and_its_keys_always_stop_a_set(see: Callable[..., Any]) -> None:
    did = see("keyboard")
    assert did["focused"] == [
        "mic",
        "to-progress",
        "to-settings",
        "use-microphone",
        "no-microphone",
        "talk",
        "try",
        "check-sound",
        "text",
        "Say",
    ]
    assert did["begun"]["coach"].startswith("One band")
    for focus in ("field", "button", "escape", "words"):
        assert did[focus]["button"] == "Go on"
        assert "paused" in did[focus]
        assert did[f"{focus}_goes_on"]["button"] == "Stop"
    assert did["words_text"] == "I did twelve"
    assert did["field_text"] == ""


@pytest.mark.long
def test_nothing_is_lost_by_going_to_the_progress_and_back(see: Callable[..., Any]) -> None:
    did = see("progress")
    assert "No finished workout yet" in did["empty"]
    assert did["asked"]["placeholder"] == "yellow, red and green"
    assert did["stopped"]["rep"] == "1"
    assert (
        did["stopped"]["answers"] == did["reloaded"]["answers"] == ["I'm done", "That hurts", "Skip this set"]
    )


def test_a_question_that_is_open_is_open_after_a_reload(see: Callable[..., Any]) -> None:
    did = see("again")
    assert did["before"][0] == did["after"][0] == ["Ready", "Why this band?", "How do I do it?"]
    assert did["before"][1]["coach"] == did["after"][1]["coach"]


def test_several_people_are_asked_who_trains_and_each_has_bands_of_their_own(see: Callable[..., Any]) -> None:
    did = see("people")
    assert not did["isAskedAlone"]
    assert did["asked"] == ["BBen", "AAnna"]
    assert did["annas"][0].startswith("left leg, ")
    assert did["bens"]["placeholder"] == "yellow, red and green"
    assert did["removed"].startswith("This person was removed")


@pytest.mark.long
def test_a_set_goes_on_after_a_reload_where_its_sound_stood(see: Callable[..., Any], page: Page) -> None:
    did = see("reload")
    assert 0 < did["after"] - did["before"] < 6, "within the repetition that it was in"
    assert page.sets == [("left", 0, "measured")]


@pytest.mark.long
def test_where_sound_wants_a_press_first_the_set_waits_for_it_and_says_so(see: Callable[..., Any]) -> None:
    did = see("press")
    assert did["waiting"]["message"].startswith("The set waits where you were")
    assert did["waiting"]["button"] == "Go on"
    assert did["goesOn"]["message"] == ""


@pytest.mark.long
def test_of_two_pages_one_talks_and_the_other_may_take_over(see: Callable[..., Any]) -> None:
    did = see("two")
    assert [each["elsewhere"] for each in did["asked"]] == [False, True]
    assert [each["elsewhere"] for each in did["taken"]] == [True, False]
    assert did["isSilent"]


@pytest.mark.long
def test_whoever_wants_less_motion_sees_the_hand_step(see: Callable[..., Any]) -> None:
    (steps, in_seconds), (places, in_as_many) = see("still")
    assert steps <= in_seconds + 1
    assert places >= 2 * in_as_many + 10


def test_without_a_microphone_the_page_says_so_and_typing_works(see: Callable[..., Any]) -> None:
    did = see("microphone")
    assert did["told"]["message"].startswith("No microphone was found")
    assert did["typed"]["coach"].startswith("One band")


def test_without_a_loudspeaker_the_page_says_so_and_the_coach_can_be_read(see: Callable[..., Any]) -> None:
    without, with_one = see("loudspeaker")
    assert without["loudspeaker"].startswith("No loudspeaker was found")
    assert without["coach"].startswith("One band")
    assert with_one["loudspeaker"] == ""


@pytest.mark.long
def test_the_page_says_why_before_it_asks_and_a_refusal_leaves_typing(see: Callable[..., Any]) -> None:
    did = see("refused")
    assert did["told"]["message"].startswith("The browser was not allowed to use the microphone")
    assert did["typed"]["coach"].startswith("One band")


@pytest.mark.long
def test_a_silent_microphone_is_told(see: Callable[..., Any], tmp_path: Path) -> None:
    silence = sound(tmp_path / "silence.wav", lambda _: 0)
    assert see("microphone", str(silence))["told"]["message"].startswith("The microphone gives only silence")


@pytest.mark.long
def test_a_clipping_microphone_is_told(see: Callable[..., Any], tmp_path: Path) -> None:
    loud = sound(tmp_path / "loud.wav", shout)
    assert see("microphone", str(loud))["told"]["message"].startswith("The microphone is too loud")


@pytest.mark.long
def test_where_hearing_is_not_installed_the_reason_is_told(tmp_path: Path) -> None:
    def deaf(_: str) -> Ears:
        raise EarsMissing("The coach cannot hear: no module named pocketsphinx.")

    noise = sound(tmp_path / "noise.wav", lambda second: 0.1 * math.sin(2 * math.pi * 220 * second))
    with opened(tmp_path, deaf) as page, served(page) as port:
        did = seen("page.mjs", "microphone", f"http://127.0.0.1:{port}", str(noise))
    assert did["told"]["message"] == "The coach cannot hear: no module named pocketsphinx."
    assert did["typed"]["coach"].startswith("One band")


def test_a_count_survives_the_network_and_what_was_tapped_is_sent_once(
    see: Callable[..., Any], page: Page
) -> None:
    did = see("gone")
    assert did["counting"]["phase"] == "eccentric"
    assert did["told"]["message"].startswith("The coach does not answer")
    assert did["back"]["message"] == ""
    assert page.sets == [("left", 0, "measured")]


@pytest.mark.long
def test_an_answer_that_was_lost_on_its_way_is_asked_for_again(see: Callable[..., Any], page: Page) -> None:
    did = see("lost")
    assert did["nth"] == 2
    assert page.sets == [("left", 0, "measured")]


def test_a_phone_shows_leg_and_rep_stays_awake_and_its_keys_pause_and_end_a_set(
    see: Callable[..., Any], page: Page
) -> None:
    did = see("device")
    assert did["inSet"] == "Rep 2, left leg"
    assert did["paused"] == "paused"
    assert did["rest"] == "Rest, then right leg"
    assert did["awake"] == ["on", "on", "off"], "again after it was looked away from"
    assert did["shakes"][0] == [60]
    assert did["faults"] == []
    assert [each["errorId"] for each in did["install"] if each["errorId"] != "in-incognito"] == []
    assert page.sets[0] == ("left", 1, "measured")


@pytest.mark.long
def test_the_lock_screen_and_the_app_speak_the_pages_language(see: Callable[..., Any]) -> None:
    did = see("device", "de-DE")
    assert (did["inSet"], did["rest"]) == ("Nr. 2, linkes Bein", "Pause, dann rechtes Bein")
    assert (did["name"], did["album"]) == ("Po-Coach", "Po-Coach")


@pytest.mark.long
def test_a_browser_without_any_of_it_trains_as_well(see: Callable[..., Any]) -> None:
    did = see("plain")
    assert did["seen"]["state"] == "set"
    assert did["wrong"] == []


@pytest.mark.long
def test_one_rep_is_tried_the_leg_is_seen_to_lift_and_a_number_is_put_right_by_tapping(
    see: Callable[..., Any], page: Page
) -> None:
    did = see("taps")
    assert did["tried"]["coach"].startswith("That is one rep")
    assert did["tried"]["button"] == "Start"
    lowered, held = did["turns"]
    assert held < lowered - 20
    assert page.sets[0] == ("left", 1, "corrected")


@pytest.mark.long
def test_the_microphone_arrives_as_16_khz_whatever_its_own_rate(tmp_path: Path) -> None:
    ears = Prompter()
    heard: list[bytes] = []
    hear = ears.hear
    ears.hear = lambda pcm, *of: (heard.append(pcm), hear(pcm, *of))[1]  # type: ignore[method-assign]
    tone = sound(tmp_path / "tone.wav", lambda second: 0.5 * math.sin(2 * math.pi * 1000 * second))
    with opened(tmp_path, lambda _: ears) as page, served(page) as port:
        seen("page.mjs", "listen", f"http://127.0.0.1:{port}", str(tone))
    pcm = np.frombuffer(b"".join(heard)[16_000:80_000], "<i2").astype(float)
    before = np.flatnonzero((pcm[:-1] < 0) & (pcm[1:] >= 0))
    rises = before + pcm[before] / (pcm[before] - pcm[before + 1])
    # The middle one of all waves: a busy machine swallows some now and then, another rate would change each of them.
    assert 16_000 / np.median(np.diff(rises)) == pytest.approx(1000, rel=0.005)


def shout(second: float) -> float:
    """A wavering voice at eight times full scale: steady tones are noise to a browser, which takes them away."""
    return 8 * math.sin(2 * math.pi * (180 + 60 * math.sin(9 * second)) * second)


def sound(path: Path, shape: Callable[[float], float], seconds: int = 10, rate: int = 48_000) -> Path:
    """A WAV of this shape, held at full scale where it is louder."""
    values = (max(-1.0, min(1.0, shape(nth / rate))) for nth in range(seconds * rate))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", round(value * 32767)) for value in values))
    return path
