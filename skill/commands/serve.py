"""`glute-coach serve`: the endpoint on this machine."""

import argparse
import contextlib
import os
import sys
from typing import Any, Final
from zoneinfo import ZoneInfo

from skill.app import App, build
from skill.commands import home, interrupt
from skill.commands.calendar import attach_calendar
from skill.commands.coach_options import add_coach, opened_coach, settings_of
from skill.commands.ports import check_free
from skill.front.in_process import Server, listen
from skill.speaker.api.routes import API, blueprint
from skill.speaker.api.token import new_token, read_token, token_file
from skill.speaker.hearing import LoadingEars
from skill.speaker.house import House
from skill.speaker.page.attach import attach, open_sounds, rooms_of
from skill.speaker.pairing.whereabouts import home_address
from skill.web import LOOPBACK, OPEN, Unverified, create_app

ANYWHERE: Final = frozenset({"0.0.0.0", "::"})


def add_to(commands: Any) -> None:
    parser = commands.add_parser("serve", help="serve the coach on this machine")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8080, help="port (default: %(default)s; 0 takes a free one)"
    )
    add_coach(parser)
    home.add_options(parser)
    parser.add_argument(
        "--api",
        action="store_true",
        help="let the programs of the house (Home Assistant) reach the API with its token, whatever --host "
        "listens on; all else stays for this machine alone (docs/home-assistant.md)",
    )
    parser.add_argument(
        "--skill-id",
        action="append",
        default=[],
        metavar="ID",
        help="let in requests that Alexa signed for this skill (amzn1.ask.skill...), and no others; with "
        "gunicorn, for the internet (default: unsigned requests, from this machine only)",
    )
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError(
            f"{port} is no port: take one from 1024 to 65535, or 0 for a free one"
        )
    return port


def run(chosen: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises Unverified: the address is not this machine's own. UnfitOptions: options that do not go together.
    UnfitCertificate: `--cert` and `--key` cannot be used. PortTaken: another program listens there; the message names
    the next free port.
    """
    home.check_options(chosen)
    if chosen.skill_id:
        check_free(chosen.host, chosen.port)
        _become_gunicorn(chosen)
    if chosen.host not in LOOPBACK and not chosen.api:
        raise Unverified(
            f"{chosen.host} can be reached from outside, and requests are not verified: use 127.0.0.1, --home for "
            "paired phones, --skill-id for requests that Alexa signed, or --api for Home Assistant with its token"
        )
    check_free(chosen.host, chosen.port)
    interrupt.remember()
    with opened_coach(chosen) as coach:
        _serve(chosen, coach)
    return 0


def _serve(chosen: argparse.Namespace, coach: App) -> None:
    app = create_app(verify=False, coach=coach, opened=(*OPEN, API))
    listener = listen(chosen.host, chosen.port)
    attach_calendar(app, coach, chosen.db)
    sounds = open_sounds(coach.locale)
    ears = LoadingEars()
    attach(app, coach, ears, sounds)  # after the port is ours: it begins to prepare the voice
    house = House(rooms_of(app, coach), ears.recognise, sounds)
    app.register_blueprint(blueprint(coach, house, token_file(chosen.db)))
    address = f"http://{chosen.host}:{listener.getsockname()[1]}"
    print(
        f"Open this page and talk to the coach:  {address}  (state in {chosen.db}; Ctrl-C stops)", flush=True
    )
    print("Or talk to it in another terminal:     .venv/bin/glute-coach talk", flush=True)
    print(f"Alexa's requests go to:                {address}/alexa", flush=True)
    _tell_token(chosen)
    interrupt.check()
    with announced(chosen, listener.getsockname()[1]):
        if chosen.home:
            home.serve(chosen, app, listener)
        else:
            Server(app, [listener]).serve()


def announced(chosen: argparse.Namespace, port: int) -> contextlib.AbstractContextManager[Any]:
    """The API's announcement in the network: Home Assistant finds the coach by it. None where no network is let in."""
    if not chosen.api or chosen.host in LOOPBACK:
        return contextlib.nullcontext()
    try:
        from skill.speaker.pairing.announce import PROGRAMS, Announced

        address = home_address() if chosen.host in ANYWHERE else chosen.host
        return contextlib.closing(Announced(address, port, PROGRAMS))
    except (ImportError, OSError):
        return contextlib.nullcontext()


def _tell_token(chosen: argparse.Namespace) -> None:
    """Show the API's token once, when it is made."""
    file = token_file(chosen.db)
    if chosen.api and not read_token(file):
        print(f"Home Assistant's token (shown once):   {new_token(file)}", flush=True)


def _become_gunicorn(chosen: argparse.Namespace) -> None:
    """Go on as gunicorn, in this very process, so that whoever started it stops it and sees its end."""
    settings = settings_of(chosen)
    build(settings).store.close()  # what is wrong is told here, once, and not by each worker
    told = {"GLUTE_COACH_STORE": chosen.db, "GLUTE_COACH_SKILL_IDS": ",".join(settings.skill_ids)}
    folders = {"GLUTE_COACH_EXERCISES": settings.exercises, "GLUTE_COACH_RULES": settings.rules}
    told |= {name: str(folder.resolve()) for name, folder in folders.items() if folder is not None}
    if settings.locale:
        told["GLUTE_COACH_LOCALE"] = settings.locale
    if isinstance(settings.zone, ZoneInfo):
        told["GLUTE_COACH_ZONE"] = settings.zone.key
    bind = f"[{chosen.host}]:{chosen.port}" if ":" in chosen.host else f"{chosen.host}:{chosen.port}"
    command = [sys.executable, "-m", "gunicorn", "-c", "python:skill.front.gunicorn_conf", "-b", bind]
    print(f"Alexa's signed requests are let in:  http://{bind}/alexa", flush=True)
    os.execve(sys.executable, [*command, "skill.web:create_app()"], os.environ | told)
