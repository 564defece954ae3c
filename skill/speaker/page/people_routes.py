"""The addresses of the people: who trains here, somebody new, what they choose, their record, and their removal."""

from datetime import datetime
from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify

from skill.coach.value import changed
from skill.history.report import inner
from skill.history.routes import past_of
from skill.history.words import load_words
from skill.people.names import NoName
from skill.people.person import COLOURS, Person, Settings
from skill.people.pin import WrongPin, hashed
from skill.speaker.page.desk import Desk, Unfit, refusal
from skill.store.transfer import record_of


def add_people(page: Blueprint, desk: Desk) -> None:
    """The addresses, on the page's own blueprint."""
    _add_list(page, desk)
    _add_changes(page, desk)
    _add_records(page, desk)

    @page.errorhandler(NoName)
    def no_name(error: NoName) -> Response:
        return refusal(str(error), 400)

    @page.errorhandler(WrongPin)
    def wrong_pin(error: WrongPin) -> Response:
        return refusal(str(error), 401)


def _add_list(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/people")
    def people() -> Response:
        desk.asked()
        people = [_shown(each) for each in desk.registry.people()]
        # A language that needs a voice of its own leaves no choice.
        voices = () if desk.page_locale.data.get("voice") else desk.sounds.others
        return jsonify({"people": people, "colours": COLOURS, "voices": voices})

    @page.post("/speaker/people/style")
    def style() -> Response:
        state = desk.coach.state(desk.person(desk.asked()).user)
        return jsonify({"form_cues": state.form_cues})

    @page.post("/speaker/people/add")
    def add() -> Response:
        body = desk.asked()
        return jsonify(_shown(desk.registry.add(body.get("name"), body.get("colour"), body.get("own_name"))))


def _add_changes(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/people/change")
    def change() -> Response:
        body = desk.asked()
        person = desk.person(body)
        changes: dict[str, Any] = {}
        if "name" in body:
            changes["name"] = body["name"]
        if body.get("colour") in COLOURS:
            changes["colour"] = body["colour"]
        if "settings" in body:
            changes["settings"] = _settings(person.settings, body["settings"], desk.sounds.others)
        if "new_pin" in body:
            desk.pins.check(person.id, person.pin, body.get("pin"))
            changes["pin"] = _pin(body["new_pin"])
        return jsonify(_shown(desk.registry.change(person.id, **changes)))


def _add_records(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/people/export")
    def export() -> Response:
        body = desk.asked()
        person = desk.person(body)
        desk.pins.check(person.id, person.pin, body.get("pin"))
        return jsonify(record_of(desk.coach.store, person.user) or {})

    @page.post("/speaker/history")
    def history() -> Response:
        body = desk.asked()
        person = desk.person(body)
        desk.pins.check(person.id, person.pin, body.get("pin"))
        locale = desk.locale(person)
        past, today = past_of(desk.coach, person.user, locale), datetime.now(locale.zone).date()
        return jsonify({"html": inner(past, load_words(locale), today)})

    @page.post("/speaker/people/forget")
    def forget() -> Response:
        body = desk.asked()
        person = desk.person(body)
        desk.pins.check(person.id, person.pin, body.get("pin"))
        desk.registry.forget(person.id, lambda: desk.talks.part_with(person.id))
        return jsonify({})


def _shown(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "colour": person.colour,
        "has_pin": bool(person.pin),
        "settings": msgspec.structs.asdict(person.settings),
    }


def _settings(settings: Settings, given: Any, voices: tuple[str, ...]) -> Settings:
    """The settings with what was changed of them; a new voice is one of `voices`.

    Raises:
        Unfit: there is no such setting, or it cannot have this value.
    """
    try:
        wanted = msgspec.convert({**msgspec.structs.asdict(settings), **given}, Settings)
    except (msgspec.ValidationError, TypeError) as fault:
        raise Unfit(f"No such setting: {fault}") from None
    if wanted.voice not in ("", settings.voice, *voices):
        raise Unfit("No such voice speaks here.")
    volumes = {name: max(0, min(100, getattr(wanted, name))) for name in ("voice_volume", "click_volume")}
    return changed(wanted, **volumes)


def _pin(wanted: Any) -> str:
    if not wanted:
        return ""
    try:
        return hashed(wanted)
    except ValueError as fault:
        raise Unfit(str(fault)) from None
