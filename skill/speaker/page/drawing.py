"""The drawing of an exercise that stands beside the count."""

from rules.files.exercise import Exercise
from skill.coach.messages.reply import Reply
from skill.drawings.mistake import put_right_by
from skill.drawings.pose import pose
from skill.drawings.svg import beside, svg
from skill.locales.colours import colour_of
from skill.locales.words import Locale


def drawing(exercise: Exercise, side: str, rung: str, locale: Locale) -> str:
    """SVG markup of a leg that does the exercise, with its band where it is worn; no rung draws no band.

    "" where an exercise has no drawing: the page shows the ring alone. While a set is counted, the page moves the
    leg with the count (`static/figure.js`).
    """
    found = pose(exercise.drawing)
    if found is None:
        return ""
    label = locale.data["words"]["exercises"].get(exercise.id, "")
    colour = colour_of(rung) if rung else ""
    return svg(found, label, 0, colour, rung.partition("@")[2], mirrored=side == "right")


def put_right(exercise: Exercise, reply: Reply, locale: Locale) -> str:
    """SVG markup of the mistake that the answer puts right, and of the right way; "" where it puts none right."""
    found = put_right_by((line.key for line in reply.lines), exercise)
    if found is None:
        return ""
    said = locale.data["screen"]
    return beside(found, said["mistake"], (said["mistake_wrong"], said["mistake_right"]), moves=True)
