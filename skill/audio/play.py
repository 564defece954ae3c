"""Sound on this machine's own loudspeaker, by whatever can play it."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from skill.audio.files import wav
from skill.audio.sound import RATE, Samples

PLAYERS: Final = (
    ("paplay", "{}"),
    ("aplay", "-q", "{}"),
    ("afplay", "{}"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet", "{}"),
)


class NoSoundDevice(RuntimeError):
    """Nothing here can play sound; the message says what would."""


def play(sound: Samples) -> None:
    """Play the sound to its end. Raises NoSoundDevice: there is no loudspeaker, or nothing that can reach it."""
    faults = []
    for way in (_by_sounddevice, _by_program):
        try:
            way(sound)
            return
        except (ImportError, OSError, RuntimeError, subprocess.CalledProcessError) as fault:
            faults.append(str(fault) or type(fault).__name__)
    raise NoSoundDevice(
        f"nothing here can play sound ({'; '.join(faults)}): write a file with --out FILE.wav"
    )


def _by_sounddevice(sound: Samples) -> None:
    import sounddevice  # type: ignore[import-untyped]

    try:
        sounddevice.play(sound, RATE, blocking=True)
    except sounddevice.PortAudioError as fault:
        raise NoSoundDevice(str(fault)) from fault


def _by_program(sound: Samples) -> None:
    program = next((each for each in PLAYERS if shutil.which(each[0])), None)
    if program is None:
        raise NoSoundDevice(f"none of {', '.join(each[0] for each in PLAYERS)} is installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "count.wav"
        file.write_bytes(wav(sound))
        subprocess.run([part.format(file) for part in program], check=True, capture_output=True)
