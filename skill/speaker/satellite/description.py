"""What the coach's Wyoming server can do, as Home Assistant asks for it."""

from importlib.metadata import version
from typing import Any, Final

from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
)

_NAME: Final = "glute-coach"
_LANGUAGES: Final = ["en", "en-US"]


def description(voice_name: str) -> Info:
    """Ears, coach and voice; Home Assistant keeps finished sound by the voice's name, so that carries its version."""
    owner = Attribution(name="hands-free-band-coach", url="")
    about: dict[str, Any] = {
        "attribution": owner,
        "installed": True,
        "version": version("hands-free-band-coach"),
    }
    known: dict[str, Any] = about | {"languages": _LANGUAGES}
    ears = AsrModel(name=f"{_NAME}-commands", description="the coach's commands", **known)
    coach = HandleModel(name=_NAME, description="a glute workout by voice", **known)
    voice = TtsVoice(name=f"{_NAME}-{voice_name}", description="the coach's voice", **known)
    speaks = TtsProgram(
        name=_NAME,
        description="speaks and counts",
        voices=[voice],
        supports_synthesize_streaming=True,
        **about,
    )
    return Info(
        asr=[AsrProgram(name=_NAME, description="hears the coach's commands", models=[ears], **about)],
        handle=[HandleProgram(name=_NAME, description="coaches", models=[coach], **about)],
        tts=[speaks],
    )
