"""The page fitted to the application that serves the skill's endpoint."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, product
from threading import Thread

from flask import Flask

from skill.app import App
from skill.coach.messages.reply import Line
from skill.history import routes as progress
from skill.locales.words import Locale
from skill.people.registry import Registry, UnknownPerson
from skill.speaker.conversation.ears import OpenEars
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.rooms import Rooms
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.speech import SpeechMissing, open_speech, other_speeches
from skill.speaker.page.routes import blueprint
from skill.speaker.understanding.understand import prepare

COUNTED = 25
ROUNDS = (2, 3)
VARIANTS = (0, 1, 2)


def attach(app: Flask, coach: App, open_ears: OpenEars, sounds: Sounds) -> None:
    """Serve the page beside the endpoint; what is said on it goes through that endpoint."""
    app.register_blueprint(blueprint(coach, endpoint_of(app, coach), sounds, open_ears))
    app.register_blueprint(progress.blueprint(coach, partial(_open_to_all, Registry(coach.store))))
    known = chain(_words_of_counts(coach), _sentences_before_counts(coach))
    Thread(target=_prepare, args=[coach.locale.name, sounds, known], daemon=True).start()


def _prepare(locale: str, sounds: Sounds, known: Iterable[str]) -> None:
    """Before anybody speaks: first what sentences are understood by, then what the voice will say."""
    with suppress(
        FileNotFoundError
    ):  # whoever types in a language that is not heard is told so at the sentence
        prepare(locale)
    sounds.warm(known)


def _open_to_all(registry: Registry, wanted: str) -> str | None:
    """The store's key of a person whose history needs no PIN."""
    try:
        person = registry.person(wanted)
    except UnknownPerson:
        return None
    return None if person.pin else person.user


def rooms_of(app: Flask, coach: App) -> Rooms:
    """The conversations of a house's rooms with the application's own endpoint."""
    return Rooms(endpoint_of(app, coach), coach.locale.data["words"]["other_room"], locale=coach.locale.name)


def open_sounds(locale: Locale) -> Sounds:
    """The voice of this machine for a language; without one, silence and the reason."""
    voice_name = locale.data.get("voice")
    try:
        return Sounds(open_speech(voice_name), others=other_speeches())
    except SpeechMissing as error:
        return Sounds(None, str(error))


def _words_of_counts(coach: App) -> Iterator[str]:
    """What every count is made of, so that the first one is ready at once."""
    locale = coach.locale
    cues, asked = locale.data["words"]["cues"], Line("could_you_do_another")
    yield from (text for text in cues.values() if "{" not in text)
    yield from (locale.number(rep) for rep in range(1, COUNTED + 1))
    marks_s = {left_s for exercise in coach.exercises.values() for left_s in exercise.rest.warn_at}
    yield from (cues["seconds_left"].format(seconds=locale.number(left_s)) for left_s in sorted(marks_s))
    yield from (locale.text(asked, nth) for nth in VARIANTS)


def _sentences_before_counts(coach: App) -> Iterator[str]:
    """What is often said before a count, so that only the sentence with the reps is still to be made."""
    exercises, texts = coach.exercises.values(), coach.locale.text
    for exercise, side, nth in product(exercises, ("left", "right"), VARIANTS):
        yield from (texts(Line(f"cue.{exercise.id}.{cue.key}"), nth) for cue in exercise.cues[1:])
        goal: dict[str, str | int] = {"side": side, "low": exercise.window.low, "high": exercise.window.high}
        yield texts(Line("begin_first", goal), nth)
        yield from (texts(Line(f"form.{cue.key}"), nth) for cue in exercise.form_cues)
        for ended in ("failed_in_window", "failed_short"):
            whole = texts(Line(f"set_{ended}", {"reps": 1, "side": side, "band": "red"}), nth)
            yield whole.partition(". ")[2]  # what follows the sentence with the reps
    for side, round_, nth in product(("left", "right"), ROUNDS, VARIANTS):
        for key in ("begin", "change_side", "rest_then_round"):
            yield coach.locale.text(Line(key, {"side": side, "round": round_}), nth)
