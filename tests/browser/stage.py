"""A stage for a trainee who is not there: sound cards of PulseAudio, two voices, and the coach as `make run` has it."""

import contextlib
import os
import re
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from skill.audio.espeak_voice import Espeak
from skill.audio.piper_voice import PiperJoe
from skill.audio.sound import RATE, resampled, word
from tests.browser.chromium import before_others, session_before_others
from tests.parts import need

TREE = Path(__file__).parents[2]
CARDS = ("stage", "voice")


@contextlib.contextmanager
def sound_cards(folder: Path) -> Iterator[Mapping[str, str]]:
    """A private PulseAudio: `stage` is the loudspeaker, `voice` what the microphone hears. Yields the environment."""
    need("pulseaudio", "pactl")
    socket = folder / "pulse.sock"
    loads = [f"--load=module-null-sink sink_name={card} rate=48000" for card in CARDS]
    # Chromium takes no monitor for a microphone: the monitor is given another name.
    loads.append("--load=module-remap-source source_name=microphone master=voice.monitor")
    loads.append(f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1")
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder)}
    environment = os.environ | home | {"PULSE_SERVER": f"unix:{socket}"}
    command = [
        "pulseaudio",
        "-n",
        "--daemonize=no",
        "--use-pid-file=no",
        "--exit-idle-time=-1",
        "--disable-shm=yes",
    ]
    with open(folder / "pulse.log", "wb") as log:
        server = subprocess.Popen([*command, *loads], env=environment, stderr=log, stdout=log)
        try:
            _until(socket.exists, "PulseAudio did not start")
            before_others(server.pid)
            for chosen in (["set-default-sink", "stage"], ["set-default-source", "microphone"]):
                subprocess.run(["pactl", *chosen], env=environment, check=True)
            yield environment
        finally:
            server.terminate()
            server.wait(60)


@contextlib.contextmanager
def coach(
    folder: Path, environment: Mapping[str, str] | None = None, exercises: Path | None = None
) -> Iterator[str]:
    """The coach on a port of its own, started as `make run` starts it. Yields its address."""
    command = [
        str(Path(sys.executable).with_name("glute-coach")),
        "serve",
        "--port",
        "0",
        "--db",
        str(folder / "coach.db"),
        *(["--exercises", str(exercises)] if exercises else []),
    ]
    log = folder / "coach.log"
    with open(log, "wb") as out:
        server = subprocess.Popen(
            command,
            cwd=TREE,
            env=os.environ | (environment or {}),
            stdout=out,
            stderr=out,
            preexec_fn=session_before_others,
        )
    try:
        _until(lambda: b"Alexa" in log.read_bytes() or server.poll() is not None, "the coach did not start")
        address = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if address is None:
            raise RuntimeError(f"the coach did not start: {log.read_text('utf-8')[-800:]}")
        yield address[0]
    finally:
        server.terminate()
        server.wait(60)


def say_into(folder: Path, lines: Mapping[str, tuple[str, str]]) -> None:
    """WAV files of what the trainee says: name to (voice, text)."""
    voices = {"piper": PiperJoe(), "espeak": Espeak("en-us")}
    for name, (voice, text) in lines.items():
        raw = voices[voice].say(text, 100)
        sound = word(resampled(raw, voices[voice].sample_rate)).samples
        quiet = np.zeros(RATE // 20, np.float32)
        samples = (np.concatenate([quiet, sound * 2]).clip(-1, 1) * 32767).astype("<i2")
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())


def _until(holds: Callable[[], bool], failure: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(failure)
        time.sleep(0.1)
