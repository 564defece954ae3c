"""The addresses of the people: who trains here, somebody new, what they choose, their record, and their removal."""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify
from msgspec.structs import replace

from skill.coach.brain import Brain
from skill.coach.state import State
from skill.coach.workout import rests
from skill.coach.workout.by_hand import Noted
from skill.coach.workout.rests import NoSuchRest, OutOfBounds
from skill.locales.refusals import NotDone
from skill.locales.texts import known
from skill.people.person import COLOURS, SPEEDS, WAKE_WORDS, Person, Settings
from skill.people.pin import hashed
from skill.speaker.page.desk import Desk, Unfit
from skill.store.transfer import record_of


def add_people(page: Blueprint, desk: Desk) -> None:
    """The addresses, on the page's own blueprint."""
    _add_list(page, desk)
    _add_changes(page, desk)
    _add_records(page, desk)


def _add_list(page: Blueprint, desk: Desk) -> None:
    @page.post("/speaker/people")
    def people() -> Response:
        desk.asked()
        people = [_shown(each) for each in desk.registry.people()]
        bands = desk.answers(desk.page_locale).bands()
        # A language that needs a voice of its own leaves no choice.
        voices = () if desk.page_locale.data.get("voice") else desk.sounds.others
        return jsonify(
            {
                "people": people,
                "colours": COLOURS,
                "voices": voices,
                "bands": bands,
                "languages": sorted(known()),
            }
        )

    @page.post("/speaker/people/style")
    def style() -> Response:
        return jsonify(_style(desk, desk.person(desk.asked())))

    @page.post("/speaker/people/rests")
    def choose_rests() -> Response:
        body = desk.asked()
        person = desk.person(body)
        wanted = body.get("rests_s")
        if not isinstance(wanted, dict) or any(type(each) is not int for each in wanted.values()):
            raise Unfit("`rests_s` is whole seconds by the name of a rest.")

        def choose(state: State, brain: Brain) -> Noted:
            return Noted(rests.chosen(state, desk.coach.exercise_of(state), wanted))

        try:
            desk.coach.note(person.user, choose, desk.locale(person))
        except OutOfBounds as fault:
            raise NotDone("rest", least=fault.least, most=fault.most) from None
        except NoSuchRest:
            raise Unfit("`rests_s` names a rest that there is not.") from None
        return jsonify(_style(desk, person))

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
        if "language" in body:
            changes["language"] = _language(body["language"])
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

    @page.post("/speaker/people/forget")
    def forget() -> Response:
        body = desk.asked()
        person = desk.person(body)
        desk.pins.check(person.id, person.pin, body.get("pin"))
        desk.registry.forget(person.id, lambda: desk.talks.part_with(person.id))
        return jsonify({})


def _style(desk: Desk, person: Person) -> dict[str, Any]:
    """How this person's sets are counted, and how long they rest; with the bounds of each rest."""
    state = desk.coach.state(person.user)
    bounds = rests.bounds(desk.coach.exercise_of(state))
    shown = {
        name: {"least": least, "most": most, "now": state.rests_s.get(name, least)}
        for name, (least, most) in bounds.items()
    }
    return {"form_cues": state.form_cues, "rests_s": shown}


def _shown(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "colour": person.colour,
        "language": person.language,
        "has_pin": bool(person.pin),
        "settings": msgspec.structs.asdict(person.settings),
    }


def _settings(settings: Settings, given: Any, voices: tuple[str, ...]) -> Settings:
    """The settings with what was changed of them; a new voice is one of `voices`.

    Raises Unfit: there is no such setting, or it cannot have this value; NotDone: there is no such voice.
    """
    try:
        wanted = msgspec.convert({**msgspec.structs.asdict(settings), **given}, Settings)
    except (msgspec.ValidationError, TypeError) as fault:
        raise Unfit(f"No such setting: {fault}") from None
    if wanted.voice not in ("", settings.voice, *voices):
        raise NotDone("no_voice")
    if wanted.wake_word not in WAKE_WORDS:
        raise Unfit("The coach does not listen for this word.")
    volumes = {name: max(0, min(100, getattr(wanted, name))) for name in ("voice_volume", "click_volume")}
    speed = max(SPEEDS[0], min(SPEEDS[1], wanted.voice_speed))
    return replace(wanted, voice_speed=speed, **volumes)


def _language(wanted: Any) -> str:
    if not isinstance(wanted, str) or (wanted and wanted not in known()):
        raise Unfit("The coach does not speak this language.")
    return wanted


def _pin(wanted: Any) -> str:
    return hashed(wanted) if wanted else ""
