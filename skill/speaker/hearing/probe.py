"""A third opinion on a number: a classifier of our own on what moonshine's encoder makes of the sound.

Moonshine is two nets. The encoder turns the sound into some forty rows a second of 288 figures, which tell what speech
is in it; the decoder reads them and writes English. Written English is what goes wrong in a room: after a blurred "six"
the decoder finds "Hmm." and "Thank you." likelier than any number. But the rows still tell "six" from "seven". So they
are read a second time by something that knows no English, only the words for 0 to 60 and "anything else".

That is one multiplication. The rows of an utterance are brought to one length: their mean and their greatest values,
and the mean of each third, because "nineteen" and "teen nine" differ by order alone. These 1440 figures times a matrix
give a score for each number, and the scores a probability. It costs nothing beside the encoder, which has run already.

`number_probe.npz` holds the matrix. `python -m tools.number_probe` makes it, from synthetic voices in simulated rooms
alone: of people it has heard nobody. It is right less often than moonshine is, but errs elsewhere; what it adds is
worth something only beside moonshine's and whisper's opinions (`awaited.py`).
"""

from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = "number_probe.npz"
ELSE: Final = -1
"""The label of whatever is no number."""
_THIRDS: Final = 3

Rows = NDArray[np.float32]


def pooled(rows: Rows) -> Rows:
    """The encoder's rows of one utterance, however many, as one row of five times their width."""
    ends = np.linspace(0, len(rows), _THIRDS + 1).astype(int)
    thirds = [rows[begin : max(end, begin + 1)].mean(axis=0) for begin, end in pairwise(ends)]
    return np.concatenate([rows.mean(axis=0), rows.max(axis=0), *thirds])


class Probe:
    """Weighs the numbers against each other and against anything else."""

    def __init__(self) -> None:
        with files(__package__).joinpath(FILE).open("rb") as file, np.load(file) as kept:
            self._labels = [int(label) for label in kept["labels"]]
            self._weights = kept["weights"].astype(np.float32)
            self._bias = kept["bias"]

    def __call__(self, rows: Rows) -> Mapping[int, float]:
        """How probable each number is, of what moonshine's encoder gave; what is missing to 1 is anything else."""
        scores = pooled(rows) @ self._weights + self._bias
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return {
            label: float(share) for label, share in zip(self._labels, shares, strict=True) if label != ELSE
        }
