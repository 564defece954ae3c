"""The trainee's own bands, lightest first. A colour is an order inside one owner's set, never a number."""

from collections.abc import Sequence

from skill.coach.rungs import NO_BAND

MOST_BANDS = 12

Ladder = tuple[str, ...]


def from_names(bands: Sequence[str]) -> Ladder:
    """The bands in the order in which they were said, each once; no band at all is a rung that needs no naming."""
    return tuple(dict.fromkeys(band for band in bands if band and band != NO_BAND))[:MOST_BANDS]


def with_band(ladder: Ladder, band: str) -> Ladder:
    """The ladder with a band more, at its tough end until the trainee says otherwise."""
    return from_names((*ladder, band))


def without_band(ladder: Ladder, band: str) -> Ladder:
    """The ladder with a band less."""
    return tuple(each for each in ladder if each != band)


def put_above(ladder: Ladder, tougher: str, lighter: str) -> Ladder:
    """The ladder in which `tougher` stands somewhere above `lighter`; both are owned from now on.

    Nothing moves if it already does; otherwise the tougher one is put just above the lighter one.
    """
    if tougher == lighter or NO_BAND in (tougher, lighter):
        return ladder
    known = from_names((*ladder, *(each for each in (lighter, tougher) if each not in ladder)))
    if known.index(tougher) > known.index(lighter):
        return known
    rest = without_band(known, tougher)
    place = rest.index(lighter) + 1
    return (*rest[:place], tougher, *rest[place:])
