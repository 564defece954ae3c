"""The token that lets a program use the API: one line in a file beside the state, for its owner's eyes only."""

import os
import re
import secrets
from pathlib import Path
from typing import Final

_FILE: Final = re.compile(r"[\w./ \\~-]+")
_BESIDE_A_DATABASE: Final = "glute-coach"


def token_file(store: str) -> Path:
    """Where the token of a coach with this store lies; of one that is no file, in the working directory."""
    return Path(f"{store if _FILE.fullmatch(store) else _BESIDE_A_DATABASE}.token")


def read_token(file: Path) -> str:
    """The token; "" where none was made yet."""
    try:
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def new_token(file: Path) -> str:
    """A new token, which ends the old one at once.

    Raises:
        OSError: the file cannot be written.
    """
    token = secrets.token_urlsafe(32)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"{token}\n")
    fresh.replace(file)
    return token
