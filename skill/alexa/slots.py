"""What the slots of an intent say: ids, names, bands and numbers as plain values."""

import re
from collections.abc import Mapping
from typing import Final

from skill.alexa.reading import Authority, Intent, Slot
from skill.coach.bands.rungs import NO_BAND

Slots = Mapping[str, Slot]

BAND_SLOTS: Final = (
    *(f"band_{each}" for each in ("one", "two", "three", "four", "five", "six", "seven", "eight", "last")),
    "band",
)
TAKE_NEW_BANDS: Final = ("LadderIntent", "AddBandIntent")
"""Where a band may have a name that nobody foresaw; elsewhere such a name is no band."""
NUMBERS: Final = ("reps", "how_many")
COMPARED: Final = ("tougher", "lighter")
LONGEST_NAME: Final = 40
_NAME: Final = re.compile(r"[\W_]+")
_THEN: Final = re.compile(r"_then_|\s+")
_WHOLE: Final = re.compile(r"[0-9]{1,6}")
MATCH: Final = "ER_SUCCESS_MATCH"


def filled(intent: Intent | None) -> Slots:
    """The slots that hold anything."""
    return {name: slot for name, slot in ((intent and intent.slots) or {}).items() if slot}


def bands_of(intent: str, slots: Slots) -> tuple[str, ...]:
    """The bands in their order. A name that did not resolve is one only where bands are told."""
    takes_new = intent in TAKE_NEW_BANDS
    known = {name: slot for name, slot in slots.items() if takes_new or not is_unresolved(slot)}
    singles = tuple(name for each in BAND_SLOTS if (name := _name_of(known.get(each))))
    return (*_run(known.get("band_run")), *singles, *_compared(known))


def _compared(slots: Slots) -> tuple[str, ...]:
    """The tougher and the lighter of two bands, "" for the one that has no name; nothing where none has."""
    found = tuple(_name_of(slots.get(each)) for each in COMPARED)
    return found if any(found) else ()


def _run(slot: Slot | None) -> tuple[str, ...]:
    """Several bands said in one breath: the id of such a value joins theirs by "then"."""
    if slot is None:
        return ()
    return tuple(name for each in _THEN.split(_id_or_words(slot).lower()) if (name := _plain(each)))


def _name_of(slot: Slot | None) -> str:
    """What a slot resolved to, else its words, as a name; "" where it holds nothing."""
    return _plain(_id_or_words(slot)) if slot is not None else ""


def id_of(slot: Slot | None, unresolved: str = "") -> str:
    """The id of the entry that a slot names; `unresolved` where it was filled and names none, "" where it was not."""
    return unresolved if is_unresolved(slot) else _name_of(slot)


def is_unresolved(slot: Slot | None) -> bool:
    """Whether a slot was filled with words that name no entry of its type (ER_SUCCESS_NO_MATCH and its like)."""
    if slot is None or not slot.value:
        return False
    authorities = slot.authorities()
    return bool(authorities) and not any(_is_match(each) and _entries(each) for each in authorities)


def _is_match(authority: Authority) -> bool:
    """Whether an authority says that it knows the words; one whose answer nobody knows does not."""
    return authority.status is None or authority.status.code == MATCH


def _entries(authority: Authority) -> list[str]:
    """The ids of the entries that an authority found, or their names."""
    found = [each.value for each in authority.values or () if each and each.value]
    return [name for each in found if (name := each.id or each.name)]


def _id_or_words(slot: Slot) -> str:
    if not slot.value:
        return ""
    return next((name for each in slot.authorities() for name in _entries(each)), slot.value)


def _plain(words: str) -> str:
    return _NAME.sub("_", words.lower()).strip("_")[:LONGEST_NAME]


def reps_of(slots: Slots, number_words: Mapping[str, int]) -> int | None:
    """How many were said: reps, or bands; no band at all ("none") is also the number none."""
    counted = (_number(slots.get(each), number_words) for each in NUMBERS)
    found = next((each for each in counted if each is not None), None)
    return 0 if found is None and _name_of(slots.get("band_one")) == NO_BAND else found


def beyond_of(slots: Slots, slot: str, number_words: Mapping[str, int]) -> int:
    """How many reps `fewer` than counted it were ("I stopped two reps ago"), or how many `further`; 0 where none."""
    return number_of(slots, slot, number_words) or 0


def number_of(slots: Slots, slot: str, number_words: Mapping[str, int]) -> int | None:
    """The number in a slot; None where there is none."""
    return _number(slots.get(slot), number_words)


def seconds_of(slots: Slots, number_words: Mapping[str, int]) -> int | None:
    """The length of time that was said, in seconds; None where none was."""
    minutes, seconds = (_number(slots.get(each), number_words) for each in ("minutes", "seconds"))
    return None if minutes is None and seconds is None else 60 * (minutes or 0) + (seconds or 0)


def _number(slot: Slot | None, number_words: Mapping[str, int]) -> int | None:
    """A whole number from 0 to 999, or None where the slot holds anything else ("?", "-3", "a few")."""
    value = ((slot and slot.value) or "").strip().lower()
    if _WHOLE.fullmatch(value):
        return min(999, int(value))
    return number_words.get(value.replace("-", " "))
