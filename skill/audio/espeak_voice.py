"""espeak-ng by its C interface: robotic, 21 MB, 200 times faster than real time; the small fallback."""

import ctypes
import importlib.util
from importlib.metadata import version
from threading import Lock
from typing import Final

import numpy as np

from skill.audio.sound import Samples
from skill.audio.voice import VoiceMissing

WORDS_A_MINUTE: Final = 175
FASTEST: Final = 450

_SYNCHRONOUS, _RATE, _UTF8, _AT_CHARACTER = 2, 1, 1, 1
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
_lock = Lock()
_engine: "_Engine | None" = None


class _Engine:
    """The library, of which a process has one: voice and rate are its globals, so a lock guards it."""

    def __init__(self) -> None:
        from espeakng_loader import get_data_path, get_library_path  # type: ignore[import-untyped]

        self.library = ctypes.CDLL(get_library_path())
        self.rate = self.library.espeak_Initialize(_SYNCHRONOUS, 0, get_data_path().encode(), 0)
        if self.rate <= 0:
            raise VoiceMissing("espeak-ng did not start: its data is missing")
        self.parts: list[bytes] = []
        self.callback = _Callback(self._hear)
        self.library.espeak_SetSynthCallback(self.callback)

    def _hear(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _: int | None) -> int:
        if samples and count:
            self.parts.append(ctypes.string_at(samples, count * 2))
        return 0

    def say(self, variant: str, text: str, words_a_minute: int) -> Samples:
        self.choose(variant)
        self.parts.clear()
        self.library.espeak_SetParameter(_RATE, words_a_minute, 0)
        raw = text.encode()
        self.library.espeak_Synth(raw, len(raw) + 1, 0, _AT_CHARACTER, 0, _UTF8, None, None)
        return np.frombuffer(b"".join(self.parts), "<i2").astype(np.float32) / np.float32(32768)

    def choose(self, variant: str) -> None:
        if self.library.espeak_SetVoiceByName(variant.encode()) != 0:
            raise VoiceMissing(f"espeak-ng has no voice {variant!r}; try en-us, en, en-us+f3")


def _started() -> _Engine:
    global _engine
    _engine = _engine or _Engine()
    return _engine


class Espeak:
    """One voice of espeak-ng by its own name: `en-us`, `en` (British), `en-us+f3` (another speaker)."""

    def __init__(self, variant: str = "en-us") -> None:
        if importlib.util.find_spec("espeakng_loader") is None:
            raise VoiceMissing("espeakng-loader is not installed")
        self.variant = variant
        with _lock:
            engine = _started()
            engine.choose(variant)
            self.sample_rate: int = engine.rate

    @property
    def identity(self) -> str:
        """Engine, version and voice."""
        return f"espeak {version('espeakng-loader')} {self.variant}"

    def say(self, text: str, percent: int) -> Samples:
        """The text as sound; no faster than 450 words a minute."""
        with _lock:
            return _started().say(self.variant, text, min(FASTEST, WORDS_A_MINUTE * percent // 100))
