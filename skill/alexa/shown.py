"""How far the screen of a count had come when something was said: a request's visual context, as the device tells it.

From APL 2024.3 a device tells its document's own time with a request. It is a help and no need. So what has another
shape is passed over, where any other part of an envelope would be refused.
"""

from typing import Any, Final

import msgspec

from skill.alexa.reading import Envelope, Part
from skill.coach.counting.timeline import LONGEST_MS
from skill.coach.messages.heard import Shown

LATEST_MS: Final = 2 * LONGEST_MS
"""No screen of a count is looked at for longer."""


class Viewport(Part):
    """What a device tells of the document as a whole."""

    elapsed_time: float | None = None


class Tags(Part):
    """What a device tells of a component; the outermost one has the viewport's."""

    viewport: Viewport | None = None


class Visible(Part):
    """A component that can be seen."""

    tags: Tags | None = None


class OnScreen(Part):
    """The document on the screen, and the count that it belongs to."""

    token: str = ""
    components_visible_on_screen: list[Visible | None] | None = None


def shown_of(envelope: Envelope) -> Shown | None:
    """How far a document of ours had come; None where the device does not tell."""
    told = envelope.context.on_screen if envelope.context else None
    try:
        screen = msgspec.convert(told, OnScreen) if told else None
    except msgspec.ValidationError:
        return None
    for part in (screen and screen.components_visible_on_screen) or ():
        view = part.tags.viewport if part and part.tags else None
        if screen and view and view.elapsed_time is not None:
            return _shown(screen.token, view.elapsed_time)
    return None


def touched_at(arguments: list[Any]) -> Shown | None:
    """How far the document had come at the touch of a button, which says so itself."""
    _, _, token, *time = arguments
    is_time = bool(time) and isinstance(time[0], int | float)
    return _shown(token, time[0]) if is_time else None


def _shown(token: str, time: float) -> Shown | None:
    return Shown(token, int(time)) if token and 0 <= time <= LATEST_MS else None
