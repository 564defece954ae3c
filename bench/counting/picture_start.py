"""How late the clock of a count's screen starts once its directive has come, in Amazon's viewhost in Chromium.

`python -m bench.counting.picture_start`
"""

import json
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from rules.files.exercise import load_exercises
from skill.alexa.apl.screen import screen_of
from skill.coach.messages.reply import Count, Reply
from skill.locales.words import load

CLIENTS: Final = Path(__file__).parents[2] / "tests" / "clients"
COUNT: Final = Count("glute_raise", "left", True, 10_000, 3000, 3000, 1, 25, "t", "red", 1)
VIEWPORTS: Final = (
    {"width": 480, "height": 480, "shape": "round", "mode": "hub"},
    {"width": 1024, "height": 600, "shape": "rectangle", "mode": "hub"},
    {"width": 960, "height": 540, "shape": "rectangle", "mode": "tv"},
)
TIMES: Final = 6
TOLD_AFTER_MS: Final = 700
"""The screen tells the skill at this place of its own clock."""


def starts_ms() -> list[float]:
    """From the directive to the document's time zero, for each of the viewports `TIMES` times."""
    document, data = screen_of(Reply((), count=COUNT), load_exercises(), load(), "1.4")
    told = {"document": document, "data": {**data, "over": TOLD_AFTER_MS}, "real": True}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([told | {"viewport": each} for each in VIEWPORTS * TIMES], file)
        file.flush()
        run = ["node", "screens.mjs", file.name]
        out = subprocess.run(run, cwd=CLIENTS, check=True, capture_output=True, text=True).stdout
    sent = [json.loads(line)["shown"][0]["sent"][0]["at"] for line in out.splitlines()]
    return [at - TOLD_AFTER_MS for at in sent]


if __name__ == "__main__":
    found = starts_ms()
    print(f"{min(found):.0f} to {max(found):.0f} ms, median {median(found):.0f} ms of {len(found)}")
