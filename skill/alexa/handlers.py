"""ask-sdk's handlers: each reads the request, lets the coach decide, and answers. No decision is made here."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response

from rules.files.exercise import Exercise
from skill.alexa.answer import apology, response_of, second_try_of
from skill.alexa.apl.screen import add_card, add_screen, version_for
from skill.alexa.count_delivery import Routes
from skill.alexa.heard import (
    BUTTONS,
    PLAYER_EVENTS,
    TOUCH,
    heard_of,
    now_of,
    offset_of,
    touched_of,
    user_of,
)
from skill.coach.counting.timeline import Timeline
from skill.coach.dialogue import ALWAYS, ASIDES, COMMANDS
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count, Reply
from skill.locales.words import Locale
from skill.store.base import StoreUnavailable
from skill.watch.watch import current

LOG: Final = logging.getLogger(__name__)
SPOKEN: Final = frozenset({"LaunchRequest", "IntentRequest"})
KNOWN: Final = frozenset({*ALWAYS, *COMMANDS, *ASIDES})
OWNER: Final = "trainee"
"""The session attribute that holds whose session it is."""
SILENT: Final = frozenset({"SessionEndedRequest", "AlexaSkillEvent.SkillDisabled", *PLAYER_EVENTS})


class Coach(Protocol):
    """What the handlers need of the application: one turn for one user, and the words to say it with."""

    routes: Routes
    exercises: Mapping[str, Exercise]
    card_picture: str

    def plan(self, count: Count) -> Timeline:
        """The timeline of a count."""

    def locale_of(self, name: object) -> Locale:
        """The words for the locale that a request names."""

    def turn(self, user: str, heard: Heard, now: int, locale: Locale | None = None) -> Reply:
        """One whole turn: read, decide, save."""


class BadRequest(ValueError):
    """A request that cannot be answered: the message says what is missing, and becomes a 400."""


class SpokenHandler(AbstractRequestHandler):  # type: ignore[misc]
    """A launch or an intent: the coach answers aloud."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Launches, every intent, known or not (an unknown one is simply not understood), and our own buttons."""
        request = handler_input.request_envelope.request
        told = touched_of(request)
        return request.object_type in SPOKEN or (told is not None and told[0] in BUTTONS)

    def handle(self, handler_input: HandlerInput) -> Response:
        """One turn, put into words."""
        reply = _turn(self._coach, handler_input)
        coach, envelope, locale = (
            self._coach,
            handler_input.request_envelope,
            _locale(self._coach, handler_input),
        )
        if reply == Reply(()) and envelope.request.object_type == TOUCH:
            return Response()  # touched twice, or late: the count goes on
        response = response_of(reply, locale, coach.plan, coach.routes)
        add_card(response, reply, locale, coach.card_picture)
        version = "" if reply.no_screen else version_for(envelope)
        if version:
            add_screen(response, reply, coach.exercises, locale, version)
        return response


class SilentHandler(AbstractRequestHandler):  # type: ignore[misc]
    """The end of a session, and the skill being disabled: what is known is kept (or deleted); nothing is said."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Events that change what is known; a count that was shown to its end is one of them."""
        request = handler_input.request_envelope.request
        told = touched_of(request)
        return request.object_type in SILENT or (told is not None and told[0] not in BUTTONS)

    def handle(self, handler_input: HandlerInput) -> Response:
        """One turn without a word; a file that could not be fetched is sent a second time."""
        coach, envelope = self._coach, handler_input.request_envelope
        reply = _turn(coach, handler_input)
        if envelope.request.object_type != "AudioPlayer.PlaybackFailed":
            return Response()
        locale, at_ms = _locale(coach, handler_input), offset_of(envelope.request) or 0
        return second_try_of(reply, locale, coach.plan, coach.routes, at_ms)


class OtherHandler(AbstractRequestHandler):  # type: ignore[misc]
    """Everything else that Alexa may send: accepted, and answered with nothing."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Anything."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Nothing is said, nothing is changed."""
        return Response()


class FaultHandler(AbstractExceptionHandler):  # type: ignore[misc]
    """A fault on our side costs a spoken apology and nothing of the record."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Every fault but a request that was wrong in itself."""
        return not isinstance(exception, BadRequest)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Logged once, by kind and place; never with what was said, so without the error's own text."""
        from traceback import extract_tb  # a rare turn's need

        current().fault = type(exception).__name__
        where = [f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(exception.__traceback__)]
        LOG.error("A turn failed: %s at %s %s", type(exception).__name__, " > ".join(where), _cure(exception))
        if handler_input.request_envelope.request.object_type in SILENT:
            return Response()
        return apology(_locale(self._coach, handler_input), exception)


def skill_builder(coach: Coach) -> SkillBuilder:
    """The skill as ask-sdk builds it, for the endpoint and for Lambda alike."""
    builder = SkillBuilder()
    for handler in (SpokenHandler(coach), SilentHandler(coach), OtherHandler()):
        builder.add_request_handler(handler)
    builder.add_exception_handler(FaultHandler(coach))
    return builder


def _turn(coach: Coach, handler_input: HandlerInput) -> Reply:
    envelope = handler_input.request_envelope
    user, now = _owner(handler_input), now_of(envelope)
    if not user:
        raise BadRequest("The request names no user: context.System.user.userId is missing")
    if now is None:
        raise BadRequest("The request has no timestamp: request.timestamp is missing")
    locale, watch = _locale(coach, handler_input), current()
    heard = heard_of(envelope, locale.number_words, datetime.now(UTC))
    watch.user, watch.request = user, heard.request_id
    watch.intent = heard.intent if heard.intent in KNOWN else "other"
    return coach.turn(user, heard, now, locale)


def _locale(coach: Coach, handler_input: HandlerInput) -> Locale:
    """The words of this very request: an Echo may speak another English in the next one."""
    return coach.locale_of(handler_input.request_envelope.request.locale)


def _owner(handler_input: HandlerInput) -> str:
    """Whose session it is: whoever began it, though Alexa may not recognise the voice in every turn."""
    envelope = handler_input.request_envelope
    if envelope.session is None:
        return user_of(envelope)
    attributes = handler_input.attributes_manager.session_attributes
    if not isinstance(attributes.get(OWNER), str) or envelope.session.new:
        attributes[OWNER] = user_of(envelope)
    return str(attributes[OWNER])


def _cure(exception: Exception) -> str:
    """A store's error says what to do about it and names nobody; other texts may hold what was said."""
    return str(exception) if isinstance(exception, StoreUnavailable) else ""
