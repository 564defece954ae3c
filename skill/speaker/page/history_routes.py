"""The addresses of the history: shown, a set's number put right, a workout written down that nobody counted."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, jsonify

from skill.coach.brain import Brain
from skill.coach.messages.heard import Heard
from skill.coach.state import State
from skill.coach.workout import by_hand
from skill.coach.workout.by_hand import NotBelieved, Noted, Written
from skill.history.form import by_hand as form
from skill.history.noting import stored, told, write_down
from skill.history.report import inner
from skill.history.routes import past_of
from skill.history.words import load_words
from skill.people.person import Person
from skill.speaker.page.desk import Desk, refusal

READER: Final = msgspec.json.Decoder(tuple[Written, ...])
"""Made while one thread imports this: skill/store/document.py says why."""


def add_history(page: Blueprint, desk: Desk) -> None:
    """The addresses, on the page's own blueprint."""

    @page.post("/speaker/history")
    def history() -> Response:
        return jsonify({"html": _html(desk, _reader(desk, desk.asked()))})

    @page.post("/speaker/history/number")
    def number() -> Response:
        body = desk.asked()
        return _noted(desk, _reader(desk, body), lambda person: _put_right(desk, person, body))

    @page.post("/speaker/history/workout")
    def workout() -> Response:
        body = desk.asked()
        return _noted(desk, _reader(desk, body), lambda person: _write_down(desk, person, body))


def _reader(desk: Desk, body: dict[str, Any]) -> Person:
    """Whose history it is. Raises WrongPin: it opens with a PIN, and this is another one."""
    person = desk.person(body)
    desk.pins.check(person.id, person.pin, body.get("pin"))
    return person


def _html(desk: Desk, person: Person) -> str:
    locale = desk.locale(person)
    words = load_words(locale)
    past, today = past_of(desk.coach, person.user, locale), datetime.now(locale.zone).date()
    state = desk.coach.state(person.user)
    return inner(past, words, today, form(desk.coach.exercise_of(state), state.ladder, words, today))


def _noted(desk: Desk, person: Person, note: Callable[[Person], Noted]) -> Response:
    """The history as it is now and what is said of it; or why it stays as it was."""
    words = load_words(desk.locale(person))
    try:
        noted = note(person)
    except NotBelieved as refused:
        return refusal(words.own["refused"][refused.why], 400)
    return jsonify({"html": _html(desk, person), "said": told(noted, words)})


def _put_right(desk: Desk, person: Person, body: dict[str, Any]) -> Noted:
    finished = stored(desk.coach, person.user, body.get("workout"))
    reps, round_, side = (body.get(name) for name in ("reps", "round", "side"))
    if finished is None or not isinstance(side, str) or type(round_) is not int:
        raise NotBelieved("no_such_set")
    if type(reps) is not int:
        raise NotBelieved("reps")
    heard = Heard("LogSetIntent", number=reps, side=side, round=round_)

    def note(state: State, brain: Brain) -> Noted:
        return by_hand.put_right(state, finished, heard, int(time.time()), brain)

    return desk.coach.note(person.user, note, desk.locale(person))


def _write_down(desk: Desk, person: Person, body: dict[str, Any]) -> Noted:
    try:
        sets = msgspec.convert(body.get("sets"), tuple[Written, ...])
    except msgspec.ValidationError:
        raise NotBelieved("reps") from None
    return write_down(desk.coach, person.user, body.get("day"), sets, desk.locale(person))
