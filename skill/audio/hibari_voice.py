"""Hibari's American voice: small, quick, and the same to the bit each time, as its noise has a seed."""

from functools import cached_property
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from skill.audio.sound import Samples
from skill.audio.voice import need

BETWEEN_SENTENCES_S: Final = 0.25
_SLOWEST, _FASTEST = 0.5, 2.0


class Hibari:
    """A voice of 8 MB, Apache-2.0. The model is loaded only when a word is not in the cache."""

    sample_rate: Final = 24_000

    def __init__(self) -> None:
        """Raises VoiceMissing where the package, or the voice's file in it, is not there."""
        need("hibari", "hibari.onnx")

    @property
    def identity(self) -> str:
        """Engine and voice with their versions."""
        return f"hibari {version('hibari-tts')} heart"

    @cached_property
    def _model(self) -> Any:
        from hibari import Hibari as Model  # type: ignore[import-untyped]

        return Model()

    def say(self, text: str, percent: int) -> Samples:
        """The text as sound; sentences are a quarter of a second apart."""
        speed = min(max(percent / 100, _SLOWEST), _FASTEST)
        gap = np.zeros(round(BETWEEN_SENTENCES_S * self.sample_rate), np.float32)
        parts: list[Samples] = []
        for phonemes in self._model.phonemize(text):
            parts += [gap, self._model.from_phonemes(phonemes, speed, seed=0)]
        return np.concatenate(parts[1:]) if parts else np.zeros(0, np.float32)
