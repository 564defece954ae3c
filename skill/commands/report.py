"""`glute-coach report`: a trainee's progress as one HTML file, or as a PNG."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from skill.app import App
from skill.coach.brain import DEFAULT_EXERCISE
from skill.commands.coach_options import add_coach, add_person, add_user, opened_coach, person_of
from skill.history.record import History, history
from skill.history.report import whole
from skill.history.sheet import png, sheet
from skill.history.words import load_words
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.store.whole_files import write_whole

KINDS = (".html", ".png")


def add_to(commands: Any) -> None:
    parser = commands.add_parser("report", help="write a trainee's progress as HTML or PNG")
    add_user(parser)
    add_person(parser)
    parser.add_argument("--exercise", default="", help="which exercise (default: the one trained last)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.html or FILE.png")
    add_coach(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the report.

    Raises ValueError: the file's name ends in neither .html nor .png, or there is no such exercise; LookupError:
    nothing is stored of this user, or nobody of this name trains here; PictureMissing: a PNG cannot be made here;
    NotWritable: the file cannot be written there, or is a database.
    """
    kind = chosen.out.suffix.lower()
    if kind not in KINDS:
        raise ValueError(f"{chosen.out} ends in neither .html nor .png: name the file by the kind you want")
    with opened_coach(chosen, must_exist=True) as coach:
        user = person_of(coach, chosen.who).user if chosen.who else chosen.user
        past = _past(coach, user, chosen.exercise)
    words, today = load_words(coach.locale), datetime.now().astimezone().date()
    if kind == ".html":
        write_whole(chosen.out, whole(past, words, today))
    else:
        write_whole(chosen.out, png(sheet(past, words, today)))
    count = len(past.workouts)
    print(f"{chosen.out}: {count} {'workout' if count == 1 else 'workouts'}")
    return 0


def _past(coach: App, user: str, exercise: str) -> History:
    workouts = coach.store.workouts(user)
    wanted = exercise or next((str(each.get("exercise")) for each in workouts), DEFAULT_EXERCISE)
    if wanted not in coach.exercises:
        raise ValueError(f"No exercise is called {wanted}; there are {', '.join(coach.exercises)}")
    if user != LOCAL_USER and not workouts and coach.store.load(user).document is None:
        raise LookupError(f"nothing is stored of user {user}; who trains on this machine is {LOCAL_USER}")
    return history(workouts, coach.exercises[wanted], coach.locale)
