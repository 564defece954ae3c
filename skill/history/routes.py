"""/progress: the history of whoever trains on this machine."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol

from flask import Blueprint, Response, request

from rules.files.exercise import Exercise
from skill.coach.brain import DEFAULT_EXERCISE
from skill.history.record import History, history
from skill.history.report import linked, style
from skill.history.words import load_words
from skill.locales.words import Locale
from skill.store.base import Store

STYLE_ADDRESS: Final = "/progress.css"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


class Coach(Protocol):
    """What the page needs of the application."""

    @property
    def store(self) -> Store:
        """Where the workouts are."""

    exercises: Mapping[str, Exercise]

    def locale_for(self, languages: Iterable[str]) -> Locale:
        """The words for a page whose browser prefers these languages."""


def blueprint(coach: Coach, user: Callable[[str], str | None]) -> Blueprint:
    """The page and its style; `user` is the store's key of whoever is asked for, None where a PIN keeps it shut."""
    progress = Blueprint("progress", __name__)

    @progress.get("/progress")
    def page() -> Response:
        words = load_words(coach.locale_for(request.accept_languages.values()))
        key = user(request.args.get("person", ""))
        if key is None:
            return Response(words("shut"), status=403, mimetype="text/plain")
        locale = words.locale
        past, today = past_of(coach, key, locale), datetime.now(locale.zone).date()
        answer = Response(linked(past, words, today, STYLE_ADDRESS, "/"), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @progress.get(STYLE_ADDRESS)
    def css() -> Response:
        return Response(style(), mimetype="text/css", headers={"Cache-Control": "no-cache"})

    return progress


def past_of(coach: Coach, user: str, locale: Locale) -> History:
    """The history of the exercise that was trained last, its reasons in the words of a locale."""
    workouts = coach.store.workouts(user)
    latest = workouts[0].get("exercise") if workouts else DEFAULT_EXERCISE
    exercise = coach.exercises.get(str(latest), coach.exercises[DEFAULT_EXERCISE])
    return history(workouts, exercise, locale)
