"""The token that lets a program use the API: one line in a file beside the state, for its owner's eyes only."""

import re
import secrets
from pathlib import Path
from typing import Final

from skill.store.choose import beside
from skill.store.whole_files import OWNER_ONLY, NotWritable, write_whole

_SUFFIX: Final = ".token"
_ALWAYS_BESIDE: Final = re.compile(r"[\w./ \\~-]+")
"""Other addresses, such as `sqlite:coach.db`, once had their token in the working directory, whatever they named."""


def token_file(store: str) -> Path:
    """Where the token of a coach with this store lies; one that lies at the earlier place is taken along.

    It stays there too, because another coach in this folder may use it.
    """
    file, earlier = beside(store, _SUFFIX), Path(f"glute-coach{_SUFFIX}")
    if _ALWAYS_BESIDE.fullmatch(store) or file.exists() or not (token := read_token(earlier)):
        return file
    try:
        write_whole(file, f"{token}\n", OWNER_ONLY)
    except NotWritable:
        return earlier
    return file


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
