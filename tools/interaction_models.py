"""Makes interaction_models/<locale>.json, as Alexa takes it, of the compact interaction_models/source/<locale>.yaml.

A locale that shares another one's text (skill/locales/differences) shares its source, too: its spellings go first,
and what only its own people say is added, if source/differences has some.

Templates are Home Assistant's (hassil), so that a translator finds them described; what Alexa wants (every sample and
every synonym written out) is made of them here.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import yaml
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression

from skill.locales.texts import Differences, differences, known
from tools import paraphrases

MODELS: Final = Path(__file__).parents[1] / "interaction_models"
parsed: Final = cache(parse_sentence)
"""A template read; the five Englishes share theirs."""


def model(written: Mapping[str, Any]) -> dict[str, Any]:
    """The interaction model in Alexa's form."""
    rules = {name: parsed(text) for name, text in written["rules"].items()}
    intents = [_intent(name, each, written["slots"], rules) for name, each in written["intents"].items()]
    types = {
        "BAND": dict(_bands(written["bands"])),
        **written["types"],
        "BAND_RUN": dict(_runs(written["bands"])),
    }
    language = {
        "invocationName": written["invocation_name"],
        "modelConfiguration": {"fallbackIntentSensitivity": {"level": "MEDIUM"}},
        "intents": intents,
        "types": [_type(name, values, rules) for name, values in types.items()],
    }
    return {"interactionModel": {"languageModel": language}}


def said(templates: Iterable[str], rules: Mapping[str, Any]) -> list[str]:
    """Every sentence of some templates, each once, in their order; {slots} stay as they are."""
    found: dict[str, None] = {}
    for template in templates:
        for text in sample_expression(parsed(template).expression, expansion_rules=rules, expand_lists=False):
            found.setdefault(" ".join(text.split()))
    return list(found)


def _intent(
    name: str, templates: Iterable[str], slots: Mapping[str, str], rules: Mapping[str, Any]
) -> dict[str, Any]:
    samples = said(templates, rules)
    used = [slot for slot in slots if any(f"{{{slot}}}" in sample for sample in samples)]
    declared = [{"name": slot, "type": slots[slot]} for slot in used]
    return {"name": name, **({"slots": declared} if declared else {}), "samples": samples}


def _type(name: str, values: Mapping[str, Iterable[str]], rules: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "values": [_value(key, said(each, rules)) for key, each in values.items()]}


def _value(key: str, phrases: list[str]) -> dict[str, Any]:
    return {"id": key, "name": _named(phrases)}


def _named(phrases: list[str]) -> dict[str, Any]:
    return {"value": phrases[0], **({"synonyms": phrases[1:]} if phrases[1:] else {})}


def _bands(bands: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each band with all its names: colors, strengths, shades, weights and levels."""
    shaded = {
        f"{shade}_{color}": _with_name(words, name)
        for shade, words in bands["shades"].items()
        for color, name in bands["shaded"].items()
    }
    for key, names in bands["names"].items():
        yield key, names if key == "none" else _forms(bands, [*shaded.pop(key, ()), *names])
    for key, names in shaded.items():
        yield key, _forms(bands, names)
    for unit, words in bands["weight_words"].items():
        for number, name in bands["weights"].items():
            yield f"{number} {unit}".replace(" ", "_"), _forms(bands, _with_name(words, name))
    for level, words in bands["level_words"].items():
        for number, name in bands["levels"].items():
            yield f"{level}_{number}", _forms(bands, _with_name(words, name))


def _with_added(source: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """A source with more templates for its intents, and more names for the values of its types."""
    intents = {
        name: [*each, *added.get("intents", {}).get(name, ())] for name, each in source["intents"].items()
    }
    types = {
        kind: {
            key: [*names, *added.get("types", {}).get(kind, {}).get(key, ())] for key, names in each.items()
        }
        for kind, each in source["types"].items()
    }
    return {**source, "intents": intents, "types": types}


def _spelt(made: dict[str, Any], differs: Differences) -> dict[str, Any]:
    """A model with a locale's own spellings and words first; the common ones stay, for whoever came from elsewhere."""
    for intent in made["interactionModel"]["languageModel"]["intents"]:
        intent["samples"] = _both(intent["samples"], differs)
    for kind in made["interactionModel"]["languageModel"]["types"]:
        for value in kind["values"]:
            named = value["name"]
            value["name"] = _named(_both([named["value"], *named.get("synonyms", ())], differs))
    return made


def _both(phrases: list[str], differs: Differences) -> list[str]:
    return [*dict.fromkeys([*differs.applied(phrases), *phrases])]


def _forms(bands: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [each for name in names for each in _with_name(bands["forms"], name)]


def _with_name(forms: Iterable[str], name: str) -> list[str]:
    return [form.replace("{name}", name) for form in forms]


def _runs(bands: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Bands in one breath; the id joins theirs by "then"."""
    names = {phrase: key for key, phrases in _bands(bands) for phrase in said(phrases[:1], {})}
    runs = bands["runs"]
    several = (" ".join(each) for n in range(2, runs["upto"] + 1) for each in permutations(runs["of"], n))
    for text in dict.fromkeys([*several, *runs["lists"]]):
        yield "_then_".join(_keys(text.split(), names)), [text, *runs["said"].get(text, ())]


def _keys(words: list[str], names: Mapping[str, str]) -> Iterator[str]:
    while words:
        length = max(n for n in range(1, len(words) + 1) if " ".join(words[:n]) in names)
        yield names[" ".join(words[:length])]
        words = words[length:]


def written_out(locale: str) -> str:
    """The JSON of a locale."""
    source, differs = _source(known()[locale]), differences(locale)
    if differs.common != locale:
        source = _with_added(source, _read(f"differences/{locale}.yaml"))
    return json.dumps(_spelt(model(source), differs), indent=1, ensure_ascii=False) + "\n"


@cache
def _source(text: str) -> dict[str, Any]:
    """What is written for a text, its paraphrases added."""
    source = _read(f"{text}.yaml")
    return _with_added(source, paraphrases.added(source, model(source), text))


def _read(name: str) -> dict[str, Any]:
    path = MODELS / "source" / name
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.exists() else {}


def main() -> None:
    """Write the models of all locales."""
    for locale in sorted(known()):
        (MODELS / f"{locale}.json").write_text(written_out(locale), "utf-8")
        print(f"{locale}.json", file=sys.stderr)


if __name__ == "__main__":
    main()
