"""The history as a page: charts, then all in text, since neither colour nor a pointer may be needed to read it."""

from collections.abc import Iterator
from datetime import date
from html import escape
from importlib import resources
from typing import Final

from rules.files.exercise import Exercise
from skill.coach.state import SetDone
from skill.drawings.mistake import both
from skill.drawings.pose import Pose, pose
from skill.drawings.svg import beside, svg
from skill.history.chart import leg_chart, shown, weeks_chart
from skill.history.record import History, Past
from skill.history.svg import INK, drawing, element
from skill.history.words import Words
from skill.locales.colours import colour_of

BAND: Final = "#d9302c"
HELD: Final = 1.0


def how_it_is_done(exercise: Exercise, words: Words) -> str:
    """The section on how the exercise is done: its drawings; "" for an exercise without one."""
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
        yield _drawn(svg(found, f"{name}: {caption}", HELD, BAND, place), caption)
    if (poses := both(exercise)) is not None:
        names = (said["mistake_wrong"], said["mistake_right"])
        yield _drawn(beside(poses, said["mistake"], names, moves=False), words("mistake_caption"))


def _drawn(markup: str, caption: str) -> str:
    return f"<figure>{markup}<figcaption>{escape(caption)}</figcaption></figure>"


STYLE: Final = "report.css"
ICON_ADDRESS: Final = "/speaker/icon.svg"


def style() -> str:
    """The style of the page and of the report."""
    return (resources.files("skill.history") / STYLE).read_text("utf-8")


def whole(past: History, words: Words, today: date) -> str:
    """The report as one file that needs nothing beside it."""
    return _page(past, words, today, f"<style>{style()}</style>", "")


def linked(past: History, words: Words, today: date, style_address: str, back_address: str) -> str:
    """The page, its style by address, with a way back."""
    link = (
        f'<link rel="icon" href="{escape(ICON_ADDRESS)}" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{escape(style_address)}">'
    )
    back = f'<nav><a href="{escape(back_address)}">{escape(words("back"))}</a></nav>'
    return _page(past, words, today, link, back)


def _page(past: History, words: Words, today: date, style_element: str, back: str) -> str:
    title = escape(words("title"))
    return (
        f'<!doctype html>\n<html lang="{words.locale.name}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n{style_element}\n</head>\n<body class="alone">\n{back}'
        f'<main class="history">\n{inner(past, words, today)}</main>\n</body>\n</html>\n'
    )


def inner(past: History, words: Words, today: date, form: str = "") -> str:
    """What stands on the page, for a page of somebody else's.

    Where that page takes what is written down, `form` is for a workout by hand, and each set's number can be changed.
    """
    name = past.exercise.id.replace("_", " ")
    made_on = escape(words("made_on", exercise=name[:1].upper() + name[1:], day=words.day(today)))
    head = f'<h1>{escape(words("title"))}</h1>\n<p class="made">{made_on}</p>\n'
    return head + "".join(_body(past, words, form))


def _body(past: History, words: Words, form: str) -> Iterator[str]:
    if past.unreadable:
        yield _paragraph(words("unreadable", count=past.unreadable))
    if not past.workouts:
        yield _paragraph(words("empty")) + _paragraph(words("empty_next")) + form
        yield how_it_is_done(past.exercise, words)
        return
    if len(past.workouts) > len(shown(past)):
        yield _paragraph(words("earlier", shown=len(shown(past)), all=len(past.workouts)))
    for side in past.exercise.sides:
        if any(side in each.fresh for each in shown(past)):
            title = words("fresh_title", side=words.side(side))
            yield _figure(title, leg_chart(past, side, words))
    yield _figure(words("weeks_title"), weeks_chart(past, words))
    changes = [words.change(each, change) for each in past.workouts for change in each.changes]
    yield _section(words("changes_title"), _list(changes))
    pains = [words("pain_on", day=words.day(each.day)) for each in past.workouts if each.had_pain]
    yield _section(words("pain_title"), _list(pains) if pains else _paragraph(words("no_pain")))
    yield _section(words("sets_title"), _opened(past, words, can_change=bool(form)) + form)
    yield _section(words("table_title"), _table(past, words))
    yield how_it_is_done(past.exercise, words)
    yield _section(words("how_title"), _paragraph(_how(past, words)) + _paragraph(words("disclaimer")))
    yield f'<p class="screen">{escape(words("print"))}</p>\n'


def _figure(title: str, chart: str) -> str:
    """A chart; wider than a phone, where it scrolls (by keyboard too) below a title that stays."""
    caption = f'<figcaption aria-hidden="true">{escape(title)}</figcaption>'
    return f'<figure>{caption}<div class="chart" tabindex="0">{chart}</div></figure>\n'


def _opened(past: History, words: Words, *, can_change: bool) -> str:
    """Each workout to be opened set by set, with the reasons of what changed in it, newest first."""
    opened = []
    for each in reversed(shown(past)):
        sets = (done for done in each.every if done.ended != "skipped")
        lines = [_set(done, each, words, can_change and not done.tried_again) for done in sets]
        lines += [escape(words.change(each, change)) for change in each.changes]
        legs = ", ".join(
            words(
                "leg_in_short", side=words.side(side), reps=fresh.reps, band=words.band_on_chart(fresh.band)
            )
            for side, fresh in each.fresh.items()
        )
        head = escape(words("opened", day=words.day(each.day), legs=legs))
        items = "".join(f"<li>{line}</li>" for line in lines)
        opened.append(
            f'<details data-of="{escape(each.id)}"><summary>{head}</summary><ul>{items}</ul></details>\n'
        )
    return f'<div class="screen">{"".join(opened)}</div>'


def _set(done: SetDone, past: Past, words: Words, can_change: bool) -> str:
    """A set in one line; its number is a button where it can be put right."""
    said = escape(words.one_set(done))
    if not can_change:
        return said
    named = escape(words("change_number", set=words.one_set(done)))
    where = f'data-workout="{escape(past.id)}" data-side="{done.side}" data-round="{done.round}"'
    shown_as = f'aria-label="{named}" data-reps="{done.reps}"'
    button = f'<button type="button" class="change" {where} {shown_as}>{escape(words("change"))}</button>'
    return f"<span>{said}</span> {button}"


def _how(past: History, words: Words) -> str:
    seconds: dict[str, object] = {each.word: each.seconds for each in past.exercise.tempo}
    said = ", ".join(f"{words.locale.data['words']['cues'][word]} {each}" for word, each in seconds.items())
    return words("how", tempo=said)


def _table(past: History, words: Words) -> str:
    columns = words.own["columns"]
    sides = past.exercise.sides
    heads = [columns["day"], columns["sets"], *(words.side(side) for side in sides), columns["pain"]]
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    rows = "".join(_row(each, past, words) for each in reversed(past.workouts))
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(words("table_title"))}">' + (
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _row(each: Past, past: History, words: Words) -> str:
    cells = [str(each.sets)]
    for side in past.exercise.sides:
        fresh = each.fresh.get(side)
        band = words.band_on_chart(fresh.band) if fresh else ""
        cells.append(f"{_swatch(fresh.band)} {escape(band)} {fresh.reps}" if fresh else "")
    cells.append(escape(words("reported")) if each.had_pain else "")
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(words.day(each.day))}</th>{body}</tr>'


def _swatch(band: str) -> str:
    dot = element("circle", cx=7, cy=7, r=6, fill=colour_of(band), stroke=INK)
    return drawing(14, 14, dot, "")


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{content}</section>\n"


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>\n"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>\n"
