"""The history as one picture, for where a page is too much: the charts, the changes of band and the pain under them."""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Final

from skill.history.chart import LEG_HEIGHT, WEEKS_HEIGHT, WIDTH, leg_chart, shown, weeks_chart
from skill.history.record import History
from skill.history.svg import SOFT, drawing, element, label
from skill.history.words import Words

LINE_HEIGHT: Final = 20
LETTERS: Final = 104
MOST_LINES: Final = 14
MARGIN: Final = 14
INDENT: Final = 16
SHARPNESS: Final = 2


class PictureMissing(RuntimeError):
    """No picture can be made here; the message says what to install. The HTML report needs nothing."""


def sheet(past: History, words: Words, today: date) -> str:
    """The picture as SVG."""
    name = past.exercise.id.replace("_", " ")
    parts = [label(MARGIN, 30, words("title"), size=20, font_weight="600")]
    made_on = words("made_on", exercise=name[:1].upper() + name[1:], day=words.day(today))
    parts.append(label(MARGIN, 52, made_on, fill=SOFT))
    height = 66.0
    for chart, tall in _charts(past, words):
        parts.append(element("g", chart, transform=f"translate(0 {height})"))
        height += tall
    for line in _lines(past, words):
        height += LINE_HEIGHT
        indent = INDENT if line.startswith(" ") else 0
        parts.append(label(MARGIN + indent, height, line.strip()))
    return drawing(WIDTH, height + MARGIN, "".join(parts), made_on)


def png(picture: str) -> bytes:
    """The picture as PNG, twice as sharp as its size. Raises PictureMissing: the renderer is not installed."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise PictureMissing(
            "A PNG needs the report extra: pip install 'hands-free-band-coach[report]'. Or choose a name in .html."
        ) from error
    return bytes(svg_to_bytes(svg_string=picture, zoom=SHARPNESS, font_family="DejaVu Sans"))


def _charts(past: History, words: Words) -> Iterator[tuple[str, int]]:
    if past.workouts:
        for side in past.exercise.sides:
            if any(side in each.fresh for each in shown(past)):
                yield leg_chart(past, side, words), LEG_HEIGHT
        yield weeks_chart(past, words), WEEKS_HEIGHT


def _lines(past: History, words: Words) -> Iterator[str]:
    """The latest changes and pains in their order, as many as fit whole, what goes on indented; then the disclaimer."""
    if not past.workouts:
        yield words("empty")
    said = []
    for each in past.workouts:
        said += [words.change(each, change) for change in each.changes]
        said += [f"{words.day(each.day)}: {words('pain_said')}."] if each.had_pain else []
    room, shown_lines = MOST_LINES, list[str]()
    for one in reversed(said):
        lines = wrap(one, LETTERS, subsequent_indent=" ")
        room -= len(lines)
        if room < 0:
            break
        shown_lines = lines + shown_lines
    yield from shown_lines
    yield words("disclaimer")
