"""Moonshine's spelling: text as the numbers of its vocabulary, and back."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

BEGIN: Final = 1
END: Final = 2
_SPACE: Final = "\u2581"
_FIRST_BYTE, _FIRST_PIECE = 3, 259
_LONG: Final = 128


class Pieces:
    """The vocabulary that lies beside the weights: each piece after its length; a piece's number is its place.

    Three marks come first, then each byte, then what is joined of them: whatever has the lower number is joined sooner.
    """

    def __init__(self, vocabulary: Path) -> None:
        self._pieces = _read(vocabulary.read_bytes())
        self._numbers: dict[bytes, int] = {}
        for number in (*range(_FIRST_PIECE, len(self._pieces)), *range(_FIRST_BYTE, _FIRST_PIECE)):
            self._numbers.setdefault(self._pieces[number], number)

    def encode(self, text: str) -> tuple[int, ...]:
        """The numbers of a text, marks and all."""
        pieces = [letter.encode() for letter in f"{_SPACE}{text.replace(' ', _SPACE)}"]
        while True:
            joined = [self._numbers.get(one + other) for one, other in pairwise(pieces)]
            known = [(number, at) for at, number in enumerate(joined) if number is not None]
            if not known:
                return tuple(number for piece in pieces for number in self._of(piece))
            _, at = min(known)
            pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]

    def _of(self, piece: bytes) -> list[int]:
        """The number of a piece, or of each of its bytes, if no word has such a letter."""
        known = self._numbers.get(piece)
        return [self._numbers[bytes([byte])] for byte in piece] if known is None else [known]

    def decode(self, numbers: Iterable[int]) -> str:
        """The text of what was written; its marks are left out."""
        written = b"".join(self._pieces[number] for number in numbers if number >= _FIRST_BYTE)
        return written.decode("utf-8", "replace").replace(_SPACE, " ").strip()


def _read(vocabulary: bytes) -> list[bytes]:
    pieces, at = [], 0
    while at < len(vocabulary):
        length, at = vocabulary[at], at + 1
        if length >= _LONG:
            length, at = length - _LONG + _LONG * vocabulary[at], at + 1
        pieces.append(vocabulary[at : at + length])
        at += length
    return pieces
