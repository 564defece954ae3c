"""Coaches as processes that can be killed: everything is loaded once, then each life is a fork that serves.

Run with an address: `-m tests.faults.nursery ADDRESS`. It says its port; each line it reads is a new life, and it
answers its pid.
"""

import os
import signal
import socket
import sys
import warnings


def live(coach, sock: socket.socket) -> None:
    from werkzeug.serving import make_server

    from skill.web import create_app

    server = make_server(
        "127.0.0.1",
        sock.getsockname()[1],
        create_app(verify=False, coach=coach),
        threaded=True,
        fd=sock.fileno(),
    )
    server.serve_forever()


def main() -> None:
    import logging

    from skill.app import Settings, build

    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    coach = build(Settings(store=sys.argv[1]))
    sock = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(sock.getsockname()[1], flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            live(coach, sock)
        print(child, flush=True)


if __name__ == "__main__":
    main()
