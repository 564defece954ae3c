"""Who may use the API: whoever has the token. Nothing of a request is read before that is known."""

from hmac import compare_digest
from pathlib import Path

from flask import Request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge, Unauthorized

from skill.speaker.api.token import read_token


def check(request: Request, file: Path, largest: int) -> None:
    """Before anything of the body is read.

    Raises Unauthorized: the token is not the one in the file, or there is none there; LengthRequired: nobody knows
    how much will come; RequestEntityTooLarge: more would come than is taken.
    """
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    token = read_token(file)
    if not token or kind.lower() != "bearer" or not compare_digest(given.strip().encode(), token.encode()):
        raise Unauthorized(
            "The token is not this coach's: `glute-coach token` prints it.",
            www_authenticate=WWWAuthenticate("bearer"),
        )
    if request.method == "POST" and request.content_length is None:
        raise LengthRequired
    if (request.content_length or 0) > largest:
        raise RequestEntityTooLarge(f"At most {largest} bytes are taken at once.")
