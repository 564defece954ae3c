"""Nothing that is said or shown in another language is English, whatever is filled in."""

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from skill.coach.messages.reply import Line, Param
from skill.locales.texts import known, text_of
from skill.locales.words import Locale, load
from tests.languages.read import of

WORD = re.compile(r"[^\W\d_]+")
ENGLISH = "en-US"
OTHERS = sorted(name for name in set(known().values()) if not name.startswith("en-"))
COMMANDS = {"devices", "glute", "make", "pair", "run", "talk"}
"""What is typed in a terminal is the same everywhere."""
FOLDERS = ("", "page", "history")
VALUES: dict[str, list[Param]] = {
    "band": ["red@knee", "light", "none", ("red", "green")],
    "side": ["left", "right", "both"],
    "exercise": ["clamshell"],
    "muscles": [("gluteus_medius", "gluteus_maximus")],
    "body_part": ["knee", "it_band", "neck"],
    "number": [0, 1, 2, 21, 99],
}
KINDS = {
    **dict.fromkeys(("band", "from_band", "to_band", "left_band", "right_band", "first", "last"), "band"),
    **dict.fromkeys(("side", "other_side", "on_side", "on_other_side"), "side"),
    "bands": "band",
    "exercise": "exercise",
    "muscles": "muscles",
    "body_part": "body_part",
}


def texts(data: Any) -> Iterator[str]:
    """Every text of a tree; its keys are no words."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from texts(each)


def words_of(found: Iterator[str]) -> set[str]:
    return {word.lower() for text in found for word in WORD.findall(re.sub(r"\{[^{}]*\}", " ", text))}


def all_words(locale: str) -> set[str]:
    return words_of(text for folder in FOLDERS for text in texts(text_of(locale, folder)))


def rendered(words: Locale) -> Iterator[str]:
    """Every line in every variant, filled in with names and numbers of all kinds."""
    keys = [*words.data["lines"], *(f"because.{rule}" for rule in words.data["because"])]
    for key in [*keys, *(f"source.{each}" for each in words.data["sources"])]:
        entry = words._entry(key)
        for nth, template in enumerate(entry if isinstance(entry, list) else [entry]):
            names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
            for turn in range(5):
                filled = {name: _value(name, turn) for name in names}
                yield words.text(Line(key, filled), nth)


def _value(name: str, turn: int) -> Param:
    if name == "day":
        return 1_772_000_000 + turn * 86_400
    values = VALUES[KINDS.get(name, "number")]
    return values[turn % len(values)]


@pytest.mark.parametrize("locale", OTHERS)
def test_no_word_of_the_english_text_stands_in_another(locale: str) -> None:
    assert all_words(locale) & all_words(ENGLISH) - set(of(locale)["shared"].split()) <= COMMANDS


@pytest.mark.parametrize("locale", OTHERS)
def test_no_line_that_was_filled_in_says_an_english_word_or_leaves_a_gap(locale: str) -> None:
    said = [*rendered(load(locale))]
    assert len(said) > 2000
    assert not [text for text in said if re.search(r"[{}]|  | [,.?]|\bNone\b", text)]
    english = all_words(ENGLISH) - set(of(locale)["shared"].split())
    assert words_of(iter(said)) & english == set()


def test_german_numbers_agree_with_what_they_count() -> None:
    words = load("de-DE")
    assert words.text(Line("done", {"sets": 1})) == "Ein Satz, geschafft."
    assert words.text(Line("tempo.lift", {"seconds": 1})) == "Eine Sekunde hoch."
    assert words.text(Line("tempo.lower", {"seconds": 3})) == "Drei Sekunden langsam runter."
    assert words.text(Line("set_failed_short", {"reps": 1, "side": "left", "band": "red"})).startswith(
        "Eine, linkes"
    )
    assert words.text(Line("on_from", {"reps": 21})) == "Weiter ab einundzwanzig."


def test_german_sides_take_their_case() -> None:
    words = load("de-DE")
    rest = Line("rest_then_round", {"round": 2, "side": "left"})
    assert words.text(rest) == "Pause. Runde zwei beginnt mit dem linken Bein."
    assert words.text(Line("only_that_leg", {"side": "right"})) == "Heute nur das rechte Bein."
