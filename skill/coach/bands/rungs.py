"""The rungs of one owner's ladder, from no band at all upwards, with the half-steps that need no new band.

A rung is a text: a band's name, or a name and a place (`green@knee`). Whole rungs carry no place. With half-steps on,
every band can also sit a hand's breadth nearer the knee (a shorter lever: lighter), the toughest one nearer the foot.
A half-step is never part of the search; it is offered where a whole step has proved too wide.
"""

from collections.abc import Sequence
from typing import Final

NO_BAND: Final = "none"
KNEE: Final = "@knee"
FOOT: Final = "@foot"
PLACES: Final = ("knee", "foot")
UNNAMED: Final = ("band_1", "band_2", "band_3")
"""The rungs of somebody who cannot name their bands: the lightest, the next, the toughest."""

Ladder = tuple[str, ...]


def band_of(rung: str) -> str:
    """The band that a rung needs, wherever it sits."""
    return rung.split("@")[0]


def place_of(rung: str) -> str:
    """`knee`, `foot`, or nothing for the usual place."""
    return rung.partition("@")[2]


def told_to_wearer_of(rung: str, other: str) -> str:
    """The rung as it is told to who wears `other`: of the same band in another place, the usual place is named."""
    is_back = band_of(rung) == band_of(other) and place_of(other) and not place_of(rung)
    return f"{rung}@usual" if is_back else rung


def whole(ladder: Ladder) -> tuple[str, ...]:
    """Every whole rung, no band at all first."""
    return (NO_BAND, *ladder)


def above(ladder: Ladder, rung: str) -> int:
    """How many whole rungs are tougher."""
    return len(ladder) - _at(ladder, rung) + (place_of(rung) == "knee")


def below(ladder: Ladder, rung: str) -> int:
    """How many whole rungs are lighter."""
    return _at(ladder, rung) + (place_of(rung) == "foot")


def tougher(ladder: Ladder, rung: str) -> str:
    """The next tougher whole rung, the rung itself at the top; from the knee that is the usual place."""
    start = _at(ladder, rung) - (place_of(rung) == "knee")
    if place_of(rung) == "foot":
        return rung
    return whole(ladder)[min(len(ladder), start + 1)]


def lighter(ladder: Ladder, rung: str) -> str:
    """The next lighter whole rung, the lowest at the bottom."""
    start = _at(ladder, rung) + (place_of(rung) == "foot")
    return whole(ladder)[max(0, start - 1)]


def half_tougher(ladder: Ladder, rung: str, places: Sequence[str]) -> str:
    """The half-step between a rung and the next tougher one, or nothing; `places`: what the exercise allows."""
    at = _at(ladder, rung)
    if place_of(rung) or not ladder:
        return ""
    half = ladder[at] + KNEE if at < len(ladder) else rung + FOOT
    return half if place_of(half) in places else ""


def half_lighter(ladder: Ladder, rung: str, places: Sequence[str]) -> str:
    """The half-step between a rung and the next lighter one, or nothing."""
    if rung == NO_BAND or band_of(rung) not in ladder or place_of(rung):
        return ""
    half = band_of(rung) + KNEE
    return half if place_of(half) in places else ""


def middle(ladder: Ladder) -> str:
    """Where a search begins: the middle band, the lighter of two; the lightest where they have no names (OWN-12)."""
    if any(band in UNNAMED for band in ladder):
        return ladder[0]
    return ladder[(len(ladder) - 1) // 2] if ladder else NO_BAND


def nearest_owned(ladder: Ladder, rung: str, ladder_before: Ladder) -> str:
    """The rung to use when a band is gone: the next lighter one that is still owned, else the lightest, else none."""
    if band_of(rung) in whole(ladder):
        return rung
    lighter_ones = [band for band in ladder_before[: _at(ladder_before, rung)] if band in ladder]
    return lighter_ones[-1] if lighter_ones else next(iter(ladder), NO_BAND)


def _at(ladder: Ladder, rung: str) -> int:
    band = band_of(rung)
    return ladder.index(band) + 1 if band in ladder else 0


def order(ladder: Ladder, rung: str) -> int:
    """Where a rung stands, half-steps between the whole ones: a larger number is tougher."""
    return 3 * _at(ladder, rung) + {"knee": -1, "foot": 1}.get(place_of(rung), 0)
