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
from tests.languages.read import of
from tests.limits import check_answer
from tests.parts import CLIENTS, found, need_clients

pytestmark = pytest.mark.long  # Node, with a skill of its own

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


def test_every_phrase_of_the_conversation_resolves_in_virtual_alexa(node):
    phrases = {locale: of(locale)["resolves"] for locale in known()}
    done = subprocess.run(
        [node, CLIENTS / "resolve.mjs", ROOT / "interaction_models"],
        input=json.dumps({locale: [*each] for locale, each in phrases.items()}),
        capture_output=True,
        text=True,
        timeout=280,
        env={"PATH": os.environ["PATH"]},
        check=True,
    )
    assert json.loads(done.stdout) == phrases


@pytest.mark.parametrize(
    ("locale", "shows"),
    [("en-US", ""), ("en-GB", "2024.3"), ("de-DE", "2024.3")],
)
def test_virtual_alexa_trains_from_open_glute_workout_to_summary(served, node, app, locale, shows):
    model, words = ROOT / "interaction_models" / f"{locale}.json", json.dumps(of(locale)["workout"])
    done = subprocess.run(
        [node, CLIENTS / "virtual_workout.mjs", served, model, words, "amzn1.ask.skill.virtual", shows],
        capture_output=True,
        text=True,
        timeout=280,
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
    for words in of(locale)["summed_up"]:
        assert words in last.lower()
    (user,) = app.store.users()
    (workout,) = app.store.workouts(user)
    assert [(each["side"], each["reps"]) for each in workout["sets"]] == [("left", 13), ("right", 13)] * 3
