"""Dialogues written as data, run through the real endpoint on a real SQLite file."""

from pathlib import Path

import pytest
import yaml

from skill.locales.texts import differences, known
from tests.trainee import Trainee

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))
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


@pytest.mark.parametrize("locale", sorted(known()))
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_dialogue_goes_as_written(file, locale, app):
    scenario = differences(locale).applied(yaml.safe_load(file.read_text("utf-8")))
    people = {None: Trainee(app, account=scenario.get("account", "anna"), locale=locale)}
    for nth, step in enumerate(scenario["steps"], start=1):
        assert set(step) <= STEPS, f"step {nth}: {sorted(set(step) - STEPS)} is no part of a step"
        who = people.setdefault(step.get("who"), _somebody(app, step.get("who"), people[None]))
        heard = _take(who, step)
        for words in _texts(step, "hears"):
            assert words.lower() in heard.lower(), f"step {nth} ({step.get('say')}): heard {heard!r}"
        choices = _texts(step, "any")
        assert not choices or any(words in heard.lower() for words in choices), f"step {nth}: heard {heard!r}"
        for words in _texts(step, "not"):
            assert words.lower() not in heard.lower(), f"step {nth} ({step.get('say')}): heard {heard!r}"
    _check_end(people, scenario.get("then", {}))


def _somebody(app, name, first):
    person = f"amzn1.ask.person.{name}" if name else None
    return Trainee(app, first.talk.user, person, first.now, first.talk.locale)


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
        if "listening" in expected:
            assert who.is_listening is expected["listening"]
        if "workouts" in expected:
            assert len(who.workouts) == expected["workouts"]


def _sets(who):
    at_hand = who.state.get("workout")
    return at_hand.get("sets", []) if at_hand else who.workouts[0]["sets"]


def test_there_are_scenarios():
    assert len(FILES) >= 8
