"""The exercise in the report: its drawing with the band at each place, and what is put right when the back hurts."""

from collections.abc import Iterator
from html import escape
from typing import Final

from rules.files.exercise import Exercise
from skill.drawings.mistake import beside, both
from skill.drawings.pose import Pose, pose
from skill.drawings.svg import svg
from skill.history.words import Words

BAND: Final = "#d9302c"
HELD: Final = 1.0


def how_it_is_done(exercise: Exercise, words: Words) -> str:
    """The section; "" for an exercise without a drawing."""
    found = pose(exercise.drawing)
    if found is None:
        return ""
    figures = "".join(_figures(found, exercise, words))
    return (
        f'<section><h2>{escape(words("exercise_title"))}</h2>\n<div class="drawn">{figures}</div></section>\n'
    )


def _figures(found: Pose, exercise: Exercise, words: Words) -> Iterator[str]:
    said = words.locale.data["screen"]
    name = words.locale.data["words"]["exercises"].get(exercise.id, "")
    for place in ("", *(each for each in exercise.half_steps if each in found.data["bands"])):
        worn = said[f"worn_at_{place}"] if place else said["worn_at"]
        # Where there is one place only, the drawing shows it better than words that were made for ankles.
        caption = worn if exercise.half_steps else name
        yield _figure(svg(found, f"{name}: {caption}", HELD, BAND, place), caption)
    if (poses := both(exercise)) is not None:
        names = (said["mistake_wrong"], said["mistake_right"])
        yield _figure(beside(poses, said["mistake"], names, moves=False), words("mistake_caption"))


def _figure(drawn: str, caption: str) -> str:
    return f"<figure>{drawn}<figcaption>{escape(caption)}</figcaption></figure>"
