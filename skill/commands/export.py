"""`glute-coach export`: what is stored of people, as JSON; and a trainee's record for their other tools."""

import argparse
import json
import re
import sys
import time
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final

from skill.app import App
from skill.commands.coach_options import add_coach, add_user, opened_coach
from skill.history.exports.activity import NotDatable, activity
from skill.history.exports.diary import diary, due_at
from skill.history.exports.done import Done, TimedSet, done
from skill.history.exports.table import table
from skill.history.words import Words, load_words
from skill.store.choose import open_store
from skill.store.schema import export_schema
from skill.store.transfer import record_of, records_of
from skill.store.whole_files import NotWritable, cure, write_whole

FORMATS: Final = ("json", "csv", "fit", "ics")
_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9]+")


class NothingToExport(LookupError):
    """There is no workout of this user that could be written."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "export", help="a trainee's record: JSON, CSV, FIT activities, or a calendar"
    )
    whose = parser.add_mutually_exclusive_group()
    add_user(whose)
    whose.add_argument("--all", action="store_true", help="everybody, one JSON object a line")
    whose.add_argument("--schema", action="store_true", help="the JSON Schema of these objects")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="json",
        help="json: all that is stored. csv: a row for each set. fit: an activity for each workout, for Garmin "
        "Connect, Strava and intervals.icu. ics: a calendar of workouts done and due (default: %(default)s)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="a file; for fit a folder, which is made (default: print it)"
    )
    add_coach(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write or print what was asked for.

    Raises LookupError: nothing is stored of this user. NotWritable: the file cannot be written there. FitMissing,
    CalendarMissing: a library is not installed; the message says how to install it.
    """
    if chosen.schema:
        return _written(json.dumps(export_schema(), indent=1) + "\n", chosen.out)
    if chosen.format == "json":
        return _written(_json(chosen), chosen.out)
    if chosen.all:
        raise ValueError(f"--all is for json; {chosen.format} is of one trainee (--user)")
    with opened_coach(chosen, must_exist=True) as coach:
        workouts = done(coach.store.workouts(chosen.user), coach.exercises)
        if not workouts and coach.store.load(chosen.user).document is None:
            raise NothingToExport(f"nothing is stored of user {chosen.user} in {chosen.db}")
        if chosen.format == "csv":
            return _written(table(workouts, coach.locale.zone), chosen.out)
        if chosen.format == "ics":
            return _written(calendar_of(coach, chosen.user, int(time.time())), chosen.out)
        return _activities(coach, workouts, chosen.out)


def _json(chosen: argparse.Namespace) -> str:
    with closing(open_store(chosen.db, must_exist=True)) as store:
        if chosen.all:
            return "".join(json.dumps(each) + "\n" for each in records_of(store))
        record = record_of(store, chosen.user)
    if record is None:
        raise NothingToExport(f"nothing is stored of user {chosen.user} in {chosen.db}")
    return json.dumps(record, indent=2) + "\n"


def _written(content: str | bytes, path: Path | None) -> int:
    if path is not None:
        write_whole(path, content)
        print(path)
    else:
        sys.stdout.write(content if isinstance(content, str) else content.decode("utf-8"))
    return 0


def calendar_of(coach: App, user: str, now: int) -> bytes:
    """The calendar of a user: every workout done, and the one that is due next.

    Raises CalendarMissing: its writer is not installed.
    """
    workouts = done(coach.store.workouts(user), coach.exercises)
    state = coach.state(user)
    exercise = coach.exercise_of(state)
    return diary(
        workouts, due_at(state, exercise, now, coach.locale.day_of), exercise, load_words(coach.locale), now
    )


def _activities(coach: App, workouts: list[Done], folder: Path | None) -> int:
    """A file for each workout; 1 where one could not be made, and none of the others is missing for it."""
    if folder is None:
        raise ValueError("FIT files are one for each workout: name a folder for them (--out FOLDER)")
    if not workouts:
        raise NothingToExport("no workout with a set has been finished yet, so there is no activity to write")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise NotWritable(f"{folder} cannot be made: {cure(folder, fault)}") from fault
    words, taken, left_out = load_words(coach.locale), set[str](), 0
    for each in workouts:
        name = file_name(each, coach.locale.zone, taken)
        try:
            content = activity(each, lambda one: _told(one, words), _title(each))
        except NotDatable as fault:
            print(f"glute-coach: {name} is left out: {fault}", file=sys.stderr)
            left_out += 1
            continue
        write_whole(folder / name, content)
        print(folder / name)
    return 1 if left_out else 0


def file_name(workout: Done, zone: tzinfo, taken: set[str]) -> str:
    """When the workout began and what it was: `2026-03-02-1800-glute-raise.fit`; the second of a minute gets a 2."""
    began = datetime.fromtimestamp(workout.starts_at, zone).strftime("%Y-%m-%d-%H%M")
    what = _NOT_IN_A_NAME.sub("-", workout.exercise.lower()).strip("-")[:40] or "workout"
    stem, nth = f"{began}-{what}", 1
    while (name := f"{stem}.fit" if nth == 1 else f"{stem}-{nth}.fit") in taken:
        nth += 1
    taken.add(name)
    return name


def _title(workout: Done) -> str:
    return workout.exercise.replace("_", " ").capitalize()


def _told(one: TimedSet, words: Words) -> str:
    band = words.band_on_chart(f"{one.band}@{one.worn_at}" if one.worn_at else one.band)
    return words("fit_set", leg=words.side(one.side), band=band)
