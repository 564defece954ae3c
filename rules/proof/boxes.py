"""Exact arithmetic on boxes of facts: which part of one is left when others have taken theirs.

A box is a tuple of bit masks, one a fact; a bit stands for one cell of the fact's domain (a run of values
that no rule tells apart). Nothing here knows what a fact is.
"""

from collections.abc import Iterator, Sequence

Box = tuple[int, ...]


def is_empty(box: Box) -> bool:
    """Whether a box holds nothing."""
    return 0 in box


def common(one: Box, other: Box) -> Box:
    """What lies in both boxes (empty where some fact has no cell in common)."""
    return tuple(a & b for a, b in zip(one, other, strict=True))


def covers(one: Box, other: Box) -> bool:
    """Whether all of the other box lies in the first."""
    return all(b & ~a == 0 for a, b in zip(one, other, strict=True))


def left_over(box: Box, taken: Sequence[Box]) -> Iterator[Box]:
    """Disjoint boxes that make up what no other one takes of a box; lazily: the first is a cheap witness."""
    if is_empty(box):
        return
    for index, other in enumerate(taken):
        if not is_empty(common(box, other)):
            rest = taken[index + 1 :]
            for piece in _outside(box, other):
                yield from left_over(piece, rest)
            return
    yield box


def _outside(box: Box, other: Box) -> Iterator[Box]:
    """Disjoint boxes that make up the part of a box outside another one, which it meets."""
    inside = list(box)
    for axis, (mine, theirs) in enumerate(zip(box, other, strict=True)):
        if mine & ~theirs:
            yield (*inside[:axis], mine & ~theirs, *box[axis + 1 :])
        inside[axis] = mine & theirs
