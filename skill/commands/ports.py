"""Whether a port is free, and which one is next."""

import errno
import socket
from contextlib import closing
from typing import Final

TRIED: Final = 100
LAST: Final = 65_535


class PortTaken(OSError):
    """Another program listens there, or nobody may; the message names the next free port."""


def check_free(host: str, port: int) -> None:
    """Nothing, if somebody could listen there.

    Raises PortTaken: another program does already, or this user may not.
    """
    fault = _fault(host, port)
    if fault is None or port == 0:
        return
    free = next_free(host, port)
    cure = f"the next free one is {free}: --port {free}" if free else "--port 0 takes a free one"
    if fault.errno == errno.EADDRINUSE:
        raise PortTaken(f"port {port} is taken by another program (perhaps a coach is running); {cure}")
    if fault.errno == errno.EACCES:
        raise PortTaken(f"port {port} is for root alone; {cure}")
    raise PortTaken(f"{host} is no address of this machine ({fault.strerror or fault}): try --host 127.0.0.1")


def next_free(host: str, port: int) -> int | None:
    """The next port above that is free and open to everybody, if one of a hundred is."""
    above = range(max(port + 1, 1024), min(port + TRIED, LAST) + 1)
    return next((each for each in above if _fault(host, each) is None), None)


def _fault(host: str, port: int) -> OSError | None:
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(kind, socket.SOCK_STREAM)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1)
    except OSError as fault:
        return fault
    return None
