"""`glute-coach serve --home`: what the home network is served, beside this machine's own page."""

import argparse
import contextlib
import socket
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask

from skill.front.admission import Admission
from skill.front.doors import Doors
from skill.front.in_process import Server, is_of_a_home, listen
from skill.speaker.pairing.certificates import OfOnesOwn, OfOurAuthority
from skill.speaker.pairing.devices import Devices
from skill.speaker.pairing.door import PAIR, Door
from skill.speaker.pairing.folder import home_folder
from skill.speaker.pairing.pages import TRUST, Pages
from skill.speaker.pairing.pairing import CODE_S, Pairing
from skill.speaker.pairing.whereabouts import Whereabouts

ANY = "0.0.0.0"
LOOK_EVERY_S = 30.0


class UnfitOptions(ValueError):
    """Options that do not go together; the message says which."""


def add_options(parser: Any) -> None:
    """Declare `--home` and what goes with it."""
    home = parser.add_argument_group("for phones and tablets at home (docs/home.md)")
    home.add_argument(
        "--home", action="store_true", help="let paired devices of the home network in, by HTTPS"
    )
    home.add_argument(
        "--home-port", type=int, default=8443, help="its port (default: %(default)s; 0 takes a free one)"
    )
    home.add_argument(
        "--home-name",
        action="append",
        default=[],
        metavar="NAME[:PORT]",
        help="a further name that is answered to, such as that of a proxy on this machine",
    )
    home.add_argument(
        "--cert", type=Path, metavar="FILE", help="a certificate of your own, with its chain (PEM)"
    )
    home.add_argument("--key", type=Path, metavar="FILE", help="its key (PEM)")


def check_options(chosen: argparse.Namespace) -> None:
    """Refuse what would be silently ignored.

    Raises UnfitOptions: options of the home without `--home`, a certificate without its key, or `--home` with Alexa's.
    """
    if not chosen.home and (chosen.cert or chosen.key or chosen.home_name):
        raise UnfitOptions("--cert, --key and --home-name go with --home")
    if bool(chosen.cert) != bool(chosen.key):
        raise UnfitOptions("--cert and --key go together")
    if chosen.home and chosen.skill_id:
        raise UnfitOptions("--home and --skill-id are two services: start one process for each")


def serve(chosen: argparse.Namespace, app: Flask, local: socket.socket) -> None:
    """Serve both doors until stopped; `local` is where this machine's own page is served.

    Raises UnfitOptions: the port cannot be used; UnfitCertificate: the certificate of one's own cannot be used;
    Exposed: a key could have been read by others.
    """
    listener = _home_listener(chosen.home_port)
    where = Whereabouts(listener.getsockname()[1], tuple(chosen.home_name))
    folder = home_folder(chosen.db)
    shown = OfOnesOwn(chosen.cert, chosen.key) if chosen.cert else OfOurAuthority(folder, where.signed_for)
    pairing = Pairing(Devices(folder))
    with contextlib.ExitStack() as ending:
        tell(where, shown, pairing)
        ending.callback(_Watch(where, shown).close)
        doors_ = doors(app, pairing, where, shown)
        Server(doors_, [local, listener], (listener, shown.context)).serve()


def _home_listener(port: int) -> socket.socket:
    try:
        return listen(ANY, port)
    except (OSError, OverflowError) as fault:
        raise UnfitOptions(
            f"--home-port {port} cannot be used ({fault}): take another, or 0 for a free one"
        ) from None


def doors(app: Flask, pairing: Pairing, where: Whereabouts, shown: OfOurAuthority | OfOnesOwn) -> Doors:
    """Both doors around one application."""
    local = app.wsgi_app
    assert isinstance(local, Admission)
    pages = Pages(lambda: shown.authority, where)
    return Doors(local, Door(local.admitted, pairing, where, pages), pages.plain, where.port)


def tell(where: Whereabouts, shown: OfOurAuthority | OfOnesOwn, pairing: Pairing) -> None:
    """Say in the terminal how a phone comes in."""
    if not is_of_a_home(where.address):
        print(
            f"This machine's address {where.address} is on the internet: only this machine is let in.",
            flush=True,
        )
    if shown.authority is not None:
        print(
            f"\nOnce on each phone or tablet, open:    {where.plain_url}{TRUST}",
            flush=True,
        )
        print(f"and compare the fingerprint:           {shown.authority.fingerprint}", flush=True)
    tell_code(where, pairing)


def tell_code(where: Whereabouts, pairing: Pairing) -> None:
    """Show a new code, and the square one that holds address and code."""
    code = pairing.new_code(time.time())
    address = f"{where.url}{PAIR}"
    print(f"\nThen scan this, or open {address} and type  {code[:4]} {code[4:]}", flush=True)
    with contextlib.suppress(ImportError):
        import segno

        segno.make(f"{address}#{code}", error="l", micro=False).terminal(compact=True)
    print(
        f"The code holds for {CODE_S / 60:.0f} minutes and one device. Another: glute-coach devices pair",
        flush=True,
    )


class _Watch:
    """Looks whether this machine's address has changed: then the certificate and the name follow it."""

    def __init__(self, where: Whereabouts, shown: OfOurAuthority | OfOnesOwn) -> None:
        self._where, self._shown = where, shown
        self._over = threading.Event()
        self._address, self._announced = where.address, _announced(where)
        threading.Thread(target=self._look, daemon=True).start()

    def close(self) -> None:
        """Take the name back."""
        self._over.set()
        if self._announced is not None:
            self._announced.close()

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            self._where.look()
            if self._where.address == self._address:
                continue
            self._address = self._where.address
            self._shown.renew()
            if self._announced is not None:
                self._announced.close()
            self._announced = _announced(self._where)
            print(f"This machine has a new address; phones find the coach at {self._where.url}", flush=True)


def _announced(where: Whereabouts) -> Any:
    """The name in the network; None where it cannot be told, as the address does as well."""
    try:
        from skill.speaker.pairing.announce import Announced

        return Announced(where.address, where.port)
    except (ImportError, OSError):
        return None
