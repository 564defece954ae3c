"""Whether a device has a screen, and the directive and card that go with an answer. What is spoken stays as it is."""

import re
from collections.abc import Mapping
from typing import Any, Final

from rules.files.exercise import Exercise
from skill.alexa.apl.set_screen import set_screen
from skill.alexa.apl.still_screens import AFTER, still_screen
from skill.alexa.reading import Envelope
from skill.coach.messages.reply import Reply
from skill.locales.words import Locale

OLDEST: Final = (1, 4)
WRITTEN_IN: Final = "1.4"
_VERSION: Final = re.compile(r"(\d{1,4})\.(\d{1,2})")


def version_for(envelope: Envelope) -> str:
    """The document version for the device that asked; "" where it has no screen, or one that is too old."""
    interfaces = envelope.device.supported_interfaces
    runtime = interfaces and interfaces.screen and interfaces.screen.runtime
    most = _VERSION.fullmatch((runtime and runtime.max_version) or "")
    return WRITTEN_IN if most and (int(most[1]), int(most[2])) >= OLDEST else ""


def add_screen(
    response: Any, reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str
) -> None:
    """Put the answer's screen before whatever else the response directs."""
    from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

    document, data = screen_of(reply, exercises, locale, version)
    token = data["token"] or "screen"
    shown = RenderDocumentDirective(token=token, document=document, datasources={"payload": data})
    response.directives = [shown, *(response.directives or [])]


def screen_of(
    reply: Reply, exercises: Mapping[str, Exercise], locale: Locale, version: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document and its data that go with an answer."""
    if reply.count is not None:
        return set_screen(exercises[reply.count.exercise], reply.count, locale, version)
    return still_screen(reply, exercises, locale, version)


def add_card(response: Any, reply: Reply, locale: Locale, picture: str) -> None:
    """The finished workout, in the Alexa app: what was done, each band's reason, perhaps a picture."""
    if not any(line.key == AFTER[0] for line in reply.lines):
        return
    from ask_sdk_model.ui import Image, SimpleCard, StandardCard

    title = locale.data["screen"]["after"]
    told = "\n".join(locale.text(line, reply.turn) for line in reply.lines)
    if picture:
        image = Image(small_image_url=picture, large_image_url=picture)
        response.card = StandardCard(title=title, text=told, image=image)
    else:
        response.card = SimpleCard(title=title, content=told)
