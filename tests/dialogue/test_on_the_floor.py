"""Short conversations about a body, at every moment: what must follow, and that no count follows an open pain."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.dialogue.test_band_talk import train
from tests.trainee import Trainee

TALKS = yaml.load(Path(__file__).with_name("on_the_floor.yaml").read_text("utf-8"), yaml.CSafeLoader)
DAYS = 86_400
SAYS: Mapping[str, Mapping[str, str]] = {
    "en-US": {
        "launch": "start glute workout",
        "bands": "yellow, red and green",
        "ready": "ready",
        "tilt": "my lower back hurts",
        "hold": "my knee hurts",
        "hold_doctor": "my calf is swollen and hot",
        "rest": "i'm done",
        "number": "nine one one",
        "invitation": "say ready",
    },
    "de-DE": {
        "launch": "öffne po training",
        "bands": "gelb, rot und grün",
        "ready": "bereit",
        "tilt": "mein unterer rücken tut weh",
        "hold": "mein knie tut weh",
        "hold_doctor": "meine wade ist geschwollen und heiß",
        "rest": "ich kann nicht mehr",
        "number": "eins eins zwei",
        "invitation": "sag: bereit",
    },
}


def stands(trainee: Trainee) -> str:
    pain = trainee.state.get("pain") or {}
    return "" if pain.get("is_gone") else pain.get("stands", "")


def says(trainee: Trainee, what: str) -> bool:
    return SAYS[trainee.talk.locale][what] in trainee.heard.lower()


IS: Mapping[str, Callable[[Trainee], bool]] = {
    "hold": lambda each: stands(each) in ("on_hold", "on_hold_for_doctor"),
    "doctor": lambda each: stands(each) == "on_hold_for_doctor",
    "tried": lambda each: stands(each) == "tried",
    "open": lambda each: stands(each) != "",
    "nothing_open": lambda each: stands(each) == "",
    "count": lambda each: each.count is not None,
    "no_count": lambda each: each.count is None,
    "number": lambda each: says(each, "number"),
    "asks": lambda each: each.is_listening,
    "no_band": lambda each: "band" not in each.heard.lower(),
    "no_invitation": lambda each: not says(each, "invitation"),
}
"""What an answer must be, in a word."""


def brought_to(moment: str, trainee: Trainee) -> None:
    """Let somebody come to the moment at which a conversation begins."""
    words = SAYS[trainee.talk.locale]
    trainee.say(words["launch"])
    if moment == "launch":
        return
    trainee.say(words["bands"])
    if moment == "ready":
        return
    if moment == "after":
        train(trainee, 13)
        trainee.wait(60 - 4 * DAYS)  # `train` goes on to the day of the next workout
        return
    trainee.say(words["ready"])
    assert trainee.count is not None
    if moment == "report":
        trainee.wait(trainee.count.length_ms / 1000)
    elif moment == "rest":
        trainee.say_at(words["rest"], 13, 2, exact=True)
    elif moment != "set":
        trainee.say_at(words[moment], 5, 1, exact=True)
    if moment.startswith("hold"):
        trainee.wait(3 * DAYS)
        trainee.say(words["launch"])


def reps_kept(trainee: Trainee) -> list[int]:
    return [int(each) for each in re.findall(r'"reps": (\d+)', json.dumps([trainee.state, trainee.workouts]))]


def taken(trainee: Trainee, step: Mapping[str, Any]) -> None:
    if "at_rep" in step:
        trainee.say_at(step["say"], step["at_rep"], 1, exact=True)
    else:
        trainee.say(step["say"], step.get("after", 8))


@pytest.mark.parametrize("talk", TALKS, ids=lambda each: each["talk"][0].get("say", each["talk"][-1]["say"]))
def test_what_is_said_of_a_body_is_answered_as_it_must_be(talk, app):
    locale = talk.get("locale", "en-US")
    people: dict[str, Trainee] = {}
    first = people.setdefault(talk.get("who", "anna"), Trainee(app, locale=locale))
    brought_to(talk["from"], first)
    if "wait" in talk:
        first.leave()
        first.wait(talk["wait"])
    for step in talk["talk"]:
        who = step.get("who", talk.get("who", "anna"))
        trainee = people.setdefault(who, Trainee(app, account=who, locale=locale))
        trainee.now = max(each.now for each in people.values())
        if step.get("leave"):
            trainee.leave()
            continue
        before = trainee.heard
        taken(trainee, step)
        told = f"{step['say']!r}: {trainee.heard!r}, {stands(trainee)!r}"
        assert not (stands(trainee) and trainee.count), told
        assert trainee.heard, told
        assert trainee.count or trainee.heard != before, told
        assert [each for each in step.get("is", ()) if not IS[each](trainee)] == [], told
        if "reps" in step:
            assert step["reps"] in reps_kept(trainee), told
