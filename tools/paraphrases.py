"""The paraphrases as samples and values of the interaction model, so that Alexa learns from them, too.

A number, a band and a leg become the intent's slots. Left out is what relaxes a safeguard or speaks of the body: that
is taken from the templates alone, which were written word for word.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from skill.speaker.understanding import language
from skill.speaker.understanding.language import Language, Words
from skill.speaker.understanding.likeness import ANY_NUMBER, HARMLESS

FOLDER: Final = Path(__file__).parents[1] / "interaction_models" / "paraphrases"
LOCALES: Final = tuple(sorted(each.stem for each in FOLDER.glob("*.yaml")))
NUMBER: Final = "AMAZON.NUMBER"
SLOTTED: Final = ("BAND", "SIDE", NUMBER)
WHOLE: Final = {"MethodIntent": "TOPIC", "WhereAmIIntent": "ASPECT"}
"""The intents that are one slot as a whole."""
OF_THE_BODY: Final = frozenset(
    {
        "EffortIntent",
        "SorenessIntent",
        "HealthIntent",
        "MethodIntent topic hurting",
        "MethodIntent topic soreness",
    }
)
NO_SAMPLES: Final = frozenset(
    {
        "LaunchRequest",
        "AMAZON.FallbackIntent",
        "AMAZON.StopIntent",
        "StartExerciseIntent",
        "PainIntent",
        "CompareBandsIntent",
        "SkipIntent",
        HARMLESS,
    }
)
MOST_SAMPLES: Final = 60
"""Of each kind, those with slots aside: a model may not be larger than 1.5 MB."""


def added(source: Mapping[str, Any], made: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """What a locale's paraphrases add to its source: templates of intents, names of values.

    Args:
        source: the locale's source.
        made: the interaction model that is made of it alone.
        locale: whose paraphrases.
    """
    names = dict(_names(made))
    intents: dict[str, list[str]] = {}
    types: dict[str, dict[str, list[str]]] = {}
    for kind, said in taken(locale):
        intent, *value = kind.split()
        if value:
            types.setdefault(WHOLE[intent], {}).setdefault(value[1], []).extend(_fewer(said))
        else:
            slots = _slots(source, intent)
            made_of = (_sample(names, locale, slots, each) for each in said)
            intents[intent] = [*_fewer([each for each in made_of if each is not None])]
    return {"intents": intents, "types": types}


def _fewer(samples: list[str]) -> Iterator[str]:
    """All that have slots, and of the others so many from all over them."""
    bare = [each for each in samples if "{" not in each]
    kept = {*bare[:: -(-len(bare) // MOST_SAMPLES) or 1]}
    return (each for each in samples if each in kept or "{" in each)


def taken(locale: str) -> Iterator[tuple[str, list[str]]]:
    """The paraphrases that Alexa gets, by their kind."""
    known = language.load(locale)
    exact = known.settings["exact_only"]["intents"]
    for kind, said in read(locale).items():
        intent = kind.split()[0]
        if {kind, intent} & {*OF_THE_BODY, *NO_SAMPLES, *exact} or (kind != intent and intent not in WHOLE):
            continue
        yield kind, said


@cache
def read(locale: str) -> dict[str, list[str]]:
    """A locale's paraphrases, by their kind."""
    file = FOLDER / f"{locale}.yaml"
    written = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) if file.exists() else {}
    return {kind: said.splitlines() for kind, said in written.items()}


def _slots(source: Mapping[str, Any], intent: str) -> dict[str, list[str]]:
    """The slots of an intent by their type, in the order of the source. A number of anything is none."""
    found: dict[str, list[str]] = {}
    for name, kind in source["slots"].items():
        is_in = any(f"{{{name}}}" in template for template in source["intents"].get(intent, ()))
        if is_in and not (kind == NUMBER and intent in ANY_NUMBER):
            found.setdefault(kind, []).append(name)
    return found


def _names(made: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """The single words that name a value of each type."""
    for kind in made["interactionModel"]["languageModel"]["types"]:
        phrases = (
            phrase
            for each in kind["values"]
            for phrase in (each["name"]["value"], *each["name"].get("synonyms", ()))
        )
        yield kind["name"], frozenset(phrase for phrase in phrases if " " not in phrase)


def _sample(
    names: Mapping[str, frozenset[str]], locale: str, slots: Mapping[str, list[str]], said: str
) -> str | None:
    """The sentence with its slots; None where it says more numbers, bands or legs than there are slots for.

    None, too, where it means another number than it says ("half a minute"), and where it says two of a kind: which of
    them is which, the words around tell ("nine, no, ten").
    """
    known, words = language.load(locale), tuple(said.split())
    meant = known.words(said)
    if NUMBER in slots and _numbers(known, meant) != _numbers(known, words):
        return None
    left = {kind: [*slots.get(kind, ())] for kind in SLOTTED}
    out, at = list[str](), 0
    while at < len(words):
        kind, length = _slot_at(known, names, slots, words, at)
        if not kind:
            out.append(words[at])
        elif len(left[kind]) == len(slots[kind]) and (name := _name(known, left[kind], words, at + length)):
            left[kind].remove(name)
            out.append(f"{{{name}}}")
        else:
            return None
        at += length
    return " ".join(out)


def _numbers(known: Language, words: Words) -> list[int]:
    return [found[1] for at in range(len(words)) if (found := known.number_at(words, at)) is not None]


def _slot_at(
    known: Language, names: Mapping[str, frozenset[str]], slots: Mapping[str, Any], words: Words, at: int
) -> tuple[str, int]:
    """The type of what is said here and by how many words; "" and 1 where it is no slot of the intent."""
    is_number = words[at] != "one" or "minutes" in slots.get(NUMBER, ())
    if NUMBER in slots and is_number and (number := known.number_at(words, at)):
        return NUMBER, number[0]
    for kind in ("BAND", "SIDE"):
        if kind in slots and words[at] in names[kind]:
            return kind, 1
    return "", 1


def _name(known: Language, left: list[str], words: Words, end: int) -> str:
    """The slot that is meant: the first that is left, and of lengths of time the one of the unit."""
    units = known.settings["likeness"]["units"]
    if any(name in units for name in left):
        return next((each for each in left if {*words[end : end + 2]} & {*units[each]}), "")
    return next(iter(left), "")
