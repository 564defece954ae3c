"""What a sentence is most like of all that people have said, where no sample and no gist fits it.

Theory of operation. Each word, each pair of words and each run of three to five letters speaks for some intents and
against others, and so does what a word stands for (`senses/`). How much, was learned from the model's samples and from
sentences of people (`python -m tools.likeness`), by logistic regression. The weights are `likeness/`; the code knows no
language. A sentence about a body, or one that is for nobody, is among what was learned, and is never read here. Nor is
what relaxes a safeguard.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from math import exp
from typing import Final

import msgspec
import yaml

from skill.speaker.understanding import language
from skill.speaker.understanding.language import Language, Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import NUMBER, Model, Sample, Slot

OF_A_BODY = "body"
FOR_NOBODY = "nobody"
HARMLESS = "harmless"
"""Kinds that were learned so that no such sentence is taken for another: what only sounds like a body is `HARMLESS`."""
ANY_NUMBER: Final = frozenset({"EndWorkoutIntent", "WhereAmIIntent"})
"""A number beside these may be of anything ("the bus leaves in ten"): of the reps it is in foreseen sentences alone."""
_NEVER = 2.0
_LETTERS = (3, 4, 5)


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough, as `thresholds.yaml` gives and explains it."""

    fewest_words: int
    most_words: int
    surely: float
    most_sure: float
    question: float
    perhaps: float
    act: float
    firm: float
    tighten: float
    nod: float
    of_a_body: float
    outvotes: float
    hint_of_a_body: float
    hint_of_a_body_where_it_halts: float
    for_nobody: float
    ahead_of_talk: float
    strange: tuple[tuple[float, float], ...]
    most_strange: float


SURE: Final = msgspec.convert(
    yaml.safe_load(files(__package__).joinpath("thresholds.yaml").read_text("utf-8")), Thresholds
)


@dataclass(frozen=True, eq=False)
class Weights:
    """One language's. `kinds` are an intent, and a slot's value where that decides ("MethodIntent topic rest")."""

    kinds: tuple[str, ...]
    base: tuple[float, ...]
    scale: float
    rarity: Mapping[str, float]
    """How seldom a feature was among what was learned: what few sentences have says more."""
    speaks: Mapping[str, tuple[int, ...]]
    """A feature's weights, in turn the kind's number and the weight by `scale`, its rarity taken in."""


def read(model: Model, words: Words) -> Fit | None:
    """The intent that the sentence is most like, with its slots; None where it is like none, or a slot is not said."""
    known = load(model.language.locale)
    return read_by(known, model, words) if known is not None else None


def read_by(known: Weights, model: Model, words: Words) -> Fit | None:
    """The same by given weights."""
    told = model.language.settings["likeness"]
    goes_on = f" {' '.join(words)}".endswith(tuple(f" {each}" for each in told["goes_on"]))
    if goes_on or not SURE.fewest_words <= len(words) <= SURE.most_words:
        return None
    shares = likely(known, model, words)
    kind = max(shares, key=shares.__getitem__)
    intent, *own = kind.split()
    if kind in (OF_A_BODY, FOR_NOBODY, HARMLESS) or _may_be_no_wish(model, intent, shares):
        return None
    least = max(_needed(model.language, intent, words), _needed_if_strange(known, model, intent, words))
    lacks_number = intent in told["needs_number"] and not any(_said(model, NUMBER, words))
    if shares[kind] < least or lacks_number:
        return None
    filled = _filled(model, intent, own, words)
    return None if filled is None else Fit(Sample(intent, ()), filled, min(shares[kind], SURE.most_sure))


def perhaps(model: Model, words: Words) -> Fit | None:
    """What the sentence is a little like: enough to ask whether it was meant, and not enough to take it."""
    known = load(model.language.locale)
    if known is None or not SURE.fewest_words <= len(words) <= SURE.most_words:
        return None
    shares = likely(known, model, words)
    kind = max(shares, key=shares.__getitem__)
    intent, *own = kind.split()
    is_too_strange = _needed_if_strange(known, model, intent, words) >= _NEVER
    if kind in (OF_A_BODY, FOR_NOBODY, HARMLESS) or shares[kind] < SURE.perhaps or is_too_strange:
        return None
    may_be_a_body = shares[OF_A_BODY] > SURE.hint_of_a_body_where_it_halts
    if may_be_a_body or _is_talk(shares) or _is_denied(model.language, intent, words):
        return None
    if _was_not_easy(model.language, intent, words):
        return None
    filled = _filled(model, intent, own, words)
    return None if filled is None else Fit(Sample(intent, ()), filled, shares[kind])


def is_for_nobody(model: Model, words: Words) -> bool:
    """Whether the sentence is most like talk that is for nobody here."""
    known = load(model.language.locale)
    return known is not None and likely(known, model, words)[FOR_NOBODY] >= SURE.for_nobody


def is_of_a_body(model: Model, words: Words) -> bool:
    """Whether the sentence is most like what somebody says whom something hurts."""
    known = load(model.language.locale)
    is_long_enough = len(words) >= SURE.fewest_words
    return known is not None and is_long_enough and likely(known, model, words)[OF_A_BODY] >= SURE.of_a_body


def may_be_of_a_body(model: Model, words: Words) -> bool:
    """Whether there is so much of a body in the sentence that nothing else should be guessed."""
    known = load(model.language.locale)
    is_long_enough = len(words) >= SURE.fewest_words
    share = likely(known, model, words)[OF_A_BODY] if known is not None and is_long_enough else 0.0
    return share > SURE.hint_of_a_body_where_it_halts


def outvotes(model: Model, words: Words) -> bool:
    """Whether it is so surely of a body that a pattern of something harmless is not believed."""
    known = load(model.language.locale)
    return known is not None and likely(known, model, words)[OF_A_BODY] >= SURE.outvotes


@lru_cache(16)  # a sentence is asked about several times
def likely(known: Weights, model: Model, words: Words) -> Mapping[str, float]:
    """How likely each kind is, of all kinds (together 1)."""
    sums = list(known.base)
    found = [each for each in features(model, words) if each in known.speaks]
    norm = known.scale / (sum(known.rarity[each] ** 2 for each in found) ** 0.5 or 1.0)
    for each in found:
        pairs = known.speaks[each]
        for kind, weight in zip(pairs[::2], pairs[1::2], strict=True):
            sums[kind] += weight * norm
    top = max(sums)
    shares = [exp(each - top) for each in sums]
    return {kind: share / sum(shares) for kind, share in zip(known.kinds, shares, strict=True)}


def _may_be_no_wish(model: Model, intent: str, shares: Mapping[str, float]) -> bool:
    """Whether the sentence may as well be of a body, or for nobody."""
    halts = intent in model.language.settings["likeness"]["halts"]
    hint = SURE.hint_of_a_body_where_it_halts if halts else SURE.hint_of_a_body
    return shares[OF_A_BODY] > hint or _is_talk(shares)


def _is_talk(shares: Mapping[str, float]) -> bool:
    return max(shares.values()) < SURE.ahead_of_talk * shares[FOR_NOBODY]


def _needed(known: Language, intent: str, words: Words) -> float:
    """How likely an intent must be: what changes the workout more than a question, on a condition never."""
    told = known.settings["likeness"]
    if intent not in told["acts"]:
        return SURE.question
    is_doubtful = not {*words}.isdisjoint(told["doubtful"].get(intent, ()))
    if (
        is_doubtful
        or _was_not_easy(known, intent, words)
        or _is_on_condition(known, intent, words)
        or _is_denied(known, intent, words)
    ):
        return _NEVER
    if intent in told["tightens"]:
        return SURE.tighten
    return SURE.firm if intent in told["firmly"] else SURE.act


def _was_not_easy(known: Language, intent: str, words: Words) -> bool:
    """Whether it is told that something was not easy: it left nothing to spare."""
    told = known.settings["likeness"]["doubtful_if_denied"].get(intent, ())
    return known.denies(words) and not {*words}.isdisjoint(told)


def _is_on_condition(known: Language, intent: str, words: Words) -> bool:
    """Whether it is asked or only supposed. What tells how a set went may say when."""
    told = known.settings["likeness"]
    free = told["times"] if intent in told["tells_how_it_went"] else ()
    supposes = {*told["conditions"]} - {*free}
    said = known.without(words, known.polite)
    return known.begins_with(words, told["asks"]) or not supposes.isdisjoint(said)


def _is_denied(known: Language, intent: str, words: Words) -> bool:
    """Whether a wish is denied. "One with less pull" is not."""
    told = known.settings["likeness"]
    said = (word for word in known.without(words, known.polite) if word not in told["denies_little"])
    return intent in told["wishes"] and known.denies(tuple(said))


def _needed_if_strange(known: Weights, model: Model, intent: str, words: Words) -> float:
    """How likely an intent must be where some of the words were never said to the coach."""
    familiar = (known.speaks, _KINDS.values(), senses(model.language.locale))
    strange = sum(all(word not in each for each in familiar) for word in _general(model, words)) / len(words)
    if strange > SURE.most_strange:
        return _NEVER
    needed = next((sure for above, sure in SURE.strange if strange > above), 0.0)
    return min(needed, SURE.firm) if intent in model.language.settings["likeness"]["tightens"] else needed


def features(model: Model, words: Words) -> set[str]:
    """What speaks for an intent: words, pairs of words and letters; a number, a band and a leg also by their kind."""
    general = _general(model, words)
    told = senses(model.language.locale)
    found: set[str] = set()
    for said in {words, general, tuple(told.get(word, word) for word in general)}:
        edged = ("^", *said, "$")
        found.update(said)
        found.update(f"{one} {two}" for one, two in pairwise(edged))
    for word in words:
        edged_word = f"<{word}>"
        found.update(
            f"~{edged_word[at : at + length]}"
            for length in _LETTERS
            for at in range(len(edged_word) - length + 1)
        )
    return found


@lru_cache
def senses(locale: str) -> Mapping[str, str]:
    """What each word stands for, where others stand for much the same."""
    if not language.file_of("senses", locale, "yaml").is_file():
        return {}
    return {
        word: f"={sense}" for sense, said in language.read("senses", locale).items() for word in said.split()
    }


_WHAT_IS_SKIPPED = "SET"
_WORN = "WORN"
_NEAR = 3
"""So near behind "it was" a band is named that it is said of ("it was with the red one")."""
_HOW_IT_IS_MEANT = (
    *(_WORN, "MISTAKE", "REASON_OF"),
    *("LEG_MEANT", "OTHER_LEG", "NO_COUNT", "MISCOUNT", "EARLIER", "MUSCLE"),
)
_ANSWER = "ANSWER"
"""A yes or no before a wish: it begins the sentence."""
_NEEDS_ITS_PLACE = "is"
"""A way of wearing whose words stand in wishes, too ("can I have"): they have to begin the sentence."""
_KINDS: Mapping[str, str] = {NUMBER: "#n", "BAND": "#band", "SIDE": "#side"}


def _general(model: Model, words: Words) -> Words:
    """The sentence with its numbers, bands and legs as such."""
    said, at = [], 0
    while at < len(words):
        length, kind = _kind_at(model, words, at)
        said.append(kind)
        at += length
    return tuple(said)


def _kind_at(model: Model, words: Words, at: int) -> tuple[int, str]:
    for slot_type, kind in _KINDS.items():
        lengths = [length for length, _, _ in model.slot_at(slot_type, words, at)]
        if lengths and words[at] not in model.language.settings["likeness"]["no_number"]:
            return max(lengths), kind
    return 1, words[at]


def _filled(model: Model, intent: str, own: list[str], words: Words) -> dict[str, Filled] | None:
    """The slots: the one that decided, what is skipped, and numbers, bands and legs; None where one stays open."""
    filled = _that_decided(model, intent, own) if own else {}
    words = model.language.without(words, model.language.no_leg)
    for slot_type in _KINDS:
        if slot_type == NUMBER and intent in ANY_NUMBER:
            continue
        told = _told(model, intent, slot_type, words)
        if told is None:
            return None
        filled |= told
    for slot in model.slots.get(intent, ()):
        if slot.type == _WHAT_IS_SKIPPED and (named := list(_said(model, slot.type, words))):
            filled[slot.name] = named[0]
    return filled if model.essential.get(intent, frozenset()) <= filled.keys() else None


def _that_decided(model: Model, intent: str, own: list[str]) -> dict[str, Filled]:
    """The slot that is part of the kind ("MethodIntent topic rest")."""
    slot = next(each for each in model.slots[intent] if each.name == own[0])
    entry = next(each for each in model.values[slot.type].values() if each.id == own[1])
    return {slot.name: Filled(entry.name, entry)}


def _told(model: Model, intent: str, slot_type: str, words: Words) -> dict[str, Filled] | None:
    """The slots of a type as they were said; None where more was said than can be meant.

    What the answer does not need may be named, but a leg can be the whole point.
    """
    told = model.language.settings["likeness"]
    slots = [each for each in model.slots.get(intent, ()) if each.type == slot_type]
    is_about_a_leg = slot_type == "SIDE" and intent in told["acts"] and intent not in told["any_leg"]
    if not slots and not is_about_a_leg:
        return {}
    said = list(_said(model, slot_type, words))
    times = _lengths_of_time(model, slots, words) if slot_type == NUMBER else {}
    if times and len(times) >= len(said):
        return times
    if slot_type == "SIDE" and intent in told["first_of_two"]:
        said = said[:1]
    if len(said) > _most_meant(intent, slot_type, slots):
        return None
    return {slot.name: each for slot, each in zip(slots, said, strict=False)}


def _most_meant(intent: str, slot_type: str, slots: list[Slot]) -> int:
    """How many can be meant in one way alone: minutes are not guessed, nor which of two is right."""
    if slot_type == NUMBER:
        return 0 if any(each.name == "minutes" for each in slots) else 1
    if slot_type == "BAND" and intent != "LadderIntent":
        return 1 if len(slots) == 1 else 0
    return len(slots)


def as_meant(model: Model, intent: str, words: Words) -> dict[str, Filled]:
    """How a band is worn, a leg, a rep or a number is meant, wherever that stands, and a yes or no that begins it."""
    found: dict[str, Filled] = {}
    for slot in (each for each in model.slots.get(intent, ()) if each.type == _ANSWER):
        said = max(model.slot_at(slot.type, words, 0), default=None, key=lambda each: each[0])
        if said is not None and _stands_alone(model, intent, words[said[0] :]):
            found[slot.name] = Filled(said[1], said[2])
    for slot in (each for each in model.slots.get(intent, ()) if each.type in _HOW_IT_IS_MEANT):
        anywhere = (
            each
            for each in _said(model, slot.type, words)
            if each.value and each.value.id != _NEEDS_ITS_PLACE
        )
        at_first = (Filled(heard, value) for _, heard, value in model.slot_at(slot.type, words, 0))
        of_a_band = (
            each
            for each in chain(anywhere, at_first)
            if slot.type != _WORN or _has_its_band(model, words, each)
        )
        if (told := next(of_a_band, None)) is not None:
            found[slot.name] = told
    return found


def _has_its_band(model: Model, words: Words, told: Filled) -> bool:
    """Whether "it was" is said of a band, and not of how it went ("it was hard, go back to red")."""
    said, settings = tuple(told.heard.split()), model.language.settings
    if said[-1] not in settings["likeness"]["before_its_band"]:
        return True
    at = next((at for at in range(len(words)) if words[at : at + len(said)] == said), 0) + len(said)
    near = range(at, min(at + _NEAR, len(words)))
    bands = (value for each in near for _, _, value in model.slot_at("BAND", words, each))
    return any(value is not None and value.id not in settings["band_list"]["qualities"] for value in bands)


def _stands_alone(model: Model, intent: str, rest: Words) -> bool:
    """Whether a yes or no is one of its own: "no, and ..." is, "no tips" is not. Before a wish it always is."""
    settings = model.language.settings
    return intent in settings["likeness"]["wishes"] or {*rest[:1]} <= {*settings["joins"]}


def _lengths_of_time(model: Model, slots: list[Slot], words: Words) -> dict[str, Filled]:
    """The slots that are a length of time, where a number and its unit are said ("one more minute")."""
    units = model.language.settings["likeness"]["units"]
    found: dict[str, Filled] = {}
    for name in (each.name for each in slots if each.name in units):
        for at, number in ((at, model.language.number_at(words, at)) for at in range(len(words))):
            end = at + number[0] if number else 0
            if number and not {*words[end : end + 2]}.isdisjoint(units[name]):
                found.setdefault(name, Filled(str(number[1]), None))
    return found


def _said(model: Model, slot_type: str, words: Words) -> Iterator[Filled]:
    at = 0
    while at < len(words):
        found = max(model.slot_at(slot_type, words, at), default=None, key=lambda each: each[0])
        if found is not None and words[at] not in model.language.settings["likeness"]["no_number"]:
            yield Filled(found[1], found[2])
        at += found[0] if found is not None else 1


@lru_cache
def load(locale: str) -> Weights | None:
    """A language's weights. One that has none is understood by its samples and gists alone."""
    file = language.file_of("likeness", locale, "json.gz")
    return _of_file(file.name) if file.is_file() else None


@lru_cache
def _of_file(name: str) -> Weights:
    """The countries of a language share its file."""
    written = gzip.decompress(files(__package__).joinpath("likeness", name).read_bytes())
    return msgspec.json.decode(written, type=Weights)
