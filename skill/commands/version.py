"""Which version of the coach this is."""

from importlib import metadata
from typing import Final

DISTRIBUTION: Final = "hands-free-band-coach"


def version() -> str:
    """The installed version; that it runs from its source where it is not installed."""
    try:
        return f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}"
    except metadata.PackageNotFoundError:
        return f"{DISTRIBUTION}, from its source"
