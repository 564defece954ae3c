"""What all addresses of the page share: the coach and its parts, and a request's body read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Final

import msgspec
from flask import Response, jsonify, request

from skill.app import App
from skill.front.doors import DEVICE, LANGUAGE
from skill.locales.texts import known
from skill.locales.words import Locale
from skill.people.person import Person
from skill.people.pin import PinGuard
from skill.people.registry import Registry
from skill.speaker.conversation.ears import OpenEars
from skill.speaker.conversation.envelope import Playing
from skill.speaker.conversation.open_pages import Talks
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.talks import Request, Talk
from skill.speaker.page.answers import Answers
from skill.speaker.page.guard import Guard

_PAGE: Final = re.compile(r"[\w-]{8,40}")
LONGEST_TEXT: Final = 400
LONGEST_AGO: Final = timedelta(hours=1)


class Unfit(ValueError):
    """A request that cannot be used; the message says why."""


class _Repeatable(msgspec.Struct):
    request: Annotated[str, msgspec.Meta(pattern=r"^([\w-]{8,40})?\Z")] = ""
    ago_ms: Annotated[float, msgspec.Meta(ge=0)] = 0


class _Place(msgspec.Struct):
    token: Annotated[str, msgspec.Meta(pattern=r"^[ -~]{0,200}\Z")]
    at_ms: Annotated[float, msgspec.Meta(ge=0, le=600_000)]
    stopped: bool = False


@dataclass(frozen=True)
class Desk:
    """The coach and its parts."""

    coach: App
    guard: Guard
    talks: Talks
    sounds: Sounds
    open_ears: OpenEars
    registry: Registry
    pins: PinGuard = field(default_factory=PinGuard)
    _answers: dict[str, Answers] = field(default_factory=dict)

    def asked(self) -> dict[str, Any]:
        """The body of a request that the page itself made.

        Raises Stranger: another one made it; Unfit: it is no JSON object.
        """
        self.guard.check(request)
        try:
            return msgspec.json.decode(request.get_data(), type=dict[str, Any])
        except (ValueError, RecursionError):
            raise Unfit("The body is not a JSON object.") from None

    def locale(self, person: Person) -> Locale:
        """The words for a request of this person's page: those that they chose, else the coach's or their browser's."""
        return self.coach.locale_of(person.language) if person.language else self.page_locale

    @property
    def page_locale(self) -> Locale:
        """The words of the page itself: those that its person chose, which it keeps as a cookie, else its browser's."""
        chosen = request.cookies.get(LANGUAGE, "")
        if chosen in known():
            return self.coach.locale_of(chosen)
        return self.coach.locale_for(request.accept_languages.values())

    def answers(self, locale: Locale) -> Answers:
        """What can be tapped, in these words."""
        found = self._answers.get(locale.name)
        if found is None:
            found = self._answers[locale.name] = Answers(locale)
        return found

    def talk(self, given: Mapping[str, Any]) -> Talk:
        """The conversation of the page and the person that a request names.

        Raises Unfit: the page has no name; UnknownPerson: the person was removed.
        """
        page = given.get("page")
        if not isinstance(page, str) or not _PAGE.fullmatch(page):
            raise Unfit("The page has no name: `page` is 8 to 40 letters, digits, - or _.")
        person = self.person(given)
        return self.talks.of(page, person, request.environ.get(DEVICE, ""), self.page_locale.name)

    def person(self, given: Mapping[str, Any]) -> Person:
        """The person that a request names by id; the first one where it names none.

        Raises UnknownPerson: they were removed.
        """
        wanted = given.get("person")
        return self.registry.person(wanted if isinstance(wanted, str) else "")


def said(given: Mapping[str, Any]) -> str:
    """What was said. Raises Unfit: nothing."""
    text = given.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Unfit("Nothing was said.")
    return text[:LONGEST_TEXT]


def repeatable(given: Mapping[str, Any]) -> Request:
    """The name of a request that may come again, and how long ago it was said."""
    try:
        found = msgspec.convert(given, _Repeatable)
    except msgspec.ValidationError as fault:
        raise Unfit(f"The request's name or age cannot be used: {fault}.") from None
    return Request(found.request, min(LONGEST_AGO, timedelta(milliseconds=min(found.ago_ms, 1e9))))


def playing(given: Any) -> Playing | None:
    """Where the page's audio is, or None where it plays nothing. Raises Unfit: it is given and makes no sense."""
    if given is None:
        return None
    try:
        place = msgspec.convert(given, _Place, strict=False)
    except msgspec.ValidationError as fault:
        raise Unfit(f"`playing` names no place that audio can have: {fault}.") from None
    return Playing(place.token, round(place.at_ms), place.stopped)


def refusal(message: str, status: int) -> Response:
    """A refusal with its reason."""
    answer = jsonify({"error": message})
    answer.status_code = status
    return answer
