"""A reply as Alexa's response: speech, a count as APLA (or SSML where a device cannot play it), a reprompt."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SsmlOutputSpeech

from skill.alexa import apla
from skill.alexa.count_delivery import Route, Routes
from skill.alexa.ssml import TooLong, escape, render
from skill.audio.address import AddressRefused
from skill.audio.prerendered import NotOnShelf
from skill.coach.counting.timeline import Timeline
from skill.coach.messages.reply import Count, Line, Reply
from skill.locales.script import Script
from skill.locales.words import Locale
from skill.store.base import DamagedDocument, StoreError
from skill.store.migrations import NewerDocument

Plan = Callable[[Count], Timeline]

LOG: Final = logging.getLogger(__name__)
USUAL: Final = Routes()
LONGEST_SPEECH: Final = 7900
APOLOGIES: Final = {
    DamagedDocument: "record_set_aside",
    NewerDocument: "being_updated",
    StoreError: "not_saved",
}
"""What is said of a fault of the store, by its kind; whatever else fails gets the general apology."""


def response_of(reply: Reply, locale: Locale, plan: Plan, routes: Routes = USUAL) -> Response:
    """The whole response; a count's words are all inside its audio, so that its grid begins at zero."""
    asked = [reply.question] if reply.question else []
    response = Response(should_end_session=reply.ends)
    if reply.reprompt is not None and not reply.ends:
        response.reprompt = Reprompt(output_speech=_speech(escape(locale.text(reply.reprompt, reply.turn))))
    if reply.count is None:
        response.output_speech = _speech(escape(locale.paragraph([*reply.lines, *asked], reply.turn)))
        return response
    _add_count(response, reply.count, partial(_script, reply, locale, plan), routes, reply.plays)
    return response


def second_try_of(reply: Reply, locale: Locale, plan: Plan, routes: Routes, from_ms: int) -> Response:
    """What may be answered to a failed AudioPlayer: the file once more, from there, and not a word; or nothing."""
    if reply.count is None or routes.for_device(reply.plays) != "audioplayer":
        return Response()
    directives = response_of(reply, locale, plan, routes).directives
    for each in directives:
        if hasattr(each, "audio_item"):
            each.audio_item.stream.offset_in_milliseconds = from_ms
    return Response(directives=directives)


def apology(locale: Locale, fault: Exception) -> Response:
    """Something failed on our side: said, with nothing lost and the microphone open."""
    line = Line(next((key for kind, key in APOLOGIES.items() if isinstance(fault, kind)), "apology"))
    response = Response(should_end_session=False, output_speech=_speech(escape(locale.text(line))))
    response.reprompt = Reprompt(output_speech=_speech(escape(locale.text(Line("anything_else_again")))))
    return response


def _script(reply: Reply, locale: Locale, plan: Plan, route: Route) -> Script:
    """The count in words. Where the session closes, the question tells how to answer it by the skill's name."""
    assert reply.count is not None
    question, more_ms = reply.question, 0
    if route == "audioplayer" and question is not None:
        question = Line("could_you_do_another_by_name")
        more_ms = max(0, locale.speech_ms([question]) - reply.count.question_ms)
    return locale.script(plan(reply.count), reply.lines, question, reply.turn).longer(more_ms)


def _add_count(
    response: Response, count: Count, script_for: Callable[[Route], Script], routes: Routes, plays: str
) -> None:
    """The count by its route; what a route cannot hold goes by the next plainer one."""
    route = routes.for_device(plays)
    for each in (route, *PLAINER[route]):
        try:
            SENDERS[each](response, script_for(each), count, routes)
            return
        except NotOnShelf as fault:
            LOG.info("A count goes by another route than %s: %s", each, fault)
        except (TooLong, AddressRefused) as fault:
            LOG.warning("A count did not fit the route %s: %s", each, fault)
    raise TooLong("the count fits none of the ways in which it could be played")


def _by_apla(response: Response, script: Script, count: Count, routes: Routes) -> None:
    try:
        document: Any = apla.document(script, routes.grid)
    except TooLong:
        document = apla.document(script, "phase")
    response.directives = [_rendered(count, document)]


def _by_mp3(response: Response, script: Script, count: Count, routes: Routes) -> None:
    document: Any = _around_set(script, routes) or apla.audio_document(_address(script, routes))
    response.directives = [_rendered(count, document)]


def _rendered(count: Count, document: Any) -> Any:
    """The directive; the SDK's room of it is entered with the first count, and not for a first answer's sake."""
    from ask_sdk_model.interfaces.alexa.presentation.apla import RenderDocumentDirective

    return RenderDocumentDirective(token=count.token, document=document)


def _around_set(script: Script, routes: Routes) -> Any:
    """The set from a file rendered beforehand, and the rest in Alexa's voice; None where the deployment has none."""
    if routes.set_address_of is None:
        return None
    before, set_, after = script.parts()
    return apla.around(before, routes.set_address_of(set_), set_.length_ms, after)


def _by_audioplayer(response: Response, script: Script, count: Count, routes: Routes) -> None:
    """The file with exact offsets, for which the session closes."""
    from ask_sdk_model.interfaces.audioplayer import AudioItem, PlayBehavior, PlayDirective, Stream

    stream = Stream(token=count.token, url=_address(script, routes), offset_in_milliseconds=0)
    item = AudioItem(stream=stream)
    response.directives = [PlayDirective(play_behavior=PlayBehavior.REPLACE_ALL, audio_item=item)]
    response.should_end_session, response.reprompt = True, None


def _by_ssml(response: Response, script: Script, count: Count, routes: Routes) -> None:
    response.output_speech = _speech(render(script))


def _address(script: Script, routes: Routes) -> str:
    if routes.address_of is None:
        raise AddressRefused("this deployment serves no audio files")
    return routes.address_of(script)


PLAINER: Final[dict[Route, tuple[Route, ...]]] = {
    "audioplayer": ("apla", "ssml"),
    "mp3": ("apla", "ssml"),
    "apla": ("ssml",),
    "ssml": (),
}
SENDERS: Final[dict[Route, Callable[[Response, Script, Count, Routes], None]]] = {
    "audioplayer": _by_audioplayer,
    "mp3": _by_mp3,
    "apla": _by_apla,
    "ssml": _by_ssml,
}


def _speech(ssml: str) -> SsmlOutputSpeech:
    return SsmlOutputSpeech(
        ssml=f"<speak>{ssml[:LONGEST_SPEECH]}</speak>" if not ssml.startswith("<speak>") else ssml
    )
