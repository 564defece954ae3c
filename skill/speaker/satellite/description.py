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

from skill.locales.texts import known

_NAME: Final = "glute-coach"


def languages() -> list[str]:
    """English as the coach has words for it, and the bare language, which Home Assistant asks for too.

    Its other locales are not offered: the ears hear English alone.
    """
    return sorted({"en"} | {name for name in known() if name.startswith("en-")})


def description(voice_name: str) -> Info:
    """Ears, coach and voice; Home Assistant keeps finished sound by the voice's name, so that carries its version."""
    owner = Attribution(name="hands-free-band-coach", url="")
    about: dict[str, Any] = {
        "attribution": owner,
        "installed": True,
        "version": version("hands-free-band-coach"),
    }
    spoken: dict[str, Any] = about | {"languages": languages()}
    ears = AsrModel(name=f"{_NAME}-commands", description="the coach's commands", **spoken)
    coach = HandleModel(name=_NAME, description="a glute workout by voice", **spoken)
    voice = TtsVoice(name=f"{_NAME}-{voice_name}", description="the coach's voice", **spoken)
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
