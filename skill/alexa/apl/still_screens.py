"""The screens between the counts: before a set, after the workout, on hold, and how it has gone so far."""

from collections.abc import Mapping
from typing import Any, Final

from rules.files.exercise import Exercise
from skill.alexa.apl.graphics import bars, drawing
from skill.alexa.apl.parts import (
    IS_ROUND,
    IS_TALL,
    IS_WIDE,
    Component,
    column,
    document,
    length,
    picture,
    row,
    text,
)
from skill.coach.brain import DEFAULT_EXERCISE
from skill.coach.reply import Line, Reply
from skill.drawings.pose import pose
from skill.locales.colours import colour_of
from skill.locales.words import Locale

Screen = tuple[dict[str, Any], dict[str, Any]]
BEFORE: Final = ("say_ready", "say_ready_or_warm_up", "say_ready_again", "say_ready_anyway")
AFTER: Final = ("done", "done.one", "nothing_done")
ON_HOLD: Final = ("on_hold", "stays_on_hold", "held", "urgent_care", "red_flag")
HISTORY: Final = ("fresh_set", "fresh_set_more", "fresh_set_fewer", "fresh_set_same")
BANDS: Final = ("band", "to_band", "left_band")
LONGEST: Final = 150
"""Characters that can be read at a glance; what is longer is set smaller."""


def still_screen(
    reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str
) -> Screen | None:
    """The document that goes with an answer without a count and its data; None where nothing is to be shown."""
    keys = [line.key for line in reply.lines]
    if any(key.startswith(ON_HOLD) for key in keys):
        return _words(reply, locale, version, "on_hold")
    if any(key in AFTER for key in keys):
        return _words(reply, locale, version, "after")
    if any(key in HISTORY for key in keys):
        return _words(reply, locale, version, "history")
    if reply.question is not None and reply.question.key in BEFORE:
        return _before(reply, exercises, locale, version)
    return None


def _before(reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str) -> Screen:
    exercise = exercises.get(str(_param(reply, ("exercise",)))) or exercises[DEFAULT_EXERCISE]
    band, _, worn_at = str(_param(reply, BANDS)).partition("@")
    found = pose(exercise.drawing)
    said = locale.data["screen"]
    title = locale.data["words"]["exercises"].get(exercise.id, "")
    data = _data(reply, locale, title[:1].upper() + title[1:])
    place = f"worn_at_{worn_at}"
    data |= {"band": colour_of(band), "worn": said.get(place, said["worn_at"])}
    graphics = {"pose": drawing(found, worn_at, False)} if found else {}
    shown = (
        [picture("pose", 100, 54, "${payload.words.pose}", band="${payload.band}", lift=0.6)] if found else []
    )
    where = text("${payload.worn}", 6) if worn_at or exercise.half_steps else text("", 2)
    return _page(version, graphics, shown, where), data


def _words(reply: Reply, locale: Locale, version: str, kind: str) -> Screen:
    """A title and the answer's own sentences; where sets were compared or done, their repetitions as bars."""
    data = _data(reply, locale, locale.data["screen"][kind])
    values = _reps(reply)
    graphics = {"bars": bars(values, max(values))} if values else {}
    shown = [picture("bars", 60, 36, "${payload.words.chart}")] if values else []
    return _page(
        version, graphics, shown, text("${payload.said}", 6 if len(data["said"]) <= LONGEST else 5)
    ), data


def _page(version: str, graphics: dict[str, Any], shown: list[Component], said: Component) -> dict[str, Any]:
    """A title, a picture and a text: beside each other where there is room."""
    title = text("${payload.title}", 9, fontWeight="700")
    small = [{**each, "width": length(64), "height": length(36)} for each in shown]
    apart = {**said, "spacing": length(4)}
    beside = [column(*shown, width="55%")] if shown else []
    return document(
        version,
        graphics,
        {},
        column(title, *small, {**said, "width": length(70), "fontSize": length(5)}, when=IS_ROUND),
        row(*beside, column(title, apart, width="42%" if shown else "84%"), when=IS_WIDE, width="96%"),
        column(title, *shown, {**apart, "width": "90%"}, when=IS_TALL, width="100%"),
    )


def _data(reply: Reply, locale: Locale, title: str) -> dict[str, Any]:
    lines = [line for line in reply.lines if not line.key.startswith("disclaimer")]
    said = {key: locale.data["screen"][key] for key in ("pose", "chart")}
    return {"title": title, "said": locale.paragraph(lines, reply.turn), "words": said, "token": ""}


def _param(reply: Reply, names: tuple[str, ...]) -> object:
    return next((line.params[name] for line in reply.lines for name in names if name in line.params), "")


def _reps(reply: Reply) -> list[int]:
    """The repetitions that the lines tell of, the ones before first; nothing where they tell of none."""
    return [value for line in reply.lines for value in _of_line(line)]


def _of_line(line: Line) -> list[int]:
    params = {key: value for key, value in line.params.items() if isinstance(value, int)}
    if line.key in ("fresh_set_more", "fresh_set_fewer"):
        sign = -1 if line.key == "fresh_set_more" else 1
        return [params["reps"] + sign * params["difference"], params["reps"]]
    if line.key in ("fresh_reps", "fresh_reps_of_two", "fresh_reps_same", "fresh_set", "fresh_set_same"):
        return [params[key] for key in ("reps", "other_reps") if key in params]
    return []
