"""Patterns over a sentence's words, made of named parts: the words stand in a file, and the code knows no language.

A pattern is a regular expression over words that one blank keeps apart. `<name>` is a part of the file, or one of the
interaction model's: a place, a side, a band, a number. ".." stands for up to five words.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from skill.speaker.understanding.language import Language
from skill.speaker.understanding.model import Model

Pattern = re.Pattern[str]

_GAP = r" (?:[\w']+ ){0,5}?"
_PART = re.compile(r"<(\w+)>")
_GROUP = re.compile(r"\?P<\w+>")
_LETTER = re.compile(r"\w")
_ATOM = re.compile(r"\w|\[\w+\]|\(\?:[^()]*\)")
_MOST_REPS = 120
_WORDS_OF_A_BAND = 2

_Tree = dict[str, "_Tree"]


def of_model(model: Model) -> Mapping[str, str]:
    """The parts that the interaction model names."""
    bands = model.values["BAND"].keys() - model.values["LOAD"].keys()
    return {
        "place": any_of(" ".join(each) for each in model.values["BODY_PLACE"]),
        "side": any_of(" ".join(each) for each in model.values["SIDE"] if len(each) == 1),
        "shade": any_of(" ".join(each) for each in bands if len(each) <= _WORDS_OF_A_BAND),
        "nth": any_of(model.language.settings.get("ordinals", ())),
        "n": rf"(\d{{1,3}}|{any_of(_numbers(model.language))})",
    }


def _numbers(language: Language) -> Iterable[str]:
    return (" ".join(each) for each, value in language.numbers.items() if value <= _MOST_REPS)


def any_of(phrases: Iterable[str]) -> str:
    """A pattern that is any of these phrases, the longest that fits first; what is alike at either end stands once."""
    tree: _Tree = {}
    for phrase in sorted(phrases):
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_written(_ways(tree), '' in tree)})"


def _ways(node: _Tree) -> dict[str, list[str]]:
    """The ways on from here, by what ends them: what stands before that ("ty" has "twen" and "thir")."""
    found: dict[str, list[str]] = {}
    for letter, rest in node.items():
        if letter:
            head, further = re.escape(letter).replace("\\ ", " "), _ways(rest)
            if len(further) == 1 and "" not in rest:
                ((tail, heads),) = further.items()
                found.setdefault(tail, []).append(head + _either(heads))
            else:
                found.setdefault(_written(further, "" in rest), []).append(head)
    return found


def _written(ways: Mapping[str, list[str]], may_end: bool) -> str:
    """The ways as a pattern; where they `may_end` at once, they need not be gone."""
    whole = _either([_either(heads) + tail for tail, heads in ways.items()]) if ways else ""
    if not may_end or not whole:
        return whole
    return f"{whole}?" if _ATOM.fullmatch(whole) else f"(?:{whole})?"


def _either(heads: list[str]) -> str:
    if len(heads) == 1:
        return heads[0]
    return f"[{''.join(heads)}]" if all(map(_LETTER.fullmatch, heads)) else f"(?:{'|'.join(heads)})"


def compiled(patterns: Iterable[str], parts: Mapping[str, str]) -> Pattern:
    """One pattern that fits where any of these does, at whole words.

    Raises:
        ValueError: one of them names a part that there is not.
    """
    whole = "|".join(f"(?:{each})" for each in patterns)
    while _PART.search(_GROUP.sub("", whole)):
        whole = re.sub(r"(?<!\?P)<(\w+)>", lambda found: _part(found[1], parts), whole)
    return _compiled(rf"(?<![\w'])(?:{whole.replace(' .. ', _GAP)})(?![\w'])")


@cache
def _compiled(whole: str) -> Pattern:
    """Compiling takes seconds for a language: what its countries say alike is compiled once."""
    return re.compile(whole)


def _part(name: str, parts: Mapping[str, str]) -> str:
    if name not in parts:
        raise ValueError(f"there is no part <{name}> for these words")
    return parts[name]
