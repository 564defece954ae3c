"""The README's picture of the exercise, from the drawings that the page shows: `python -m tools.exercise_picture`."""

from html import escape
from pathlib import Path
from typing import Final

from rules.files.exercise import load_exercises
from skill.coach.brain import DEFAULT_EXERCISE
from skill.drawings.mistake import both
from skill.drawings.pose import pose
from skill.drawings.svg import beside, svg
from skill.locales.words import load

FILE: Final = Path(__file__).parents[1] / "docs" / "exercise.svg"
BAND: Final = "#d9302c"
WIDTH: Final = 960
HEIGHT: Final = 280
CAPTION: Final = 'text-anchor="middle" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="17"'


def picture() -> str:
    """The leg lowered and lifted, with the band where it is worn, and what to do when the lower back hurts."""
    exercise, said = load_exercises()[DEFAULT_EXERCISE], load("en-US").data["screen"]
    drawn, poses = pose(exercise.drawing), both(exercise)
    assert drawn is not None
    assert poses is not None
    names = (said["mistake_wrong"], said["mistake_right"])
    parts = (
        (10, 330, svg(drawn, "The leg lowered", 0.0, BAND), said["worn_at"]),
        (345, 330, svg(drawn, "The leg lifted", 1.0, BAND), "Lift for 1, hold for 2, lower for 3 seconds"),
        (700, 250, beside(poses, said["mistake"], names, moves=False), "When the lower back hurts"),
    )
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" rx="16" fill="#ffffff"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" color="#1d2329">{paper}'
        + "".join(_placed(*each) for each in parts)
        + "</svg>\n"
    )


def _placed(x: int, width: int, drawing: str, caption: str) -> str:
    place = f'<svg x="{x}" y="20" width="{width}" height="205" '
    text = f'<text x="{x + width / 2:g}" y="255" fill="#1d2329" {CAPTION}>{escape(caption)}</text>'
    return drawing.replace("<svg ", place, 1) + text


if __name__ == "__main__":
    FILE.write_text(picture(), "utf-8")
