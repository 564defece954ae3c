"""moto's DynamoDB on loopback, one request at a time: its own checks of a condition race."""

import sys
import threading

from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple


def one_at_a_time(application):
    lock = threading.Lock()

    def locked(environ, start_response):
        with lock:
            return list(application(environ, start_response))

    return locked


if __name__ == "__main__":
    run_simple(
        "127.0.0.1",
        int(sys.argv[1]),
        one_at_a_time(DomainDispatcherApplication(create_backend_app)),
        threaded=True,
        request_handler=MotoRequestHandler,
    )
