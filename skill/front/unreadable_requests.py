"""What is answered to bytes that gunicorn cannot read as a request: a status and nothing else.

gunicorn's own page tells whoever asked what was wrong and gives their bytes back; its log line does so at any length.
"""

from gunicorn.http import errors

from skill.front.headers import SECURITY

_STATUS: dict[type[Exception], str] = {
    errors.LimitRequestLine: "414 URI Too Long",
    errors.LimitRequestHeaders: "431 Request Header Fields Too Large",
    errors.ExpectationFailed: "417 Expectation Failed",
    errors.UnsupportedTransferCoding: "501 Not Implemented",
}
_OURS = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)


def is_misread(fault: Exception) -> bool:
    """Whether a fault lies in what the client sent."""
    return isinstance(fault, errors.ParseException) and not isinstance(fault, _OURS)


def answer_to(fault: Exception) -> bytes:
    """The whole answer; the connection ends with it, since nobody knows where another request would begin."""
    status = _STATUS.get(type(fault), "400 Bad Request")
    headers = SECURITY | {"Connection": "close", "Content-Length": "0", "Cache-Control": "no-store"}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def line_about(fault: Exception, address: str) -> str:
    """One short printable line for the log."""
    return f"refused {type(fault).__name__}: {ascii(str(fault)[:120])[1:-1][:120]} from {ascii(address)[1:-1][:64]}"
