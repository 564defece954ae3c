"""Who speaks: Piper where it is installed, else espeak-ng; both run on this machine and need no network."""

from collections.abc import Callable
from typing import Final

from skill.audio.voice import Voice, VoiceMissing

HOW_TO_INSTALL: Final = "install the voice extra: pip install 'hands-free-band-coach[voice]'"


def _piper(_: str) -> Voice:
    from skill.audio.piper_voice import PiperJoe

    return PiperJoe()


def _espeak(variant: str) -> Voice:
    from skill.audio.espeak_voice import Espeak

    return Espeak(variant or "en-us")


def _hibari(_: str) -> Voice:
    from skill.audio.hibari_voice import Hibari

    return Hibari()


ENGINES: Final[dict[str, Callable[[str], Voice]]] = {"piper": _piper, "hibari": _hibari, "espeak": _espeak}

OTHERS: Final = ("espeak:en-us", "espeak:en-us+f3", "espeak:en", "espeak:de")
"""What a person may choose, or a language needs, instead of the best one.

They are small enough to be ready beside it, and quick without a cache.
"""


def voice(name: str | None = None) -> Voice:
    """The voice `hibari`, `piper`, `espeak` or one such as `espeak:en-us+f3`; the best installed where none is named.

    Raises VoiceMissing: it is not installed, or no such voice exists.
    """
    engine, _, variant = (name or "").partition(":")
    if name and engine not in ENGINES:
        raise VoiceMissing(f"no voice is called {name!r}: choose one of {', '.join(ENGINES)}")
    faults = []
    for each in [engine] if name else list(ENGINES):
        try:
            return ENGINES[each](variant)
        except (ImportError, OSError, VoiceMissing) as fault:
            faults.append(f"{each}: {fault}")
    raise VoiceMissing(f"no voice can speak here ({'; '.join(faults)}): {HOW_TO_INSTALL}")


def others() -> tuple[str, ...]:
    """The names of the further voices that can speak here."""
    return tuple(name for name in OTHERS if _can_speak(name))


def _can_speak(name: str) -> bool:
    try:
        voice(name)
    except VoiceMissing:
        return False
    return True
