"""`glute-coach rests` and `note`: what the page has for fingers, for whoever trains at the terminal."""

import argparse
from datetime import datetime
from typing import Any, Final

from skill.app import App
from skill.coach.brain import Brain
from skill.coach.state import State
from skill.coach.workout import rests
from skill.coach.workout.by_hand import NotBelieved, Noted, Written
from skill.commands.coach_options import add_coach, add_person, opened_coach, person_of
from skill.history.noting import told, write_down
from skill.history.words import load_words
from skill.locales.words import Locale
from skill.people.person import Person

LEGS: Final = ("left", "right")


def add_to(commands: Any) -> None:
    resting = commands.add_parser("rests", help="show how long somebody rests, or choose it")
    for name in rests.NAMES:
        resting.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="SECONDS")
    noting = commands.add_parser("note", help="enter a workout that the coach did not count")
    noting.add_argument("--day", default="", metavar="YYYY-MM-DD", help="when it was (default: today)")
    for leg in LEGS:
        noting.add_argument(
            f"--{leg}",
            nargs="+",
            default=[],
            metavar=("BAND", "REPS"),
            help=f"the {leg} leg's band, then the reps of each set: --{leg} red 13 12 11",
        )
    for parser, run in ((resting, run_rests), (noting, run_note)):
        add_person(parser)
        add_coach(parser)
        parser.set_defaults(run=run)


def run_rests(chosen: argparse.Namespace) -> int:
    """Choose the rests that were given; print them all, with their bounds.

    Raises OutOfBounds: a rest is shorter than the exercise's own, or longer than is counted; LookupError: nobody of
    this name trains here.
    """
    wanted = {name: value for name in rests.NAMES if (value := getattr(chosen, name)) is not None}
    with opened_coach(chosen) as coach:
        person = person_of(coach, chosen.who)

        def choose(state: State, _: Brain) -> Noted:
            exercise = coach.exercise_of(state)
            return Noted(rests.chosen(state, exercise, wanted))

        if wanted:
            coach.note(person.user, choose, _locale(coach, person))
        state = coach.state(person.user)
        bounds = rests.bounds(coach.exercise_of(state))
    for name, (least, most) in bounds.items():
        said = name.replace("_", " ")
        print(f"{said:16} {state.rests_s.get(name, least):3} s  ({least} to {most})")
    return 0


def run_note(chosen: argparse.Namespace) -> int:
    """Keep the workout, and say what follows from it.

    Raises ValueError: it cannot have been; the message says why, and nothing was kept. LookupError: nobody of this
    name trains here.
    """
    sets = [each for leg in LEGS for each in _sets(leg, getattr(chosen, leg))]
    with opened_coach(chosen) as coach:
        person = person_of(coach, chosen.who)
        locale = _locale(coach, person)
        words = load_words(locale)
        day = chosen.day or datetime.now(locale.zone).date().isoformat()
        try:
            noted = write_down(coach, person.user, day, sets, locale)
        except NotBelieved as refused:
            raise ValueError(words.own["refused"][refused.why]) from None
    print(told(noted, words))
    return 0


def _sets(leg: str, given: list[str]) -> list[Written]:
    """A leg's sets as they were typed: the band, then a number a set.

    Raises ValueError: there is no number, or something else among them.
    """
    if given and (len(given) < 2 or not all(each.isdecimal() for each in given[1:])):
        raise ValueError(f"--{leg} takes the band and the reps of each set: --{leg} red 13 12 11")
    return [Written(leg, given[0], int(each)) for each in given[1:]]


def _locale(coach: App, person: Person) -> Locale:
    return coach.locale_of(person.language or coach.locale.name)
