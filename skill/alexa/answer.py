"""A reply as Alexa's response: speech, a count as APLA (or SSML where a device cannot play it), a reprompt."""

from collections.abc import Callable
from typing import Any, Final, Literal

from ask_sdk_model import Response
from ask_sdk_model.interfaces.alexa.presentation.apla import RenderDocumentDirective
from ask_sdk_model.ui import Reprompt, SsmlOutputSpeech

from skill.alexa import apla
from skill.alexa.ssml import TooLong, escape, render
from skill.coach.count import Timeline
from skill.coach.reply import Count, Line, Reply
from skill.locales.script import Script
from skill.locales.words import Locale
from skill.store.base import DamagedDocument, StoreError
from skill.store.migrations import NewerDocument

Plan = Callable[[Count], Timeline]
Route = Literal["apla", "ssml"]

LONGEST_SPEECH: Final = 7900
APOLOGIES: Final = {
    DamagedDocument: "record_set_aside",
    NewerDocument: "being_updated",
    StoreError: "not_saved",
}
"""What is said of a fault of the store, by its kind; whatever else fails gets the general apology."""


def response_of(reply: Reply, locale: Locale, plan: Plan, route: Route = "apla") -> Response:
    """The whole response; a count's words are all inside its audio, so that its grid begins at zero."""
    asked = [reply.question] if reply.question else []
    response = Response(should_end_session=reply.ends)
    if reply.reprompt is not None and not reply.ends:
        response.reprompt = Reprompt(output_speech=_speech(escape(locale.text(reply.reprompt, reply.turn))))
    if reply.count is None:
        response.output_speech = _speech(escape(locale.paragraph([*reply.lines, *asked], reply.turn)))
        return response
    script = locale.script(plan(reply.count), reply.lines, reply.question, reply.turn)
    _add_count(response, script, reply.count, route)
    return response


def apology(locale: Locale, fault: Exception) -> Response:
    """Something failed on our side: said, with nothing lost and the microphone open."""
    line = Line(next((key for kind, key in APOLOGIES.items() if isinstance(fault, kind)), "apology"))
    response = Response(should_end_session=False, output_speech=_speech(escape(locale.text(line))))
    response.reprompt = Reprompt(output_speech=_speech(escape(locale.text(Line("anything_else_again")))))
    return response


def _add_count(response: Response, script: Script, count: Count, route: Route) -> None:
    if route == "apla":
        try:
            document: Any = apla.document(script)
        except TooLong:
            document = apla.document(script, "phase")
        response.directives = [RenderDocumentDirective(token=count.token, document=document)]
    else:
        response.output_speech = _speech(render(script))


def _speech(ssml: str) -> SsmlOutputSpeech:
    return SsmlOutputSpeech(
        ssml=f"<speak>{ssml[:LONGEST_SPEECH]}</speak>" if not ssml.startswith("<speak>") else ssml
    )
