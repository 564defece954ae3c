"""The ring on an Echo Show stands where the count is, drawn by Amazon's own renderer."""

import json
import random
import subprocess

import pytest

from rules.files.exercise import load_exercises
from skill.alexa.apl.screen import screen_of
from skill.coach.reply import Reply
from skill.locales.words import load
from tests.alexa.draw_screens import COUNT, ROOT, VIEWPORTS

pytestmark = pytest.mark.long


def test_the_ring_is_at_the_phase_second_and_rep_of_the_count(tmp_path):
    exercise, locale = load_exercises()["glute_raise"], load()
    begins, rep_ms = COUNT.rest_ms + exercise.lead_in_s * 1000, exercise.rep_s * 1000
    end = begins + COUNT.count_to * rep_ms
    instants = sorted(random.Random(1).sample(range(begins, end), 20))
    document, data = screen_of(Reply((), count=COUNT), {"glute_raise": exercise}, locale, "1.4")
    job = {"document": document, "data": data, "viewport": VIEWPORTS["hub_round"], "at": [0, *instants]}
    (tmp_path / "jobs.json").write_text(json.dumps([job]))
    run = ["node", "screens.mjs", str(tmp_path / "jobs.json")]
    out = subprocess.run(
        run, cwd=ROOT / "tests" / "clients", check=True, capture_output=True, text=True
    ).stdout
    for shown in json.loads(out)["shown"][1:]:
        rep, into = divmod(shown["at"] - begins, rep_ms)
        phase, second = next(
            (each.word, (into - start) // 1000 + 1)
            for each, start in zip(exercise.tempo, (0, 1000, 3000), strict=True)
            if start <= into < start + each.seconds * 1000
        )
        assert shown["texts"] == [locale.data["words"]["cues"][phase], str(second), f"rep {rep + 1}"]
