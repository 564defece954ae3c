"""The screens between the counts: before a set, after the workout, on hold, and how it has gone so far."""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from rules.files.exercise import SIDES, Exercise
from skill.alexa.apl.graphics import bars, beside, drawing
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
from skill.coach.messages.reply import Line, Param, Reply
from skill.drawings.mistake import put_right_by
from skill.drawings.pose import Pose, pose
from skill.locales.colours import colour_of
from skill.locales.words import Locale

Screen = tuple[dict[str, Any], dict[str, Any]]
BEFORE: Final = ("say_ready", "say_ready_or_warm_up", "say_ready_again", "say_ready_anyway")
AFTER: Final = ("done", "nothing_done")
ON_HOLD: Final = ("on_hold", "stays_on_hold", "held", "urgent_care", "red_flag")
HISTORY: Final = ("fresh_set", "fresh_set_more", "fresh_set_fewer", "fresh_set_same")
BANDS: Final = ("band", "to_band", "left_band")
SMALLEST: Final = 3.0
LARGEST: Final = 11.0
ON_ROUND: Final = 6.0
ALONE: Final = (11_000, 5_000)
"""How many square hundredths a text without a picture has on a wide screen and on a round one, by 0.66 a letter's."""
BESIDE_BARS: Final = (4_200, 3_000)
"""The same where bars are beside it."""
BESIDE_POSES: Final = (5_600, 3_000)
"""The same where a mistake and the right way are beside it, without a title."""
WIDEST: Final = 80
"""As wide as a picture may be beside its text, in hundredths."""
KINDS: Final = (("on_hold", ON_HOLD), ("after", AFTER), ("history", HISTORY))
LABELS: Final = {
    "pose": "${payload.words.pose}",
    "bars": "${payload.words.chart}",
    "bars_of_sets": "${payload.words.chart_of_sets}",
    "mistake": "${payload.words.mistake}",
}
Groups = tuple[tuple[str, tuple[int, ...]], ...]
"""Repetitions by leg."""


def still_screen(reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str) -> Screen:
    """The document that goes with an answer without a count and its data.

    Every such answer has one, so that the ring of a count that was stopped does not go on turning.
    """
    keys = [line.key for line in reply.lines]
    told = filter(None, (put_right_by(keys, each) for each in exercises.values()))
    if (found := next(told, None)) is not None:
        return _mistake(reply, locale, version, found)
    for kind, meant in KINDS:
        if any(key.startswith(meant) if kind == "on_hold" else key in meant for key in keys):
            return _words(reply, locale, version, locale.data["screen"][kind])
    if reply.question is not None and reply.question.key in BEFORE:
        return _before(reply, exercises, locale, version)
    return _words(reply, locale, version, "")


def _before(reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str) -> Screen:
    exercise = exercises.get(str(_param(reply, ("exercise",)))) or exercises[DEFAULT_EXERCISE]
    band, _, worn_at = str(_param(reply, BANDS)).partition("@")
    said = locale.data["screen"]
    title = locale.data["words"]["exercises"].get(exercise.id, "")
    has_place = bool(worn_at or exercise.half_steps)
    place = [said.get(f"worn_at_{worn_at}", said["worn_at"]) + "."] if has_place else []
    asked = [locale.text(reply.question, reply.turn)] if reply.question else []
    data = {
        "title": title[:1].upper() + title[1:],
        "said": " ".join([*place, *asked]),
        "words": {"pose": said["pose"]},
        "token": "",
        "band": colour_of(band),
    }
    return _drawn(version, exercise.drawing, worn_at), data


def _words(reply: Reply, locale: Locale, version: str, title: str) -> Screen:
    """A title and the answer's own sentences; where sets were compared or done, their repetitions as bars."""
    groups, is_compared = _reps(reply) if title else ((), False)
    data = _sentences(reply, locale, title, "chart" if is_compared else "chart_of_sets")
    data["names"] = [locale.data["words"]["sides"][side] for side, _ in groups]
    wide, on_round = _sizes(data, BESIDE_BARS if groups else ALONE)
    return _told(version, tuple(reps for _, reps in groups), is_compared, wide, on_round), data


def _mistake(reply: Reply, locale: Locale, version: str, poses: tuple[Pose, Pose]) -> Screen:
    """What is put right and how it is right, beside the answer's own sentences."""
    data = _sentences(reply, locale, "", "mistake")
    return _page(version, {"mistake": beside(poses)}, 46, {}, _sizes(data, BESIDE_POSES)), data


def _sentences(reply: Reply, locale: Locale, title: str, picture: str) -> dict[str, Any]:
    said = [line for line in reply.lines if not line.key.startswith("disclaimer")]
    asked = [reply.question] if reply.question else []
    return {
        "title": title,
        "said": locale.paragraph([*said, *asked], reply.turn),
        "words": {picture: locale.data["screen"][picture]},
        "token": "",
    }


def _sizes(data: dict[str, Any], rooms: tuple[int, int]) -> tuple[float, float]:
    wide, on_round = (_size(len(data["said"]), room) for room in rooms)
    return wide, min(ON_ROUND, on_round)


def _size(letters: int, room: int) -> float:
    """The size, in halves of a hundredth, at which so many letters fill their room."""
    fits = math.floor(2 * math.sqrt(room / max(1, letters))) / 2
    return min(LARGEST, max(SMALLEST, fits))


@lru_cache(maxsize=64)
def _drawn(version: str, drawn: str, worn_at: str) -> dict[str, Any]:
    """The exercise and where its band goes; alike for everybody, so nothing may write into it."""
    found = pose(drawn)
    if found is None:
        return _page(version, {}, 0, {}, (7, 6))
    graphic = drawing(found, worn_at, False)
    return _page(version, {"pose": graphic}, 45, {"band": "${payload.band}", "lift": 0.6}, (7, 6))


@lru_cache(maxsize=256)
def _told(
    version: str, groups: tuple[tuple[int, ...], ...], is_compared: bool, size: float, on_round: float
) -> dict[str, Any]:
    """Words, perhaps beside bars; alike for everybody, so nothing may write into it."""
    name = "bars" if is_compared else "bars_of_sets"
    graphics = {name: bars(groups, is_compared)} if groups else {}
    names = {f"name{nth}": f"${{payload.names[{nth}]}}" for nth in range(len(groups))}
    return _page(version, graphics, 36, names, (size, on_round))


def _page(
    version: str, graphics: dict[str, Any], height: float, moving: dict[str, Any], sizes: tuple[float, float]
) -> dict[str, Any]:
    """A title, perhaps a picture of this height, and a text: beside each other where there is room.

    `sizes` are the text's on a wide or tall screen and on a round one.
    """
    title, said = text("${payload.title}", 9, fontWeight="700"), text("${payload.said}", sizes[0])
    on_round = [{**title, "fontSize": length(7)}, *_shown(graphics, height * 0.75, moving)]
    on_round.append({**said, "width": length(70), "fontSize": length(sizes[1])})
    apart, shown = {**said, "spacing": length(4)}, _shown(graphics, height, moving)
    beside = [column(*shown, width="55%")] if shown else []
    return document(
        version,
        graphics,
        {},
        column(*on_round, when=IS_ROUND, width="100%"),
        row(*beside, column(title, apart, width="42%" if shown else "84%"), when=IS_WIDE, width="96%"),
        column(title, *shown, {**apart, "width": "90%"}, when=IS_TALL, width="100%"),
    )


def _shown(graphics: dict[str, Any], height: float, moving: dict[str, Any]) -> list[Component]:
    """The page's picture, as wide as its graphic is beside its height; a wider one is drawn smaller."""
    return [
        picture(
            name, min(WIDEST, height * graphic["width"] / graphic["height"]), height, LABELS[name], **moving
        )
        for name, graphic in graphics.items()
    ]


def _param(reply: Reply, names: tuple[str, ...]) -> object:
    return next((line.params[name] for line in reply.lines for name in names if name in line.params), "")


def _reps(reply: Reply) -> tuple[Groups, bool]:
    """The repetitions that the lines tell of, and whether with those of before, which stand first."""
    for line in reply.lines:
        if line.key == AFTER[0]:
            done = ((side, line.params.get(side)) for side in SIDES)
            return tuple((side, _numbers(reps)) for side, reps in done if reps), False
    return tuple(_compared(line) for line in reply.lines if line.key in HISTORY), True


def _compared(line: Line) -> tuple[str, tuple[int, ...]]:
    reps, difference = (_numbers(line.params.get(name, 0))[0] for name in ("reps", "difference"))
    sign = {"fresh_set_more": -1, "fresh_set_fewer": 1}.get(line.key)
    return str(line.params["side"]), (reps,) if sign is None else (reps + sign * difference, reps)


def _numbers(value: Param) -> tuple[int, ...]:
    return tuple(each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, int))
