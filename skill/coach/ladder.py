"""The trainee's own bands, lightest first. A colour is an order inside one owner's set, never a number."""

from collections.abc import Sequence

NO_BAND = "none"
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


def rungs(ladder: Ladder) -> Ladder:
    """Every rung from no band at all upwards."""
    return (NO_BAND, *ladder)


def nearest(ladder: Ladder, band: str, order_before: Ladder = ()) -> str:
    """The rung to use when `band` is gone: the next lighter one that is still owned, else the lightest."""
    if band in rungs(ladder):
        return band
    lighter = (
        [each for each in order_before[: order_before.index(band)] if each in ladder]
        if band in order_before
        else []
    )
    return lighter[-1] if lighter else (ladder[0] if ladder else NO_BAND)


def step(ladder: Ladder, band: str, by: int) -> str:
    """The rung `by` steps tougher (lighter where negative), held at the ends of the ladder."""
    all_rungs = rungs(ladder)
    at = all_rungs.index(band) if band in all_rungs else min(1, len(all_rungs) - 1)
    return all_rungs[max(0, min(len(all_rungs) - 1, at + by))]


def lower_middle(ladder: Ladder) -> str:
    """Where a search begins: the middle band, the lighter one of two; no band where none is owned."""
    return ladder[(len(ladder) - 1) // 2] if ladder else NO_BAND
