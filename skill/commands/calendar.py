"""`glute-coach calendar`: the secret address at which calendars fetch the workouts, done and due."""

import argparse
import os
import time
from typing import Any, Final

from flask import Flask

from skill.app import App
from skill.commands.coach_options import add_store
from skill.commands.export import calendar_of
from skill.history.exports.address import VARIABLE, NoSecret, feed, known_secret, new_secret, path_of
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.store.choose import open_store

LOCAL_ADDRESS: Final = "http://127.0.0.1:8080"


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "calendar", help="print the secret address of the calendar that `serve` keeps up to date"
    )
    add_store(parser)
    parser.add_argument("--new", action="store_true", help="make a new address; the old one is gone")
    parser.add_argument(
        "--at",
        default=LOCAL_ADDRESS,
        metavar="ADDRESS",
        help="where the coach is served (default: %(default)s)",
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the address; the first time, make it.

    Raises StoreUnavailable: there is no such store. NoSecret: there is no place to keep a secret; the message says
    how to give one.
    """
    open_store(chosen.db, must_exist=True).close()
    if chosen.new and os.environ.get(VARIABLE):
        raise NoSecret(f"the secret is given by {VARIABLE}: change it there")
    known = None if chosen.new else known_secret(chosen.db, os.environ)
    secret = known or new_secret(chosen.db)
    print(f"{chosen.at.rstrip('/')}{path_of(secret)}")
    if known is None:
        print("Start `glute-coach serve` anew; then any calendar can subscribe to this address.")
    print("Whoever knows it can read when you train. --new makes another one.")
    return 0


def attach_calendar(app: Flask, coach: App, store: str) -> None:
    """Serve the calendar, where a secret was made for it."""
    secret = known_secret(store, os.environ)
    if secret is not None:
        app.register_blueprint(feed(secret, lambda: calendar_of(coach, LOCAL_USER, int(time.time()))))
