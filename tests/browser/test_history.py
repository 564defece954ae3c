"""The history in a real browser: a workout written down by hand, and a number put right by tapping."""

import os
from pathlib import Path

import pytest

from tests.browser.chromium import seen
from tests.speaker.page.opened import opened, served

SCREENS = [
    "390 844 light",
    *(pytest.param(each, marks=pytest.mark.long) for each in ("768 1024 dark", "1280 800 light")),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_workout_is_written_down_by_hand_and_a_number_of_it_put_right_by_tapping(
    screen: str, tmp_path: Path
) -> None:
    with opened(tmp_path) as page, served(page) as port:
        pictures = os.environ.get("PICTURES", "")
        did = seen("page.mjs", "history", f"http://127.0.0.1:{port}", pictures, *screen.split())
    assert did["withoutBands"].startswith("Start a workout once and name your bands.")
    assert did["refused"] == "A workout needs at least one set."
    assert did["kept"] == "Red again next time."
    assert len([each for each in did["sets"] if "reps" in each]) == 5
    assert did["said"]
    assert [each for each in did["states"] if each["grave"] or each["isWide"]] == []
    assert did["wrong"] == []
