"""A whole workout driven over HTTP by a client that nobody here wrote."""

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from skill.locales.texts import known
from skill.web import create_app
from tests.limits import check_answer
from tests.parts import CLIENTS, found, need_clients

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served(app):
    """The endpoint on loopback, on a free port."""
    server = make_server("127.0.0.1", 0, create_app(verify=False, coach=app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/alexa"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def node():
    """Node, with the clients."""
    need_clients()
    return found("node")


SUMMED_UP = {"en": ("six sets", "thirteen"), "de": ("sechs sätze", "dreizehn je bein", "oder später")}
"""What the last answer of a workout tells, by language."""
PHRASES = {
    "red green and blue": "LadderIntent",
    "I have a red band": "LadderIntent",
    "I don't know": "DontKnowIntent",
    "my green is tougher than my blue": "CompareBandsIntent",
    "I bought a black band": "AddBandIntent",
    "ready": "ReadyIntent",
    "go": "ReadyIntent",
    "I can't do any more": "FailIntent",
    "done": "FailIntent",
    "I failed": "FailIntent",
    "no, ten": "LogSetIntent",
    "I did ten reps": "LogSetIntent",
    "I did twelve reps": "LogSetIntent",
    "stop": "AMAZON.StopIntent",
    "pause": "AMAZON.PauseIntent",
    "resume": "AMAZON.ResumeIntent",
    "yes": "AMAZON.YesIntent",
    "that hurts": "PainIntent",
    "my back hurts": "PainIntent",
    "my lower back is killing me": "PainIntent",
    "my knee aches": "PainIntent",
    "I've got a cramp": "PainIntent",
    "I have a cramp in my calf": "PainIntent",
    "that's too painful": "PainIntent",
    "I pulled something": "PainIntent",
    "I strained my back": "PainIntent",
    "it stings": "PainIntent",
    "the pain is gone": "PainGoneIntent",
    "my leg is numb": "PainIntent",
    "what band should I use": "WhichBandIntent",
    "why": "WhyIntent",
    "how do I do it": "HowToIntent",
    "what does it work": "MusclesIntent",
    "why should I do this": "PurposeIntent",
    "how many": "DoseIntent",
    "how fast": "TempoIntent",
    "how did I do": "ProgressIntent",
    "when is my next workout": "NextWorkoutIntent",
    "skip": "SkipIntent",
    "repeat": "AMAZON.RepeatIntent",
    "help": "AMAZON.HelpIntent",
    "cancel": "AMAZON.CancelIntent",
    "delete my data": "DeleteDataIntent",
    "start clamshells": "StartExerciseIntent",
}


GERMAN = {
    "gelb rot und grün": "LadderIntent",
    "rot grün und blau": "LadderIntent",
    "ich habe ein rotes band": "LadderIntent",
    "ich habe noch ein blaues band": "AddBandIntent",
    "lila dazu": "AddBandIntent",
    "ich habe mein rotes verloren": "RemoveBandIntent",
    "weiß ich nicht": "DontKnowIntent",
    "bereit": "ReadyIntent",
    "los": "ReadyIntent",
    "aufwärmen": "WarmUpIntent",
    "ich bin fertig": "FailIntent",
    "fertig": "FailIntent",
    "ich kann nicht mehr": "FailIntent",
    "ich hätte mehr geschafft": "CouldDoMoreIntent",
    "nein 10": "LogSetIntent",
    "es waren 12": "LogSetIntent",
    "ich habe 12 geschafft": "LogSetIntent",
    "stopp": "AMAZON.StopIntent",
    "pause": "AMAZON.PauseIntent",
    "weiter": "AMAZON.ResumeIntent",
    "ja": "AMAZON.YesIntent",
    "das tut weh": "PainIntent",
    "es tut weh": "PainIntent",
    "es tut noch weh": "PainIntent",
    "mein rücken tut weh": "PainIntent",
    "mein knie tut weh": "PainIntent",
    "es sticht in der hüfte": "PainIntent",
    "mein knie": "BodyPlaceIntent",
    "es ist weg": "PainGoneIntent",
    "die schmerzen sind weg": "PainGoneIntent",
    "welches band soll ich nehmen": "WhichBandIntent",
    "warum": "WhyIntent",
    "wie geht das": "HowToIntent",
    "welche muskeln trainiert das": "MusclesIntent",
    "wie viele": "DoseIntent",
    "wie schnell": "TempoIntent",
    "wie lief es letztes mal": "ProgressIntent",
    "wann ist mein nächstes training": "NextWorkoutIntent",
    "lauter": "PaceIntent",
    "überspringen": "SkipIntent",
    "überspring die pause": "SkipRestIntent",
    "hilfe": "AMAZON.HelpIntent",
    "abbrechen": "AMAZON.CancelIntent",
    "lösche meine daten": "DeleteDataIntent",
    "starte muschel": "StartExerciseIntent",
}
"""What the coach itself tells a German to say is among these."""


@pytest.mark.parametrize("locale", sorted(known()))
def test_every_phrase_of_the_conversation_resolves_in_virtual_alexa(node, locale):
    phrases = {"en": PHRASES, "de": GERMAN}[locale[:2]]
    done = subprocess.run(
        [node, CLIENTS / "resolve.mjs", ROOT / "interaction_models" / f"{locale}.json"],
        input="\n".join(phrases),
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": os.environ["PATH"]},
        check=True,
    )
    found = {each["said"]: each["intent"] for each in map(json.loads, done.stdout.splitlines())}
    assert found == phrases


@pytest.mark.parametrize(
    ("locale", "shows"),
    [("en-US", ""), ("en-GB", ""), ("en-GB", "2024.3"), ("de-DE", ""), ("de-DE", "2024.3")],
)
def test_virtual_alexa_trains_from_open_glute_workout_to_summary(served, node, app, locale, shows):
    model = ROOT / "interaction_models" / f"{locale}.json"
    done = subprocess.run(
        [node, CLIENTS / "virtual_workout.mjs", served, model, "amzn1.ask.skill.virtual", shows],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    for turn in turns:
        check_answer(turn["answer"])
        first = (turn["answer"]["response"].get("directives") or [{"type": ""}])[0]
        assert (first["type"] == "Alexa.Presentation.APL.RenderDocument") == bool(shows), turn["said"]
    last = turns[-1]["answer"]["response"]["outputSpeech"]["ssml"]
    for words in SUMMED_UP[locale[:2]]:
        assert words in last.lower()
    (user,) = app.store.users()
    (workout,) = app.store.workouts(user)
    assert [(each["side"], each["reps"]) for each in workout["sets"]] == [("left", 13), ("right", 13)] * 3
