"""A pretend language: English with an accent on every vowel, written into the files that docs/languages.md names.

Its numbers and its plurals are Polish, which Unicode's data knows: what English says of one and of others, it says of
one, of a few and of many. None of its other words is English, and every one has a letter beyond a to z: whatever Python
takes for granted about English shows at once.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
NAME = "pl-XX"
PARTS = ("skill", "rules", "interaction_models", "tools", "lambda", "tests/store", "tests/locales")
FILES = (
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/echo.py",
    "tests/limits.py",
    "tests/once.py",
    "tests/parts.py",
    "tests/shipped.py",
    "tests/trainee.py",
    "tests/understood.py",
    "pyproject.toml",
)
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
NO_TEXT = re.compile(r"\\.|\(\?P<\w+>|\(\?\(\w+\)|<\w+>|\[[^\[\]]*\]|\{[^{}]*\}")
"""What is no word of a regular expression: escapes, names, classes, counts."""
NO_WORDS = {"exact_only", "of_two_things", "in_grammar", "pronunciations", "letters", "numbers", "heard_as"}
"""What holds the names of intents, sounds and numbers, and no words of the language."""


def put_on(text: str) -> str:
    """A text in the pretend language; {placeholders}, <rules> and [parts that may be missing] stay what they are."""
    return re.sub(r"\{\w+\}|<\w+>|[^{<]+|.", lambda found: _word(found[0]), text)


def a_coach_who_speaks_it(place: Path) -> Path:
    """A copy of the coach with the files of the language beside the English ones, and nothing else changed."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "static-cache")
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part, ignore=ignored)
    for file in FILES:
        shutil.copy(ROOT / file, place / file)
    locales, understanding = place / "skill/locales", place / "skill/speaker/understanding"
    for folder in (locales, locales / "page", locales / "history"):
        _write(folder, translated(_read(folder)))
    _write(place / "interaction_models/source", model(_read(place / "interaction_models/source")))
    _write(understanding / "words", words(_read(understanding / "words")))
    _write(understanding / "danger", translated(_read(understanding / "danger"), pattern))
    _write(understanding / "gist", gist(_read(understanding / "gist")))
    listing = json.loads((place / "lambda/listings/en-US.json").read_text("utf-8"))
    (place / f"lambda/listings/{NAME}.json").write_text(json.dumps(translated(listing)), "utf-8")
    return place


def translated(data: Any, how: Any = put_on) -> Any:
    """Every text of a tree; its keys stay. Where one has a form, a few and many get theirs."""
    if isinstance(data, dict):
        made = {key: translated(each, how) for key, each in data.items()}
        return made | dict(_forms(data, made))
    if isinstance(data, list):
        return [translated(each, how) for each in data]
    return how(data) if isinstance(data, str) else data


def _forms(data: dict[str, Any], made: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is said of a few and of many, wherever English has words of its own for one."""
    for key in data:
        base = str(key).removesuffix(".one")
        for form, word in (("few", "féw"), ("many", "mány")) if base != key else ():
            others = made[base]
            said = [f"{each} {word}" for each in others] if isinstance(others, list) else f"{others} {word}"
            yield f"{base}.{form}", said


def model(source: dict[str, Any]) -> dict[str, Any]:
    """The source of an interaction model; the types of its slots stay, and so do the runs' own keys but for `said`."""
    made = {**translated(source), "slots": source["slots"]}
    made["bands"]["runs"]["said"] = _with_keys(source["bands"]["runs"]["said"])
    return made


def words(settings: dict[str, Any]) -> dict[str, Any]:
    """How the language is written down."""
    made = {name: each if name in NO_WORDS else translated(each) for name, each in settings.items()}
    made["rewrites"] = _with_keys(settings["rewrites"])
    made["numbers"], made["heard_as"] = {"also": [], "phrases": {}}, {}
    made["band_list"]["lead"] = pattern(settings["band_list"]["lead"])
    made["band_list"]["absent"] = translated(settings["band_list"]["absent"], pattern)
    made["band_order"] = translated(settings["band_order"], pattern)
    made["exact_only"] = {**settings["exact_only"], "fillers": translated(settings["exact_only"]["fillers"])}
    return made


def gist(settings: dict[str, Any]) -> dict[str, Any]:
    """What carries a wish; the names of intents and the values of their slots stay."""
    gists = [{**each, "says": translated(each["says"], pattern)} for each in settings["gists"]]
    return {**translated(settings, pattern), "gists": gists}


def pattern(text: str) -> str:
    """A regular expression for the same words."""
    out, at = "", 0
    for found in NO_TEXT.finditer(text):
        out += _word(text[at : found.start()]) + found[0].replace("[a-z", "[\\w")
        at = found.end()
    return out + _word(text[at:])


def _with_keys(phrases: dict[str, Any]) -> dict[str, Any]:
    return {put_on(key): translated(each) for key, each in phrases.items()}


def _word(text: str) -> str:
    return text if text[:1] in "{<" and len(text) > 1 else text.translate(ACCENTS)


def _read(folder: Path) -> Any:
    return yaml.load((folder / "en-US.yaml").read_text("utf-8"), yaml.CSafeLoader)


def _write(folder: Path, data: Any) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    (folder / f"{NAME}.yaml").write_text(text, "utf-8")
