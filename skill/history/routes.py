"""/progress: the history of whoever trains on this machine."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from flask import Blueprint, Response

from rules.files.exercise import Exercise
from skill.coach.brain import DEFAULT_EXERCISE
from skill.history.record import history
from skill.history.report import linked, style
from skill.history.words import load_words
from skill.locales.words import Locale

STYLE_ADDRESS: Final = "/progress.css"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Workouts(Protocol):
    """The part of a store that is read here."""

    def workouts(self, user: str, limit: int | None = None) -> list[dict[str, Any]]:
        """Finished workouts, newest first."""


class Coach(Protocol):
    """What the page needs of the application."""

    @property
    def store(self) -> Workouts:
        """Where the workouts are."""

    locale: Locale
    exercises: Mapping[str, Exercise]


def blueprint(coach: Coach, user: str) -> Blueprint:
    """The page and its style; `user` is the store's key of the trainee who is shown."""
    progress = Blueprint("progress", __name__)
    words = load_words(coach.locale)

    @progress.get("/progress")
    def page() -> Response:
        workouts = coach.store.workouts(user)
        latest = workouts[0].get("exercise") if workouts else DEFAULT_EXERCISE
        exercise = coach.exercises.get(str(latest), coach.exercises[DEFAULT_EXERCISE])
        past = history(workouts, exercise, coach.locale)
        today = datetime.now(coach.locale.zone).date()
        answer = Response(linked(past, words, today, STYLE_ADDRESS, "/"), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @progress.get(STYLE_ADDRESS)
    def css() -> Response:
        return Response(style(), mimetype="text/css", headers={"Cache-Control": "no-cache"})

    return progress
