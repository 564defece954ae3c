"""Draw the screens of docs/screens with Amazon's own viewhost: `python -m tests.alexa.draw_screens`.

A locale and a folder draw them in another language elsewhere: `... de-DE /tmp/screens`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from rules.files.exercise import load_exercises
from skill.alexa.apl.screen import screen_of
from skill.coach.messages.reply import Count, Line, Reply
from skill.locales.words import DEFAULT, load
from tests.parts import CLIENTS, found

ROOT = Path(__file__).parent.parent.parent
VIEWPORTS = {
    "hub_round": {"width": 480, "height": 480, "shape": "round", "mode": "hub"},
    "small": {"width": 960, "height": 480, "shape": "rectangle", "mode": "hub"},
    "medium": {"width": 1024, "height": 600, "shape": "rectangle", "mode": "hub"},
    "large": {"width": 1280, "height": 800, "shape": "rectangle", "mode": "hub"},
    "tv": {"width": 960, "height": 540, "shape": "rectangle", "mode": "tv"},
    "portrait": {"width": 600, "height": 1024, "shape": "rectangle", "mode": "hub"},
}
COUNT = Count("glute_raise", "left", True, 10_000, 3000, 3000, 1, 25, "t", "red", 1)
READY = Line("say_ready")
SUMMARY = (
    Line("done", {"sets": 6, "left": (13, 12, 10), "right": (15, 13, 12)}),
    Line("fresh_reps_of_two", {"reps": 13, "other_reps": 15, "on_side": "left", "on_other_side": "right"}),
    Line("band_stays", {"band": "red"}),
    Line("next_workout", {"day": 739_316}),
)
SCREENS = {
    "rest": (Reply((), count=COUNT), 4000),
    "set": (Reply((), count=COUNT), 28_500),
    "before": (Reply((Line("first_band", {"band": "red"}),), READY), 100),
    "after": (Reply(SUMMARY, ends=True), 100),
    "asked": (Reply((Line("paused", {"reps": 7}),), Line("say_resume")), 100),
    "put_right": (Reply((Line("cue.glute_raise.pelvic_tilt"),), Line("how_is_it")), 100),
    "on_hold": (Reply((Line("on_hold"),), Line("has_it_gone")), 100),
    "history": (
        Reply(
            (
                Line("fresh_set_more", {"side": "left", "reps": 14, "band": "red", "difference": 2}),
                Line("fresh_set_same", {"side": "right", "reps": 15, "band": "red"}),
            )
        ),
        100,
    ),
}


def jobs(name: str, folder: Path, screens: dict[str, tuple[Reply, int]] = SCREENS) -> list[dict]:
    """Each screen at every viewport."""
    exercises, locale, wanted = load_exercises(), load(name), []
    for screen, (reply, at) in screens.items():
        document, data = screen_of(reply, exercises, locale, "1.4")
        for device, viewport in VIEWPORTS.items():
            png = str(folder / f"{screen}-{device}.png")
            wanted.append(
                {"document": document, "data": data, "viewport": viewport, "at": [0, at], "png": png}
            )
    return wanted


def rendered(wanted: list[dict]) -> list[dict]:
    """What the viewhost shows of each job, at each of its instants, and what went wrong."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(wanted, file)
        file.flush()
        run = [found("node"), "screens.mjs", file.name]
        out = subprocess.run(run, cwd=CLIENTS, check=True, capture_output=True, text=True, timeout=600).stdout
    return [json.loads(line) for line in out.splitlines()]


if __name__ == "__main__":
    chosen, folder = sys.argv[1:3] or (DEFAULT, ROOT / "docs" / "screens")
    Path(folder).mkdir(exist_ok=True)
    rendered(jobs(chosen, Path(folder).resolve()))
