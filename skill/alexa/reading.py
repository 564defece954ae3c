"""A request envelope as the coach reads it: what a turn looks at, each part with its type, and nothing else.

The SDK's dispatch takes any object whose parts have the names of its own. So the envelope is read into structs of
ours, in a hundredth of the time: the SDK looks up every class by name, field by field, and builds a whole Echo Show's
description of itself that no coach asks for.

Alexa's lists of values are open. So a kind of request, a status or a reason that nobody has heard of is text, and the
turn is answered. A part of the wrong type is refused.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from ask_sdk_core.exceptions import SerializationException

from skill.alexa.request_time import from_number


class Part(msgspec.Struct, rename="camel"):
    """A part of an envelope: what else Alexa says in it is passed over, and what she leaves out is None."""


class Entry(Part):
    """An entry of a slot's type: its id in the interaction model, and its name."""

    id: str | None = None
    name: str | None = None


class Found(Part):
    """One entry that an authority found."""

    value: Entry | None = None


class Status(Part):
    """Whether an authority knows the words: `ER_SUCCESS_MATCH` where it does."""

    code: str | None = None


class Authority(Part):
    """What one list of entries makes of a slot's words."""

    status: Status | None = None
    values: list[Found | None] | None = None


class Resolutions(Part):
    """What every list of entries makes of a slot's words."""

    resolutions_per_authority: list[Authority | None] | None = None


class Slot(Part):
    """What was said in one place of a sentence, as heard and as resolved."""

    value: str | None = None
    resolutions: Resolutions | None = None

    def authorities(self) -> list[Authority]:
        """What each list of entries makes of it."""
        found = self.resolutions.resolutions_per_authority if self.resolutions else None
        return [each for each in found or () if each]


class Intent(Part):
    """What a sentence was taken for."""

    name: str | None = None
    slots: dict[str, Slot | None] | None = None


class Player(Part):
    """The place in its audio that a device tells of (ms)."""

    token: str | None = None
    offset_in_milliseconds: int | None = None


class Fault(Part):
    """Something that a device could not do."""

    type: str | None = None


class Request(Part):
    """What happened, of whatever kind: each has a few of these parts.

    Attributes:
        object_type: its kind, under the name that the SDK gives it.
        timestamp: text as Alexa writes it; a number is seconds or milliseconds since 1970.
        arguments: what a screen sends along, of any shape.
        reason: why a session ended.
    """

    object_type: str = msgspec.field(name="type")
    request_id: str | None = None
    timestamp: datetime | int | None = None
    locale: str | None = None
    intent: Intent | None = None
    arguments: Any = None
    reason: Any = None
    errors: list[Fault | None] | None = None
    token: str | None = None
    offset_in_milliseconds: int | None = None
    current_playback_state: Player | None = None

    def made_at(self) -> datetime | None:
        """When it was made, aware; None where it does not say.

        Raises ValueError, OverflowError: a number that lies outside all years.
        """
        stamp = self.timestamp
        if isinstance(stamp, int):
            return from_number(stamp)
        return stamp.replace(tzinfo=UTC) if stamp and not stamp.tzinfo else stamp


class Application(Part):
    """The skill that was asked."""

    application_id: str | None = None


class User(Part):
    """The account."""

    user_id: str | None = None


class Person(Part):
    """Whoever speaks, where Alexa knows the voice."""

    person_id: str | None = None


class Runtime(Part):
    """What a screen can show."""

    max_version: str | None = None


class Screen(Part):
    """A screen."""

    runtime: Runtime | None = None


class Interfaces(Part):
    """What a device has beside a voice."""

    screen: Screen | None = msgspec.field(default=None, name="Alexa.Presentation.APL")


class Device(Part):
    """The device that asks."""

    device_id: str | None = None
    supported_interfaces: Interfaces | None = None


class System(Part):
    """Who asks, whom, and on what."""

    application: Application | None = None
    user: User | None = None
    person: Person | None = None
    device: Device | None = None


class Context(Part):
    """What the device says of itself.

    Attributes:
        on_screen: what is on its screen, of any shape (`skill.alexa.shown` reads it).
    """

    system: System | None = msgspec.field(default=None, name="System")
    audio_player: Player | None = msgspec.field(default=None, name="AudioPlayer")
    on_screen: Any = msgspec.field(default=None, name="Alexa.Presentation.APL")


class Session(Part):
    """The talk so far, as the coach's last answer left it."""

    new: bool | None = None
    attributes: dict[str, Any] | None = None
    application: Application | None = None
    user: User | None = None


class Envelope(Part):
    """A whole request."""

    request: Request
    session: Session | None = None
    context: Context | None = None

    @property
    def system(self) -> System:
        """Who asks; an empty one where the envelope does not say."""
        return (self.context and self.context.system) or System()

    @property
    def device(self) -> Device:
        """The device that asks; an empty one where the envelope does not say."""
        return self.system.device or Device()

    @property
    def player(self) -> Player | None:
        """The device's audio player, where it tells of one."""
        return self.context.audio_player if self.context else None


READER: Final = msgspec.json.Decoder(Envelope)
"""Made while one thread imports this, for the reason that skill/store/document.py gives: threads that read the first
envelopes of a process together would end it."""


def read_envelope(payload: Mapping[str, Any]) -> Envelope:
    """The request envelope as ask-sdk's handlers take it.

    Raises SerializationException: the payload is no Alexa request.
    """
    try:
        return msgspec.convert(payload, Envelope)
    except msgspec.ValidationError as error:
        raise SerializationException(str(error)) from None
