"""Whether a request was made on this machine, by a program of this machine, and by no page of a stranger's.

Without verification the skill answers these only. The other end of the connection does not suffice: a
tunnel ends on this machine too, and a stranger's page in this machine's browser asks from it. So nobody may
have passed the request on, it has to be addressed to this machine by the very port that was asked, and if a page
asks it has to be of the very origin that it asks.
"""

import ipaddress
import re
from wsgiref.types import WSGIEnvironment

from skill.alexa.verify import Code, Refused

_PASSED_ON = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_CF_RAY",
)


_HOST = re.compile(r"(?P<name>[a-z0-9.]+|\[[0-9a-f:]+\])(:(?P<port>[0-9]{1,5}))?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Whether a host name or address, without its port, is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_local(environ: WSGIEnvironment) -> None:
    """Nothing, if the request comes from this machine. Raises Refused: it does not, or it cannot be told."""
    if not is_loopback(str(environ.get("REMOTE_ADDR", ""))):
        raise Refused(Code.NOT_LOCAL, "address")
    for name in _PASSED_ON:
        if name in environ:
            raise Refused(Code.NOT_LOCAL, name)
    host = str(environ.get("HTTP_HOST", ""))
    if not _names_us(host, str(environ.get("SERVER_PORT", ""))):
        raise Refused(Code.NOT_LOCAL, "host")
    if environ.get("HTTP_ORIGIN", f"http://{host}") != f"http://{host}":
        raise Refused(Code.NOT_LOCAL, "origin")


def _names_us(host: str, port: str) -> bool:
    """Whether a `Host` is one of this machine's own names and the very port that was asked, and nothing else."""
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    return is_loopback(found["name"].strip("[]")) and (found["port"] or "80") == port
