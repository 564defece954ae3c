"""In which order bands are told: "black is the heaviest, then green, yellow's the easiest" goes from the toughest down.

Theory of operation. The coach takes a list of bands from the lightest up. People tell it in any order, and say beside
it how some of them pull. So each word of strength is given to the band that it stands for, and taken out; what is left
must be a list of bands and nothing else. Then it is put in order: by what was said of each, by which is tougher than
which, or the other way round where the list goes down. A sentence that tells no order stays as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from skill.speaker.understanding import band_lists, patterns
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import Model
from skill.speaker.understanding.patterns import Pattern

SUPERLATIVE: Final = 2
"""How far from the one in the middle the lightest and the heaviest pull."""
_FEWEST: Final = 2
Match = re.Match[str]


@dataclass(frozen=True)
class _Says:
    """One language's ways to tell an order."""

    down: Pattern
    up: Pattern
    before: Pattern
    after: Pattern
    tougher: Pattern
    strengths: Mapping[str, int]


@dataclass
class _Told:
    """What a sentence tells of the order: the words that are left, each band's strength, which is above which."""

    words: list[str] = field(default_factory=list)
    strengths: dict[str, int] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    bare: str = ""
    is_loose: bool = False
    is_contrary: bool = False


def from_the_lightest(model: Model, words: Words) -> Words:
    """The bands from the lightest up, where the sentence lists bands and tells their order; else the sentence."""
    says = _says(model.language.locale)
    text = " ".join(words)
    plain = says.up.sub(" ", says.down.sub(" ", text))
    told = _read(model, says, plain)
    goes_down = says.down.search(text) is not None
    if told.is_contrary or not (told.strengths or told.pairs or goes_down or plain != text):
        return words
    left = band_lists.plain(model, tuple(told.words))
    listed = band_lists.bands_in(model, model.language.without_fillers(left), 0)
    names = {each.id: each.name for each in listed}
    order = list(names)
    is_whole = not told.is_loose or {*told.strengths} == {*order}
    is_one_pair = told.pairs and not told.strengths and len(order) == _FEWEST
    names_no_color = any(band_lists.is_quality(model, each) for each in told.strengths)
    if len(order) < _FEWEST or not is_whole or is_one_pair or names_no_color:
        return words
    if told.pairs:
        order = _by_pairs(order, told.pairs)
    elif goes_down or _begins_at_the_top(order, [each.id for each in listed], told.strengths):
        order.reverse()
    return tuple(word for each in _by_strength(order, told.strengths) for word in names[each].split())


def _read(model: Model, says: _Says, text: str) -> _Told:
    """Give each word of strength to its band, from the left; a word of another kind stays in the list."""
    told, at = _Told(), 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        pair = says.tougher.match(text, at)
        found = _nearest(says, text, at, told.bare)
        if pair is not None:
            one, other = (_id(model, pair[name]) for name in ("band", "than"))
            told.pairs.append((one, other) if pair["tougher"] else (other, one))
            told.words += [*pair["band"].split(), *pair["than"].split()]
            at = pair.end()
        elif found is not None:
            _note(model, told, found, says.strengths)
            at = found.end()
        else:
            word = text[at:].split(" ", 1)[0]
            told.words.append(word)
            at += len(word)
    return told


def _nearest(says: _Says, text: str, at: int, bare: str) -> Match | None:
    """The band and its strength from here on; without a verb the two stand as they stood before in the sentence."""
    for way, pattern in (("after", says.after), ("before", says.before)):
        found = pattern.match(text, at)
        if found is not None and (found["verb"] or bare in ("", way)):
            return found
    return None


def _note(model: Model, told: _Told, found: Match, strengths: Mapping[str, int]) -> None:
    band = _id(model, found["band"])
    name, said = next(each for each in strengths.items() if found[each[0]])
    if not found["verb"]:
        told.bare = "after" if found.start("band") < found.start(name) else "before"
        told.is_loose = told.is_loose or abs(said) < SUPERLATIVE
    told.is_contrary = told.is_contrary or told.strengths.get(band, said) != said
    told.strengths[band] = said
    told.words += found["band"].split()


def _id(model: Model, said: str) -> str:
    value = model.values["BAND"].get(tuple(said.split()))
    return value.id if value is not None else said


def _by_pairs(order: list[str], pairs: list[tuple[str, str]]) -> list[str]:
    """The bands so that each tougher one stands above the lighter one of its pair; else as few moves as it takes."""
    order = list(order)
    for _ in order:
        for tougher, lighter in pairs:
            if order.index(tougher) < order.index(lighter):
                order.remove(tougher)
                order.insert(order.index(lighter) + 1, tougher)
    return order


def _begins_at_the_top(order: list[str], listed: list[str], strengths: Mapping[str, int]) -> bool:
    """Whether the list goes down: tougher at its beginning than at its end, as far as that was said in the list itself.

    "Red, green and blue, blue is the lightest" moves blue alone: it was listed before anything was said of it.
    """
    told = [strengths[each] for each in order if each in strengths]
    if len(told) > 1 and {order[0], order[-1]} & {*strengths}:
        return told[0] > told[-1]
    first, last = (strengths.get(each, 0) if listed.count(each) == 1 else 0 for each in (order[0], order[-1]))
    return first > 0 or last < 0


def _by_strength(order: list[str], strengths: Mapping[str, int]) -> list[str]:
    """The lightest first and the toughest last; where of each band is said how it pulls, the others by that, too."""
    if {*order} == {*strengths}:
        return sorted(order, key=lambda each: strengths[each])

    def end(band: str) -> int:
        strength = strengths.get(band, 0)
        return strength if abs(strength) == SUPERLATIVE else 0

    return sorted(order, key=end)


@lru_cache
def _says(locale: str) -> _Says:
    model = models.load(locale)
    settings = model.language.settings["band_order"]
    strengths = settings["strengths"]
    strength = "|".join(f"(?P<{name}>{said})" for name, said in strengths.items())
    parts = {**patterns.of_model(model), "strength": f"(?:{strength})"}

    def one(name: str) -> Pattern:
        return patterns.compiled([settings[name]], parts)

    pulls = {name: nth - len(strengths) // 2 for nth, name in enumerate(strengths)}
    return _Says(one("down"), one("up"), one("before"), one("after"), one("tougher"), pulls)
