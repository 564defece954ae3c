"""`glute-coach serve`: the endpoint on this machine."""

import argparse
from typing import Any

from werkzeug.serving import make_server

from skill.app import Settings, build
from skill.commands.coach_options import add_coach, chosen_settings
from skill.web import LOOPBACK, Unverified, create_app


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="serve the coach on this machine")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8080, help="port (default: %(default)s; 0 takes a free one)"
    )
    add_coach(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        Unverified: the address is not this machine's own.
    """
    if chosen.host not in LOOPBACK:
        raise Unverified(
            f"{chosen.host} can be reached from outside, and requests are not verified: use 127.0.0.1"
        )
    coach = build(Settings(**chosen_settings(chosen)))
    server = make_server(chosen.host, chosen.port, create_app(verify=False, coach=coach), threaded=True)
    address = f"http://{chosen.host}:{server.port}"
    print(f"The coach is listening: {address}  (state in {chosen.db}; Ctrl-C stops)", flush=True)
    print("Talk to it in another terminal:  .venv/bin/glute-coach talk", flush=True)
    print(f"Alexa's requests go to:          {address}/alexa", flush=True)
    try:
        server.serve_forever()
    finally:
        coach.store.close()
    return 0
