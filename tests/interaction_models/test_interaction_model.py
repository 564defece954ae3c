"""The interaction models keep Alexa's rules: our own checks, since no offline validator knows the schema."""

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from skill.speaker.hearing import grammar
from skill.speaker.understanding import model as models
from tools.interaction_models import written_out

Model = dict[str, Any]
Fault = str

LOCALES = sorted(
    f.name.removesuffix(".json") for f in files("interaction_models").iterdir() if f.name.endswith(".json")
)
MANDATORY = {
    f"AMAZON.{n}Intent"
    for n in ("Help", "Stop", "Cancel", "NavigateHome", "Fallback", "Pause", "Resume", "Repeat")
}
BUILT_IN_TYPES = {"AMAZON.NUMBER", "AMAZON.SearchQuery"}
RESERVED_WORDS = {
    *("alexa", "amazon", "echo", "computer", "ziggy"),
    *(
        "launch",
        "ask",
        "tell",
        "load",
        "begin",
        "enable",
        "start",
        "open",
        "play",
        "resume",
        "run",
        "use",
        "skill",
        "app",
    ),
}
# Alexa counts no samples: she takes 250 intents, 1.5 MB in all, 50,000 names of values, samples of 200 characters.
MOST_INTENTS, MOST_BYTES, MOST_NAMES, LONGEST_SAMPLE = 250, 1_500_000, 50_000, 200
# With fewer it does not learn how else an intent may be said.
FEWEST_SAMPLES = 8
SAMPLE = re.compile(r"(?:[^\W\d_A-Z]|[' .{}_-])+")
SLOT = re.compile(r"\{(\w+)\}")


def read(locale: str) -> Model:
    model: Model = json.loads(files("interaction_models").joinpath(f"{locale}.json").read_text("utf-8"))
    return model


def language(model: Model) -> dict[str, Any]:
    found: dict[str, Any] = model["interactionModel"]["languageModel"]
    return found


def invocation_name_faults(model: Model, locale: str) -> Iterator[Fault]:
    name = language(model)["invocationName"]
    words = name.split()
    if name != name.lower() or not 2 <= len(words) <= 5:
        yield f"invocation name {name!r} is not two to five lower-case words"
    yield from (f"invocation name holds the reserved word {w!r}" for w in words if w in RESERVED_WORDS)


def slot_faults(model: Model, locale: str) -> Iterator[Fault]:
    own_types = {t["name"] for t in language(model)["types"]}
    type_of: dict[str, str] = {}
    for intent in language(model)["intents"]:
        slots = {s["name"]: s.get("type") for s in intent.get("slots", [])}
        for name, kind in slots.items():
            if kind not in own_types | BUILT_IN_TYPES:
                yield f"{intent['name']}: slot {name} has the unknown type {kind}"
            if type_of.setdefault(name, kind) != kind:
                yield f"slot {name} is {kind} in {intent['name']} and {type_of[name]} elsewhere"
        used = {s for sample in intent["samples"] for s in SLOT.findall(sample)}
        yield from (f"{intent['name']}: slot {s} is not declared" for s in sorted(used - set(slots)))
        yield from (f"{intent['name']}: slot {s} is in no sample" for s in sorted(set(slots) - used))
        yield from search_query_faults(intent, slots)


def search_query_faults(intent: dict[str, Any], slots: dict[str, str]) -> Iterator[Fault]:
    for sample in intent["samples"]:
        kinds = [slots.get(s) for s in SLOT.findall(sample)]
        if "AMAZON.SearchQuery" in kinds and (len(kinds) > 1 or SLOT.fullmatch(sample)):
            yield f"{intent['name']}: SearchQuery wants words and no other slot beside it in {sample!r}"


def type_faults(model: Model, locale: str) -> Iterator[Fault]:
    for kind in language(model)["types"]:
        values = kind["values"]
        if not values:
            yield f"type {kind['name']} has no values"
        ids = [v["id"] for v in values]
        yield from (
            f"{kind['name']}: id {i!r} is not lower_snake"
            for i in ids
            if not re.fullmatch(r"[a-z]+(_[a-z]+)*", i)
        )
        yield from (f"{kind['name']}: id {i} twice" for i, n in Counter(ids).items() if n > 1)
        spoken = [p.lower() for v in values for p in (v["name"]["value"], *v["name"].get("synonyms", []))]
        yield from (f"{kind['name']}: {p!r} is over 140 characters" for p in spoken if len(p) > 140)
        yield from (
            f"{kind['name']}: {p!r} stands for two values" for p, n in Counter(spoken).items() if n > 1
        )
    used = {s.get("type") for i in language(model)["intents"] for s in i.get("slots", [])}
    yield from (
        f"type {t['name']} is used by no slot" for t in language(model)["types"] if t["name"] not in used
    )


def sample_faults(model: Model, locale: str) -> Iterator[Fault]:
    kinds = {s["name"]: s.get("type") for i in language(model)["intents"] for s in i.get("slots", [])}
    owner: dict[str, str] = {}
    for intent in language(model)["intents"]:
        own = intent["name"]
        if not own.startswith("AMAZON.") and len(intent["samples"]) < FEWEST_SAMPLES:
            yield f"{own}: {len(intent['samples'])} samples, where {FEWEST_SAMPLES} are wanted"
        yield from (f"{own}: Alexa does not take {s!r}" for s in intent["samples"] if not SAMPLE.fullmatch(s))
        yield from (f"{own}: {s!r} twice" for s, n in Counter(intent["samples"]).items() if n > 1)
        for sample in intent["samples"]:
            shape = SLOT.sub(lambda found: f"<{kinds.get(found[1])}>", sample)
            if owner.setdefault(shape, own) != own:
                yield f"{sample!r} belongs to {own} and to {owner[shape]}"


def intent_faults(model: Model, locale: str) -> Iterator[Fault]:
    names = Counter(i["name"] for i in language(model)["intents"])
    yield from (f"intent {n} twice" for n, count in names.items() if count > 1)
    yield from (f"{n} is missing" for n in sorted(MANDATORY - set(names)))
    elicited = {d["name"] for d in model["interactionModel"].get("dialog", {}).get("intents", [])}
    yield from (f"dialog names the unknown intent {n}" for n in sorted(elicited - set(names)))
    prompts = {p["id"] for p in model["interactionModel"].get("prompts", [])}
    wanted = set(
        re.findall(
            r'"(?:elicitation|confirmation)": "([^"]+)"',
            json.dumps(model["interactionModel"].get("dialog", {})),
        )
    )
    yield from (f"dialog wants the unknown prompt {p}" for p in sorted(wanted - prompts))
    sensitivity = "fallbackIntentSensitivity" in language(model).get("modelConfiguration", {})
    if sensitivity and not (locale.startswith("en-") or locale == "de-DE"):
        yield f"{locale} takes no fallbackIntentSensitivity"


def size_faults(model: Model, locale: str) -> Iterator[Fault]:
    if len(language(model)["intents"]) > MOST_INTENTS:
        yield f"more than {MOST_INTENTS} intents"
    if len(json.dumps(model).encode()) > MOST_BYTES:
        yield f"more than {MOST_BYTES} bytes"
    values = [value for kind in language(model)["types"] for value in kind["values"]]
    if sum(1 + len(value["name"].get("synonyms", ())) for value in values) > MOST_NAMES:
        yield f"more than {MOST_NAMES} names of values"
    for intent in language(model)["intents"]:
        yield from (f"{s[:20]!r}... is too long" for s in intent["samples"] if len(s) > LONGEST_SAMPLE)


CHECKS: tuple[Callable[[Model, str], Iterator[Fault]], ...] = (
    invocation_name_faults,
    slot_faults,
    type_faults,
    sample_faults,
    intent_faults,
    size_faults,
)


def faults(model: Model, locale: str) -> list[Fault]:
    return [fault for check in CHECKS for fault in check(model, locale)]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_model_keeps_alexas_rules(locale: str) -> None:
    assert faults(read(locale), locale) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_model_is_made_of_its_source(locale: str) -> None:
    assert files("interaction_models").joinpath(f"{locale}.json").read_text("utf-8") == written_out(locale), (
        "run python tools/interaction_models.py"
    )


def intent_of(model: Model, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(i for i in language(model)["intents"] if i["name"] == name)
    return found


def with_search_query(model: Model) -> None:
    intent_of(model, "LogSetIntent")["slots"].append({"name": "query", "type": "AMAZON.SearchQuery"})
    intent_of(model, "LogSetIntent")["samples"][-1] = "{reps} {query}"


BREAKAGES: dict[str, tuple[Callable[[Model], object], str]] = {
    "a one-word name": (lambda m: language(m).update(invocationName="glutes"), "two to five"),
    "a launch word in the name": (
        lambda m: language(m).update(invocationName="start glutes"),
        "reserved word 'start'",
    ),
    "a slot without a type": (
        lambda m: intent_of(m, "LogSetIntent")["slots"][0].pop("type"),
        "unknown type None",
    ),
    "a slot nobody declared": (
        lambda m: intent_of(m, "WhyIntent")["samples"].append("why {thing}"),
        "thing is not declared",
    ),
    "a slot nobody says": (
        lambda m: intent_of(m, "SaysWhoIntent").update(slots=[{"name": "band", "type": "BAND"}]),
        "band is in no sample",
    ),
    "one slot name with two types": (
        lambda m: intent_of(m, "RemoveBandIntent")["slots"][0].update(type="EXERCISE"),
        "slot band is EXERCISE in RemoveBandIntent",
    ),
    "an empty type": (lambda m: language(m)["types"][0]["values"].clear(), "BAND has no values"),
    "a type nobody uses": (
        lambda m: language(m)["types"].append(
            {"name": "MOON", "values": [{"id": "new", "name": {"value": "new"}}]}
        ),
        "MOON is used by no slot",
    ),
    "a value of 141 characters": (
        lambda m: language(m)["types"][0]["values"][0]["name"].update(value="x" * 141),
        "over 140",
    ),
    "one phrase for two values": (
        lambda m: language(m)["types"][0]["values"][1]["name"]["synonyms"].append("red"),
        "'red' stands for two values",
    ),
    "an id with a capital": (
        lambda m: language(m)["types"][0]["values"][0].update(id="Red"),
        "not lower_snake",
    ),
    "a sample in two intents": (
        lambda m: intent_of(m, "WhyIntent")["samples"].append("ready"),
        "'ready' belongs to",
    ),
    "one shape in two intents": (
        lambda m: intent_of(m, "AddBandIntent")["samples"].append("{band}"),
        "'{band}' belongs to AddBandIntent and to LadderIntent",
    ),
    "a question mark": (lambda m: intent_of(m, "WhyIntent")["samples"].append("why?"), "Alexa does not take"),
    "too few samples": (lambda m: intent_of(m, "WhyIntent").update(samples=["why"]), "1 samples"),
    "a missing stop": (
        lambda m: language(m)["intents"].remove(intent_of(m, "AMAZON.StopIntent")),
        "AMAZON.StopIntent is missing",
    ),
    "a dialog for nobody": (
        lambda m: m["interactionModel"].update(dialog={"intents": [{"name": "GoneIntent", "slots": []}]}),
        "unknown intent GoneIntent",
    ),
    "a search query beside another slot": (with_search_query, "SearchQuery"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_model_is_found_out(breakage: str) -> None:
    model = copy.deepcopy(read("en-US"))
    damage, told = BREAKAGES[breakage]
    damage(model)
    assert any(told in fault for fault in faults(model, "en-US")), faults(model, "en-US")


def test_fallback_sensitivity_is_refused_where_alexa_refuses_it() -> None:
    assert any("fallbackIntentSensitivity" in fault for fault in faults(read("en-US"), "fr-FR"))


def test_the_ears_can_pronounce_every_word_that_they_listen_for() -> None:
    sphinx = pytest.importorskip("skill.speaker.hearing.sphinx")
    model = models.load("en-US")
    sphinx.GrammarRecogniser(grammar.compiled(model), model.language.settings["pronunciations"])
