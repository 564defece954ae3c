"""Dialogues written as data, run through the real endpoint on a real SQLite file, in every locale.

A language that is not English has its words for them in `phrases`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import yaml

from skill.locales.texts import DEFAULT, differences, known
from tests.trainee import Trainee

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))
PHRASES = HERE / "phrases"
STEPS = {
    "say",
    "hears",
    "any",
    "not",
    "after",
    "at_rep",
    "second",
    "exact",
    "count_runs_out",
    "leaves",
    "waits",
    "who",
}


@cache
def read(file):
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)


def everywhere():
    """Each dialogue in each locale, one locale after the other: a process of several then reads the models of a few.

    Where a locale shares its text and nothing of a dialogue is worded otherwise there, everyday one of them is enough.
    """
    shared = sorted(locale for locale, text in known().items() if text != locale)
    for locale in sorted(known()):
        for nth, file in enumerate(FILES):
            is_turn = locale not in shared or shared[nth % len(shared)] == locale
            is_everyday = is_turn or differences(locale).applied(read(file)) != read(file)
            name = f"{locale}-{file.stem}"
            yield pytest.param(file, locale, id=name, marks=() if is_everyday else pytest.mark.long)


@pytest.mark.parametrize(("file", "locale"), [*everywhere()])
def test_the_dialogue_goes_as_written(file, locale, app):
    scenario = differences(locale).applied(read(file))
    phrases = phrases_of(known()[locale])
    people = {None: Trainee(app, account=scenario.get("account", "anna"), locale=locale)}
    for nth, step in enumerate(scenario["steps"], start=1):
        step = phrases.step(step)
        assert set(step) <= STEPS, f"step {nth}: {sorted(set(step) - STEPS)} is no part of a step"
        name = step.get("who")
        if name not in people:
            people[name] = _somebody(app, name, people[None])
        heard = _take(people[name], step)
        for words in _texts(step, "hears"):
            one_of = phrases.heard(words)
            assert _is_heard(one_of, heard), f"step {nth} ({step.get('say')}): {one_of} in {heard!r}"
        choices = _texts(step, "any")
        assert not choices or any(_is_heard(phrases.heard(words), heard) for words in choices), (
            f"step {nth}: heard {heard!r}"
        )
        for words in _texts(step, "not"):
            assert not _is_heard(phrases.heard(words), heard), (
                f"step {nth} ({step.get('say')}): heard {heard!r}"
            )
    _check_end(people, scenario.get("then", {}))


@dataclass(frozen=True)
class Phrases:
    """The words of the dialogues in a language: what is said, and what has to be heard."""

    say: Mapping[str, str] = field(default_factory=dict)
    hears: Mapping[str, str | list[str]] = field(default_factory=dict)

    def step(self, step):
        """The step with what is said in this language."""
        return step | {"say": self.say[step["say"].lower()]} if self.say and "say" in step else step

    def heard(self, words):
        """What one of has to be heard."""
        found = self.hears[words.lower()] if self.hears else words
        return [found] if isinstance(found, str) else found


@cache
def phrases_of(text):
    """Those of a locale that has a text of its own."""
    return Phrases() if text == DEFAULT else Phrases(**read(PHRASES / f"{text}.yaml"))


def _is_heard(one_of, heard):
    return any(words.lower() in heard.lower() for words in one_of)


def _somebody(app, name, first):
    return Trainee(app, first.talk.user, f"amzn1.ask.person.{name}", first.now, first.talk.locale)


def _take(who, step):
    if "waits" in step:
        who.wait(step["waits"])
        return ""
    if "leaves" in step:
        who.leave(step["leaves"], step.get("after", 0))
        return who.heard
    if "at_rep" in step:
        return who.say_at(step["say"], step["at_rep"], step.get("second", 3), exact=step.get("exact", False))
    if step.get("count_runs_out"):
        return who.after_count(step["say"], step.get("after", 3))
    return who.say(step["say"], step.get("after", 3))


def _texts(step, key):
    value = step.get(key, [])
    return [value] if isinstance(value, str) else value


def _check_end(people, then):
    for who, expected in (
        (people.get(each.get("who")), each) for each in then.get("people", [then] if then else [])
    ):
        if "sets" in expected:
            sets = [f"{each['side']} {each['reps']} {each['ended']}" for each in _sets(who)]
            assert sets == expected["sets"]
        if "bands" in expected:
            assert [f"{each['side']} {each['band']}" for each in _sets(who)] == expected["bands"]
        if "listening" in expected:
            assert who.is_listening is expected["listening"]
        if "workouts" in expected:
            assert len(who.workouts) == expected["workouts"]


def _sets(who):
    at_hand = who.state.get("workout")
    return at_hand.get("sets", []) if at_hand else who.workouts[0]["sets"]


@pytest.mark.parametrize("file", sorted(PHRASES.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_language_has_words_for_what_the_dialogues_say_and_for_nothing_else(file):
    said, heard = set(), set()
    for step in (step for each in FILES for step in read(each)["steps"]):
        said |= {step["say"].lower()} if "say" in step else set()
        heard |= {words.lower() for key in ("hears", "any", "not") for words in _texts(step, key)}
    phrases = phrases_of(file.stem)
    assert (set(phrases.say), set(phrases.hears)) == (said, heard)


def test_there_are_scenarios():
    assert len(FILES) >= 8
