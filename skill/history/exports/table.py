"""The record as a table, one row a set, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Final

from skill.history.exports.done import Done

COLUMNS: Final = (
    "workout",
    "started",
    "exercise",
    "round",
    "side",
    "band",
    "worn_at",
    "reps",
    "ended",
    "seconds",
    "pain",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def table(workouts: Iterable[Done], zone: tzinfo) -> str:
    """CSV with a header; `started` is when the set began in the trainee's own time, `pain` is of the whole workout."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for nth, workout in enumerate(workouts, start=1):
        for each in workout.sets:
            started = datetime.fromtimestamp(each.starts_at, zone).isoformat()
            seconds, pain = each.ends_at - each.starts_at, "yes" if workout.had_pain else "no"
            row = (nth, started, workout.exercise, each.round, each.side, each.band, each.worn_at)
            writer.writerow([_plain(cell) for cell in (*row, each.reps, each.ended, seconds, pain)])
    return text.getvalue()


def _plain(cell: int | str) -> int | str:
    """A cell that no spreadsheet calculates, whatever somebody has named a band."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
