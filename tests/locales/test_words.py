"""Every word that the coach may say exists, in every locale, with the same placeholders."""

import ast
import re
import string
from pathlib import Path

import pytest
from unicode_rbnf.plural_rules import get_plural_category

from rules.vocabulary.advice import ADVICE
from rules.vocabulary.facts import TOPICS
from skill.coach.messages.reply import Line
from skill.locales.texts import Differences, differences, known, numbers, plurals, text_of
from skill.locales.words import Locale, load, spoken_ms
from skill.speaker.understanding.model import source
from skill.speaker.understanding.understand import understand
from tests.shipped import EXERCISES, RULEBOOK

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "skill" / "coach").rglob("*.py"))
FORMATTER = string.Formatter()
LOCALES = sorted(known())
WORDS = {name: text_of(name) for name in LOCALES}
RULES = [rule for book in RULEBOOK.books.values() for rule in book.rules]


def keys_in_the_code():
    """Every literal first argument of say(...), ask(_, ...) and Line(...) in the core."""
    for file in CORE:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = {"say": 0, "Line": 0, "ask": 1}.get(name)
            if place is None or len(node.args) <= place:
                continue
            for argument in node.args[place : place + 2] if name == "ask" else [node.args[place]]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, name


@pytest.mark.parametrize("locale", LOCALES)
def test_every_key_that_the_coach_says_has_words(locale):
    lines = WORDS[locale]["lines"]
    for key, how in keys_in_the_code():
        assert key in lines, f"{key} has no words in {locale}"
        if how == "ask":
            assert f"{key}_again" in lines or key.endswith("_again") or _is_reprompted(key), (
                f"{key} has no reprompt"
            )


def _is_reprompted(key):
    source = "".join(file.read_text("utf-8") for file in CORE)
    return re.search(rf'"{key}", ("\w+"|again\b)', source) is not None or key == "noted_the_count"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_outcome_of_a_set_and_every_next_step_has_words(locale):
    lines = WORDS[locale]["lines"]
    assert {f"set_{advice}" for advice in ADVICE["failure"]} <= set(lines)
    following = {advice for advice in ADVICE["sets"] if advice != "finish"}
    assert following | {f"{advice}_with_band" for advice in following} <= set(lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_rule_but_tempo_has_a_reason_in_words_and_every_source_a_name(locale):
    words = WORDS[locale]
    assert {rule.id for rule in RULES if not rule.id.startswith("TEMPO")} == set(words["because"])
    assert set(RULEBOOK.sources) == set(words["sources"])


@pytest.mark.parametrize("locale", LOCALES)
def test_reasons_name_only_facts_of_their_topic(locale):
    topics = {rule.id: topic for topic, book in RULEBOOK.books.items() for rule in book.rules}
    for rule_id, text in WORDS[locale]["because"].items():
        known = set(TOPICS[topics[rule_id]].domains()) | {"window_low", "window_high", "from_band"}
        assert placeholders(text) <= known, rule_id


@pytest.mark.parametrize("locale", LOCALES)
def test_every_exercise_has_its_cues_in_words(locale):
    words = WORDS[locale]
    for exercise in EXERCISES.values():
        for phase in exercise.tempo:
            assert phase.word in words["words"]["cues"]
        for cue in exercise.cues:
            assert f"cue.{exercise.id}.{cue.key}" in words["lines"]
        for muscle in exercise.muscles:
            assert muscle in words["words"]["muscles"]
            assert f"purpose.{muscle}" in words["lines"]


@pytest.mark.parametrize("locale", LOCALES)
def test_variants_of_a_line_take_the_same_values_in_every_locale(locale):
    for key, entry in WORDS[locale]["lines"].items():
        variants = entry if isinstance(entry, list) else [entry]
        fields = {frozenset(placeholders(each)) for each in variants}
        english = WORDS["en-US"]["lines"]
        reference = english[key if key in english else key.rpartition(".")[0]]
        allowed = set().union(*map(placeholders, reference if isinstance(reference, list) else [reference]))
        assert set().union(*fields) <= allowed, key


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("folder", ["", "page", "history"])
def test_nothing_that_english_fills_in_is_lost_in_another_locale(locale, folder):
    ours, english = (dict(entries(text_of(name, folder))) for name in (locale, "en-US"))
    for key in english.keys() & ours.keys():
        assert filled(ours[key]) == filled(english[key]), key


def entries(data, before=()):
    """Every text, or list of variants, by its keys."""
    for key, each in data.items():
        if isinstance(each, dict):
            yield from entries(each, (*before, key))
        else:
            yield (*before, key), each


def filled(entry):
    """What is filled into a text, or into its variants together."""
    return set().union(*map(placeholders, texts(entry)))


@pytest.mark.parametrize("text", sorted(set(known().values())))
def test_a_language_has_all_its_files(text):
    understanding = "skill/speaker/understanding"
    for place in (
        "skill/locales/page",
        "skill/locales/history",
        f"{understanding}/words",
        f"{understanding}/danger",
    ):
        assert (ROOT / place / f"{text}.yaml").exists(), place
    assert (ROOT / "interaction_models" / "source" / f"{text}.yaml").exists()
    assert (ROOT / "lambda" / "listings" / f"{text}.json").exists()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_is_there_in_every_locale_and_no_other(locale):
    for section in ("because", "sources", "words", "screen"):
        assert set(WORDS[locale][section]) == set(WORDS["en-US"][section]), section
    lines, wanted = set(WORDS[locale]["lines"]), set(WORDS["en-US"]["lines"])
    assert {key for key in lines if key not in forms_of(lines, locale)} == {
        key for key in wanted if key not in forms_of(wanted, "en-US")
    }
    for table in ("cues", "bands", "sides", "on_sides", "places", "exercises", "muscles"):
        assert set(WORDS[locale]["words"][table]) == set(WORDS["en-US"]["words"][table]), table


def forms_of(lines, locale):
    """The forms of lines for none and for the plural categories of the language; none of them is ever in vain."""
    forms = {"none", *WORDS[locale]["words"]["plurals"]} - {"other"}
    return {key for key in lines if key.rpartition(".")[0] in lines and key.rpartition(".")[2] in forms}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("folder", ["page", "history"])
def test_labels_have_forms_only_for_numbers_that_their_language_tells_apart(locale, folder):
    data = text_of(locale, folder)
    texts = data["messages"] if folder == "page" else data
    of_numbers = {key for key in texts if re.search(r"\.(none|zero|one|two|few|many|other)$", key)}
    assert of_numbers == forms_of(texts, locale)


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl", "cy", "ar", "sl", "lt", "br", "lv"])
def test_the_plural_of_a_large_number_is_that_of_its_last_hundred(language):
    locale = Locale(language, {"words": {"plurals": plurals(f"{language}-XX")}})
    for number in range(2000):
        form = f"done.{get_plural_category(language, number)}"
        assert locale.form_of("done", number, {form: "", "done": ""}) == form


@pytest.mark.parametrize("locale", LOCALES)
def test_every_band_that_can_be_told_has_a_name(locale):
    kinds = {kind["name"]: kind["values"] for kind in source(locale)["types"]}
    assert {each["id"] for each in kinds["BAND"]} <= set(WORDS[locale]["words"]["bands"])


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_is_asked_for_only_in_forms_that_the_language_has(locale):
    forms = WORDS[locale].get("forms", {})
    asked = {
        form for text in texts(WORDS[locale]) for _, name, form, _ in FORMATTER.parse(text) if name and form
    }
    assert asked == set(forms)


def test_a_line_takes_a_name_and_a_number_in_the_form_that_its_grammar_wants():
    german = {
        "speaking_rate": 14,
        "words": {
            "numbers": numbers("de-DE"),
            "plurals": plurals("de-DE"),
            "sides": {"left": "linkes Bein"},
            "and": "und",
        },
        "forms": {"dative": {"linkes Bein": "linken Bein"}, "before_noun": {"eins": "eine"}},
        "lines": {"done": "{reps:before_noun} auf dem {side:dative}."},
    }
    words = Locale("de-DE", german)
    assert words.text(Line("done", {"reps": 1, "side": "left"})) == "Eine auf dem linken Bein."
    assert [words.number(each) for each in (16, 21, 30, 99)] == [
        "sechzehn",
        "einundzwanzig",
        "dreißig",
        "neunundneunzig",
    ]


def test_a_band_takes_its_form_wherever_it_is_worn():
    words = load("de-DE")
    told = [
        words.text(Line("first_band", {"band": band}))
        for band in ("red", "red@knee", "none", "ten_kilos", "pink")
    ]
    assert told == [
        "Starte mit dem roten Band.",
        "Starte mit dem roten Band, eine Handbreit höher.",
        "Starte ohne Band.",
        "Starte mit dem Zehn-Kilo-Band.",
        "Starte mit dem rosa Band.",
    ]


@pytest.mark.parametrize("locale", sorted(set(known().values())))
def test_a_form_is_made_of_names_that_are_there(locale):
    tables = WORDS[locale]["words"]
    names = {name for table in ("bands", "sides", "on_sides", "exercises") for name in tables[table].values()}
    for form, made in WORDS[locale].get("forms", {}).items():
        assert set(made) <= names, form


def test_an_umlaut_takes_the_time_of_a_vowel():
    assert spoken_ms("fünf höhere") == spoken_ms("funf hohere")


@pytest.mark.parametrize("locale", [name for name in LOCALES if known()[name] != name])
def test_a_locale_that_shares_a_text_differs_in_words_and_never_in_a_placeholder(locale):
    shared = WORDS[known()[locale]]
    for ours, theirs in zip(texts(WORDS[locale]), texts(shared), strict=True):
        assert placeholders(ours) == placeholders(theirs), ours
    for phrase in differences(locale).instead:
        assert any(phrase in text.lower() for text in texts(shared)), f"nothing says {phrase!r} any more"
        assert not any(re.search(rf"\b{phrase}\b", text.lower()) for text in texts(WORDS[locale])), phrase


def test_phrases_are_replaced_whole_keeping_capitals_and_never_in_a_placeholder():
    differs = Differences("en-US", {"color": "colour", "a color": "a shade"})
    said = differs.applied({"color": ["Color {color}, colorful.", "A color."]})
    assert said == {"color": ["Colour {color}, colorful.", "A shade."]}


def texts(data):
    """Every text in a locale's data, in its order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from texts(each)


@pytest.mark.parametrize("locale", sorted(set(known().values())))
def test_numbers_up_to_ninety_nine_are_said_and_understood(locale):
    words = load(locale)
    told = {n: understand(words.number(n), locale) for n in range(100)}
    assert {n: each.slots["reps"]["value"] for n, each in told.items()} == {n: str(n) for n in range(100)}
    assert {each.intent for each in told.values()} == {"LogSetIntent"}
    assert {words.number_words[words.number(n).replace("-", " ")] for n in range(1, 100)} == set(
        range(1, 100)
    )


def test_what_is_asked_again_and_again_is_never_said_twice_in_the_same_words():
    lines = WORDS["en-US"]["lines"]
    for key in ("not_understood", "could_you_do_another", "change_side", "set_failed_in_window", "goodbye"):
        assert len(set(lines[key])) > 1


def test_numbers_are_words_up_to_ninety_nine():
    locale = load()
    assert [locale.number(each) for each in (1, 12, 20, 21, 99, 100)] == [
        "one",
        "twelve",
        "twenty",
        "twenty-one",
        "ninety-nine",
        "100",
    ]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
