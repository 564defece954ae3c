"""The token that lets a program use the API: one line in a file beside the state, for its owner's eyes only."""

import re
import secrets
from pathlib import Path
from typing import Final

from skill.store.whole_files import OWNER_ONLY, write_whole

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
    """A new token, which ends the old one at once. Raises NotWritable: the file cannot be written."""
    token = secrets.token_urlsafe(32)
    write_whole(file, f"{token}\n", OWNER_ONLY)
    return token
