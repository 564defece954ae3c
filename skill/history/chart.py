"""The charts: a leg's fresh sets against the window, and workouts a week against what is asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Final

from skill.coach.state import FreshResult
from skill.history.record import History, Past
from skill.history.svg import ACCENT, INK, LINE, PAIN, PAPER, SOFT, WINDOW, drawing, element, label
from skill.history.words import Words
from skill.locales.colours import colour_of

WIDTH: Final = 720
LEG_HEIGHT: Final = 264
WEEKS_HEIGHT: Final = 164
LEFT: Final = 44
RIGHT: Final = 34
TOP: Final = 58
BOTTOM: Final = 34
MOST_SHOWN: Final = 104
"""Workouts on a chart: a year of two a week."""
MOST_WEEKS: Final = 104
"""Weeks on a chart: a clock that was wrong once must not stretch it over centuries."""
NAMED_REPS: Final = 30
"""Dots that still have room for their number."""
LETTER: Final = 7
"""About the width of a letter."""
NAME_ROWS: Final = 2
ROW_HEIGHT: Final = 14
NOT_JUDGED: Final = frozenset({"chose_to_stop", "off_tempo", "interrupted", "ended_by_pain"})


@dataclass(frozen=True)
class Axes:
    """Where a day and a number of reps lie."""

    first: date
    last: date
    most: int
    height: int

    def x(self, day: date) -> float:
        """The place of a day; a day by itself stands in the middle, where a phone shows it however it is scrolled."""
        days = (self.last - self.first).days
        if not days:
            return WIDTH / 2
        inner = WIDTH - LEFT - RIGHT - 24
        return LEFT + 12 + inner * (day - self.first).days / days

    def y(self, value: float) -> float:
        """The height of a number."""
        inner = self.height - TOP - BOTTOM
        return self.height - BOTTOM - inner * value / self.most


def shown(past: History) -> tuple[Past, ...]:
    """The workouts that the charts have room for."""
    return past.workouts[-MOST_SHOWN:]


def leg_chart(past: History, side: str, words: Words) -> str:
    """One leg's fresh sets over time: its band by colour, the window behind, changes and pain marked."""
    workouts = shown(past)
    sets = [(each, each.fresh[side]) for each in workouts if side in each.fresh]
    window = past.exercise.window
    most = max([window.high + 5, *(fresh.reps + 4 for _, fresh in sets)])
    days = [each.day.date() for each in workouts]
    axes = Axes(min(days), max(days), most, LEG_HEIGHT)
    parts = [
        label(
            LEFT - 30,
            22,
            words("fresh_title", side=words.side(side)),
            size=16,
            font_weight="600",
            class_="title",
        ),
        *_window(axes, window.low, window.high, words),
        *_days(axes, [each.day.date() for each in workouts], words),
        *_line(axes, sets),
        *_changes(axes, workouts, side, words),
        *(_pain(axes, each, words) for each in workouts if each.had_pain),
        *(_dot(axes, each, fresh, words, len(sets) <= NAMED_REPS) for each, fresh in sets),
    ]
    values = ", ".join(words.fresh(each, fresh) for each, fresh in sets)
    said = words("fresh_said", side=words.side(side), values=values)
    return drawing(WIDTH, LEG_HEIGHT, "".join(parts), said)


def weeks_chart(past: History, words: Words) -> str:
    """Workouts in each week of the time shown, against what the exercise asks for."""
    counts = _weeks(shown(past))
    most = max([past.exercise.per_week + 1, *counts.values()])
    days = list(counts)
    axes = Axes(days[0], days[-1], most, WEEKS_HEIGHT)
    aim_y = axes.y(past.exercise.per_week)
    wide = max(2.0, min(26.0, (WIDTH - LEFT - RIGHT) / len(counts) * 0.7))
    parts = [label(LEFT - 30, 22, words("weeks_title"), size=16, font_weight="600", class_="title")]
    for day, count in counts.items():
        said = element("title", escape(f"{words.day(day)}: {count}"))
        bar = {
            "x": axes.x(day) - wide / 2,
            "y": axes.y(count),
            "width": wide,
            "height": axes.y(0) - axes.y(count),
        }
        parts.append(element("rect", said, fill=ACCENT, rx=2, **bar) if count else "")
    parts += [
        element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=aim_y, y2=aim_y, stroke=INK, stroke_dasharray="5 4"),
        label(
            WIDTH - RIGHT,
            aim_y - 5,
            words("aim", per_week=past.exercise.per_week),
            fill=INK,
            text_anchor="end",
        ),
        *(mark for n in range(most + 1) for mark in _scale(axes, n)),
        *_days(axes, days, words),
    ]
    values = ", ".join(f"{words.day(day)}: {count}" for day, count in counts.items())
    return drawing(WIDTH, WEEKS_HEIGHT, "".join(parts), words("weeks_said", values=values))


def _weeks(workouts: tuple[Past, ...]) -> dict[date, int]:
    """The Monday of each week of the workouts, the last of them if they are many, and its workouts."""
    mondays = [each.day.date() - timedelta(days=each.day.weekday()) for each in workouts]
    last = max(mondays)
    weeks = min(MOST_WEEKS, (last - min(mondays)).days // 7 + 1)
    counts = Counter(mondays)
    every = (last - timedelta(weeks=nth) for nth in reversed(range(weeks)))
    return {monday: counts[monday] for monday in every}


def _window(axes: Axes, low: int, high: int, words: Words) -> Iterator[str]:
    """The window as a band across the chart, half a rep beyond on both sides so that dots on its edge lie in it."""
    top, bottom = axes.y(high + 0.5), axes.y(low - 0.5)
    yield element("rect", x=LEFT, y=top, width=WIDTH - LEFT - RIGHT, height=bottom - top, fill=WINDOW)
    said = words("window", low=low, high=high)
    yield element("rect", x=WIDTH - RIGHT - 150, y=11, width=18, height=13, fill=WINDOW, stroke=LINE)
    yield label(WIDTH - RIGHT - 126, 22, said, fill=SOFT)
    for value in range(0, axes.most + 1, 5):
        yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=axes.y(value), y2=axes.y(value), stroke=LINE)
        yield from _scale(axes, value)


def _scale(axes: Axes, value: int) -> Iterator[str]:
    """A number of the scale at both ends: on a phone one of them is out of sight."""
    yield label(LEFT - 8, axes.y(value) + 4, str(value), fill=SOFT, text_anchor="end")
    yield label(WIDTH - RIGHT + 8, axes.y(value) + 4, str(value), fill=SOFT)


def _days(axes: Axes, days: Sequence[date], words: Words) -> Iterator[str]:
    """The first and the last day, and two between where there is room."""
    days = sorted(set(days))
    wanted = {days[0], days[-1], *(days[len(days) * nth // 3] for nth in (1, 2) if len(days) > 6)}
    for day in sorted(wanted):
        anchor = (
            "middle"
            if len(wanted) == 1
            else "start"
            if day == days[0]
            else "end"
            if day == days[-1]
            else "middle"
        )
        said = words.day(day, has_year=day in (days[0], days[-1]))
        yield label(axes.x(day), axes.height - BOTTOM + 20, said, fill=SOFT, text_anchor=anchor)


def _line(axes: Axes, sets: list[tuple[Past, FreshResult]]) -> Iterator[str]:
    """The dots joined, as far as the band is the same: reps on two bands cannot be compared."""
    run: list[str] = []
    before = ""
    for each, fresh in [*sets, (None, None)]:
        if fresh is None or fresh.band != before:
            if len(run) > 1:
                yield element("polyline", points=" ".join(run), fill="none", stroke=SOFT, stroke_width=1.5)
            run = []
        if each is not None and fresh is not None:
            run.append(f"{axes.x(each.day.date()):.1f},{axes.y(fresh.reps):.1f}")
            before = fresh.band


def _changes(axes: Axes, workouts: Sequence[Past], side: str, words: Words) -> Iterator[str]:
    """Where the band changed. Its name stands in the first row with room; without room the line and reason remain."""
    free_from = [0.0] * NAME_ROWS
    for past in workouts:
        for change in past.changes:
            if change.side != side:
                continue
            x, band = axes.x(past.day.date()), words.band_on_chart(change.to_band)
            width = LETTER * len(band) + 8
            starts = min(x + 4, WIDTH - RIGHT - width)
            row = next((nth for nth, free in enumerate(free_from) if starts >= free), None)
            name = ""
            if row is not None:
                free_from[row] = starts + width
                name = label(starts, TOP - 4 - row * ROW_HEIGHT, band)
            yield _change(axes, x, words.change(past, change), name)


def _change(axes: Axes, x: float, reason: str, name: str) -> str:
    said = element("title", escape(reason))
    line = element("line", x1=x, x2=x, y1=TOP - 2, y2=axes.y(0), stroke=INK, stroke_dasharray="2 3")
    return element("g", said + line + name)


def _pain(axes: Axes, past: Past, words: Words) -> str:
    said = element("title", escape(f"{words.day(past.day)}: {words('pain_said')}"))
    x, y = axes.x(past.day.date()), axes.y(0) - 9
    cross = f"M{x - 5:.1f},{y - 5:.1f} l10,10 m0,-10 l-10,10"
    return element("path", said, d=cross, stroke=PAIN, stroke_width=3, fill="none")


def _dot(axes: Axes, past: Past, fresh: FreshResult, words: Words, is_named: bool) -> str:
    x, y = axes.x(past.day.date()), axes.y(fresh.reps)
    said = element("title", escape(words.fresh(past, fresh)))
    look: dict[str, str | float] = {"fill": colour_of(fresh.band), "stroke": INK, "stroke_width": 1.5}
    if fresh.ended in NOT_JUDGED:
        look |= {"fill": PAPER, "stroke": colour_of(fresh.band), "stroke_width": 3}
    if fresh.ended == "could_do_more":
        shape = element("path", said, d=f"M{x:.1f},{y - 8:.1f} l8,13 h-16 z", **look)
    else:
        shape = element("circle", said, cx=x, cy=y, r=6.5 if is_named else 4.5, **look)
    name = label(x, y - 11, str(fresh.reps), size=12, text_anchor="middle") if is_named else ""
    return shape + name
