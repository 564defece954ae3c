"""The screen of a count: the rest with what comes next, then the ring, each at its own instant of one document.

Everything follows from `elapsedTime`, the document's own clock, so that no command has to arrive in time.
"""

from functools import lru_cache
from typing import Any, Final

from rules.files.exercise import Exercise, Phase, Window
from skill.alexa.apl.graphics import drawing, ring
from skill.alexa.apl.parts import (
    IS_ROUND,
    IS_TALL,
    IS_WIDE,
    SOFT,
    Component,
    buttons,
    column,
    document,
    length,
    picture,
    row,
    text,
)
from skill.coach.counting.timeline import reps_at_ms
from skill.coach.messages.reply import Count
from skill.drawings.pose import pose
from skill.locales.colours import colour_of
from skill.locales.words import Locale

Tempo = tuple[Phase, ...]
WORDS: Final = ("done", "skip_rest", "pause", "hurts", "rest", "next", "ring", "pose", "rep")
IN_SET: Final = "${ms >= begins ? 'normal' : 'none'}"
IN_REST: Final = "${ms < begins ? 'normal' : 'none'}"


def set_screen(
    exercise: Exercise, count: Count, locale: Locale, version: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a count and its data."""
    band, _, worn_at = count.band.partition("@")
    most = max(count.count_to, exercise.window.high)
    made = _document(
        version,
        exercise.tempo,
        exercise.window,
        most,
        exercise.drawing,
        worn_at,
        count.side == "right",
    )
    return made, _data(exercise, count, locale, colour_of(band))


@lru_cache(maxsize=64)
def _document(
    version: str, tempo: Tempo, window: Window, most: int, drawn: str, worn_at: str, mirrored: bool
) -> dict[str, Any]:
    """The document: alike for every count that looks alike, so nothing may write into it. Times come by `payload`."""
    found = pose(drawn)
    graphics = {"ring": ring(tempo, window, most)}
    if found is not None:
        graphics["pose"] = drawing(found, worn_at, mirrored)
    has_pose = found is not None
    layouts = {
        "Dial": _any_dial(),
        "Buttons": buttons("done", "FailIntent"),
        "RestButtons": buttons("skip_rest", "SkipRestIntent"),
        "Facts": column(*_facts(7), width="100%"),
    }
    return document(
        version, graphics, _clock(tempo), *_rest(has_pose), *_set(has_pose), on_mount=[TOLD], layouts=layouts
    )


BUTTONS: Final[Component] = {"type": "Buttons"}
REST_BUTTONS: Final[Component] = {"type": "RestButtons"}
FACTS: Final[Component] = {"type": "Facts"}
TOLD: Final = {"type": "SendEvent", "delay": "${payload.over}"} | {
    "arguments": ["count_over", "", "${payload.token}"]
}
"""The skill is told that the last repetition was shown."""


def _clock(tempo: Tempo) -> dict[str, str]:
    """The names that the screen binds to: where in the set the document's time is."""
    rep_ms = 1000 * sum(phase.seconds for phase in tempo)
    start, phases, words, starts, lifts, up = 0, "", "", "", "", 0
    for nth, phase in enumerate(tempo):
        end = start + phase.seconds * 1000
        test = f"into < {end} ? " if nth < len(tempo) - 1 else ""
        joint = " : " if test else ""
        phases, starts = f"{phases}{test}{nth}{joint}", f"{starts}{test}{start}{joint}"
        words += f"{test}payload.words.phases[{nth}]{joint}"
        share = f"(into - {start}) / {end - start}"
        up = {"concentric": 1, "eccentric": 0}.get(phase.phase, up)
        moved = {"concentric": share, "eccentric": f"1 - {share}"}.get(phase.phase, str(up))
        lifts += f"{test}{moved}{joint}"
        start = end
    return {
        "ms": "${elapsedTime}",
        "begins": "${payload.begins}",
        "done": "${Math.max(0, Math.min(ms - begins, payload.over - begins - 1))}",
        "rep": f"${{payload.from_rep + Math.floor(done / {rep_ms})}}",
        "into": f"${{done % {rep_ms}}}",
        "turn": f"${{into / {rep_ms}}}",
        "phase": f"${{{phases}}}",
        "word": f"${{{words}}}",
        "second": f"${{Math.floor((into - ({starts})) / 1000) + 1}}",
        "lift": f"${{{lifts}}}",
        "left": "${Math.max(0, Math.ceil((begins - ms) / 1000))}",
    }


def _data(exercise: Exercise, count: Count, locale: Locale, colour: str) -> dict[str, Any]:
    words, said = locale.data["words"], locale.data["screen"]
    low, high = exercise.window.low, exercise.window.high
    begins, reps = reps_at_ms(exercise, count), count.count_to - count.from_rep + 1
    return {
        "token": count.token,
        "band": colour,
        "begins": begins,
        "over": begins + reps * exercise.rep_s * 1000,
        "from_rep": count.from_rep,
        "words": {
            **{key: said[key] for key in WORDS},
            "phases": [words["cues"][each.word] for each in exercise.tempo],
            "leg": _capital(words["sides"][count.side]),
            "band": locale.band(count.band),
            "window": said["window"].format(low=low, high=high),
            "round": said["round"].format(round=count.round, rounds=exercise.sets),
        },
    }


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _dial(size: float) -> Component:
    """The ring in this size."""
    return {"type": "Dial", "size": size}


def _any_dial() -> Component:
    """The ring with the phase, its second and the repetition inside, in any `size`."""
    moving = {"turn": "${turn}", "phase": "${phase}", "rep": "${rep}"}
    whole = {"width": "${u * size}", "height": "${u * size}"}
    inside = column(
        text("${word}", 0, color=SOFT, fontSize="${u * size * 0.11}"),
        text("${second}", 0, fontWeight="700", fontSize="${u * size * 0.26}"),
        text("${payload.words.rep} ${rep}", 0, fontSize="${u * size * 0.085}"),
        position="absolute",
        width="100%",
        height="100%",
    )
    return {
        "type": "Container",
        **whole,
        "items": [picture("ring", 0, 0, "${payload.words.ring}", **moving) | whole, inside],
    }


def _facts(size: float) -> list[Component]:
    """Leg, band with its colour, target and round."""
    swatch = {
        "type": "Frame",
        "width": length(size),
        "height": length(size),
        "borderRadius": length(size / 2),
    } | {
        "backgroundColor": "${payload.band}",
        "borderColor": SOFT,
        "borderWidth": 2,
    }
    band = row(
        swatch,
        text("${payload.words.band}", size, width="auto", spacing=length(2)),
    )
    return [
        text("${payload.words.leg}", size * 1.3, fontWeight="700"),
        band,
        text("${payload.words.window}", size * 0.9, color=SOFT),
        text("${payload.words.round}", size * 0.9, color=SOFT),
    ]


def _pose(width: float) -> Component:
    moving = {"lift": "${ms < begins ? 0 : lift}", "band": "${payload.band}"}
    return picture("pose", width, width * 0.54, "${payload.words.pose}", **moving)


def _set(has_pose: bool) -> list[Component]:
    """Round: the ring alone. Wide: the ring, and beside it all else. Tall: one below the other."""
    drawn = [_pose(56)] if has_pose else []
    beside = column(FACTS, *drawn, BUTTONS, spacing=length(5), width="40%", grow=1, shrink=1)
    return [
        column(_dial(94), when=IS_ROUND, display=IN_SET, width="100%"),
        row(_dial(76), beside, when=IS_WIDE, display=IN_SET, width="96%"),
        column(_dial(76), FACTS, *drawn, BUTTONS, when=IS_TALL, display=IN_SET, width="100%"),
    ]


def _rest(has_pose: bool) -> list[Component]:
    drawn = [_pose(72)] if has_pose else []
    small = [_pose(52)] if has_pose else []
    clock = [text("${payload.words.rest}", 7, color=SOFT), text("${left}", 26, fontWeight="700")]
    coming = [text("${payload.words.next}", 6, color=SOFT), FACTS]
    return [
        column(*clock, text("${payload.words.leg}", 8), *small, when=IS_ROUND, display=IN_REST, width="100%"),
        row(
            column(*clock, *drawn, width="50%"),
            column(*coming, REST_BUTTONS, width="50%"),
            when=IS_WIDE,
            display=IN_REST,
            width="96%",
        ),
        column(*clock, *drawn, *coming, REST_BUTTONS, when=IS_TALL, display=IN_REST, width="100%"),
    ]
