"""The glute raise in few repetitions, for workouts that are played in their own time: a file of one's own."""

import json
from pathlib import Path
from typing import Final

import yaml

from rules.files import exercise

SHIPPED: Final = Path(exercise.__file__).parents[1] / "exercises" / "glute_raise.yaml"
ROUNDS: Final = 2
SHORT: Final = {
    "sets": ROUNDS,
    "window": {"low": 7, "high": 9},
    "cap": 12,
    "rest": {
        "between_sides": 5,
        "band_change": 20,
        "between_rounds": 20,
        "before_repeat": 5,
        "warn_at": [10],
    },
}
"""What makes it short. All else is that of the coach's own: its tempo, so that the count is the same, and its words."""


def short_raise(folder: Path) -> Path:
    """The folder that a coach is given as its exercises; the file takes the place of the coach's own."""
    folder.mkdir()
    described = yaml.safe_load(SHIPPED.read_text("utf-8"))
    (folder / SHIPPED.name).write_text(json.dumps(described | SHORT), "utf-8")
    return folder
