"""What a voice is."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from skill.audio.sound import Samples


class VoiceMissing(RuntimeError):
    """No such voice here; the message says which there are and how to install one."""


def need(package: str, holds: str = "*.py") -> None:
    """See that a voice's package is here, whole, without loading it; it `holds` a file of this pattern.

    Raises VoiceMissing: it is not installed, or without that file.
    """
    found = importlib.util.find_spec(package)
    if found is None:
        raise VoiceMissing(f"{package} is not installed")
    folders = found.submodule_search_locations or ()
    if not any(file.stat().st_size for folder in folders for file in Path(folder).rglob(holds)):
        raise VoiceMissing(f"{package} is installed without its {holds}: install it again")


class Voice(Protocol):
    """Something that says text: the same each time with Piper, inaudibly different with espeak-ng."""

    @property
    def identity(self) -> str:
        """Engine, version and voice: two voices that sound different never share one."""

    @property
    def sample_rate(self) -> int:
        """Samples a second of what it says."""

    def say(self, text: str, percent: int) -> "Samples":
        """The text as sound, at this rate (percent; 100 is normal, 200 twice as fast)."""
