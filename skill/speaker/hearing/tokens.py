"""Whisper's spelling: text as the numbers of its vocabulary, and back."""

from pathlib import Path
from typing import Final

from tiktoken import Encoding

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
