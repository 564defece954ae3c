"""The folder beside the store in which keys and devices are kept, and how a secret in it is read."""

from pathlib import Path

from skill.store.choose import beside


class Exposed(PermissionError):
    """A secret that others on this machine can read; the message says how to end that."""


def home_folder(store: str) -> Path:
    """The folder that belongs to a store, made for its owner alone; a store that is no file has it where one is."""
    folder = beside(store, ".home")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def read_secret(file: Path) -> bytes | None:
    """What a secret file holds; None where there is none. Raises Exposed: others could have read it."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return None
    if mode & 0o077:
        raise Exposed(f"{file} can be read by others on this machine: chmod 600 {file}")
    return file.read_bytes()
