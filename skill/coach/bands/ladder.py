"""The trainee's own bands, lightest first. A colour is an order inside one owner's set, never a number."""

from collections.abc import Sequence

from skill.coach.bands.rungs import NO_BAND, Ladder
from skill.coach.value import MOST_BANDS


def from_names(bands: Sequence[str]) -> Ladder:
    """The bands in the order in which they were said, each once; no band at all is a rung that needs no naming."""
    return tuple(dict.fromkeys(band for band in bands if band and band != NO_BAND))[:MOST_BANDS]


def with_band(ladder: Ladder, band: str) -> Ladder:
    """The ladder with a band more, at its tough end until the trainee says otherwise."""
    return from_names((*ladder, band))


def without_band(ladder: Ladder, band: str) -> Ladder:
    """The ladder with a band less."""
    return tuple(each for each in ladder if each != band)


def put_apart(ladder: Ladder, tougher: str, lighter: str, newest: str = "") -> Ladder:
    """The ladder in which `tougher` stands above `lighter`; both are owned from now on.

    `newest` is the band whose place is not known yet: it alone moves, next to the other one. Else nothing moves where
    the order is right already, and the tougher one is put just above the lighter one where it is not.
    """
    if tougher == lighter or NO_BAND in (tougher, lighter):
        return ladder
    missing = [each for each in (lighter, tougher) if each not in ladder]
    moves = missing[0] if len(missing) == 1 else newest
    known = from_names((*ladder, *missing))
    if moves not in (tougher, lighter):
        if known.index(tougher) > known.index(lighter):
            return known
        moves = tougher
    rest = without_band(known, moves)
    place = rest.index(lighter) + 1 if moves == tougher else rest.index(tougher)
    return (*rest[:place], moves, *rest[place:])


def put_at_end(ladder: Ladder, band: str, end: str) -> Ladder:
    """The ladder in which a band is the lightest or the toughest."""
    rest = without_band(ladder, band)
    return from_names((band, *rest) if end == "lightest" else (*rest, band))
