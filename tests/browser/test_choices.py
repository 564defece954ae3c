"""What a trainee chooses and puts right by tapping: the voice, the counting style, a number on the card."""

from pathlib import Path

from skill.people.registry import Registry
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds
from tests.browser.chromium import seen
from tests.speaker.page.opened import Beep, opened, served


def test_a_number_on_the_card_of_a_finished_workout_is_put_right_by_tapping(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as page, served(page) as port:
        did = seen("page.mjs", "card", f"http://127.0.0.1:{port}")
        (stored,) = page.coach.store.workouts(LOCAL_USER)
    assert did["before"] == [["8", "8", "8"], ["8", "8", "8"]]
    assert did["after"] == [["8", "8", "7"], ["8", "8", "8"]]
    assert (did["grave"], did["isWide"]) == ([], False)
    assert [each["reps"] for each in stored["sets"] if each["side"] == "left"] == [8, 8, 7]


def test_voice_and_counting_style_are_chosen_in_the_settings_and_stay(tmp_path: Path) -> None:
    sounds = Sounds(Beep(), others={"espeak:en": Beep})
    with opened(tmp_path, sounds=sounds) as page, served(page) as port:
        did = seen("page.mjs", "settings", f"http://127.0.0.1:{port}")
        (person,) = Registry(page.coach.store).people()
        assert page.coach.state(person.user).form_cues, "taken back after the reload"
    assert did["before"] == {"voices": ["", "espeak:en"], "voice": "", "hasCues": True}
    assert "just" in did["coach"].lower()
    assert did["answers"] == ["Start"]
    assert did["after"] == {"voices": ["", "espeak:en"], "voice": "espeak:en", "hasCues": False}
    assert person.settings.voice == "espeak:en"
    assert {"This browser's", "Deutsch (Deutschland)", "British English"} <= {*did["languages"]}
    assert did["german"] == "Po-Coach"
