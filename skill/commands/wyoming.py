"""`glute-coach wyoming`: the coach for Home Assistant's voice satellites, with no Amazon account and no cloud."""

import argparse
import asyncio
import re
from collections.abc import Callable, Coroutine
from contextlib import closing
from typing import Any

from skill.commands.coach_options import add_coach, opened_coach
from skill.speaker.page.attach import open_sounds, rooms_of
from skill.speaker.satellite import sentences
from skill.web import create_app

URI = "tcp://127.0.0.1:10700"
_LISTENS_AT = re.compile(r"tcp://[^/]+:\d{1,5}|unix://.+")


class WyomingMissing(RuntimeError):
    """The package that speaks the protocol is not there; the message says how to install it."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("wyoming", help="serve the coach to Home Assistant's voice satellites")
    parser.add_argument("--uri", type=_uri, default=URI, help="where to listen (default: %(default)s)")
    parser.add_argument(
        "--sentences",
        action="store_true",
        help="print Home Assistant's custom sentences for the coach's intents instead, and stop",
    )
    add_coach(parser)
    parser.set_defaults(run=run)


def _uri(text: str) -> str:
    if not _LISTENS_AT.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text} is nowhere to listen: write tcp://ADDRESS:PORT or unix://PATH"
        )
    return text


def run(chosen: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises WyomingMissing: the protocol's package is not there. EarsMissing: nothing can be heard here; the message
    says what to install.
    """
    if chosen.sentences:
        print(sentences.written(), end="")
        return 0
    _serve(chosen)
    return 0


def _serve(chosen: argparse.Namespace) -> None:
    from skill.speaker.hearing import recogniser
    from skill.speaker.hearing.own_process import RecogniserProcess
    from skill.speaker.house import House

    serve = _protocol()
    print("Loading the recognisers (a few seconds)", flush=True)
    recognise = RecogniserProcess(recogniser)
    with closing(recognise), opened_coach(chosen) as coach:
        rooms = rooms_of(create_app(verify=False, coach=coach), coach)
        print(f"The coach listens for Home Assistant: {chosen.uri}", flush=True)
        print("How to connect it: docs/home-assistant.md. Ctrl-C stops.", flush=True)
        asyncio.run(serve(House(rooms, recognise, open_sounds(coach.locale)), chosen.uri))


def _protocol() -> Callable[..., Coroutine[Any, Any, None]]:
    try:
        from skill.speaker.satellite.server import serve
    except ImportError as error:
        raise WyomingMissing(
            f"the Wyoming protocol is not installed ({error}): "
            "pip install 'hands-free-band-coach[wyoming,hearing,voice]'"
        ) from error
    return serve
