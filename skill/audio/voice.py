"""What a voice is."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from skill.audio.sound import Samples


class VoiceMissing(RuntimeError):
    """No such voice here; the message says which there are and how to install one."""


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
