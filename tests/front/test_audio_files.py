"""The endpoint serves the counts it has sent, with what a cache needs to keep them, and nothing else."""

import io

import pytest
import soundfile

from skill.alexa.count_delivery import CountSettings
from skill.app import Settings, build
from skill.locales.script import Script, SpokenCue
from skill.web import create_app

SCRIPT = Script(
    (SpokenCue(0, "lift", 1000, 1, "concentric"), SpokenCue(1000, "one", 1000, 1, "eccentric")), 2000
)
ANYWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    count = CountSettings("mp3", "second", "https://coach.example", "a secret of the tests", "espeak")
    app = build(Settings(store=str(tmp_path / "coach.db"), count=count))
    yield app, create_app(verify=False, coach=app).test_client()
    app.store.close()


def path(app) -> str:
    return app.routes.address_of(SCRIPT).removeprefix("https://coach.example")


def test_a_count_can_be_fetched_from_anywhere_and_kept_for_ever(served):
    app, client = served
    answer = client.get(path(app), environ_overrides=ANYWHERE)
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    assert {"public", "max-age=31536000", "immutable"} <= set(answer.headers["Cache-Control"].split(", "))
    assert soundfile.info(io.BytesIO(answer.data)).duration == pytest.approx(2, abs=0.2)


def test_what_a_cache_holds_is_not_sent_again_and_a_player_may_ask_for_a_part(served):
    app, client = served
    tag = client.get(path(app)).headers["ETag"]
    assert client.get(path(app), headers={"If-None-Match": tag}).status_code == 304
    part = client.get(path(app), headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.data)) == (206, 100)


def test_an_address_that_was_not_sent_is_not_there(served):
    app, client = served
    for wrong in (
        "/audio/x.mp3",
        "/audio/" + "A" * 300 + ".mp3",
        path(app)[:-8] + ".mp3",
        "/audio/../healthz",
    ):
        assert client.get(wrong, environ_overrides=ANYWHERE).status_code in (403, 404)


def test_without_an_address_of_its_own_the_endpoint_serves_no_files(app):
    client = create_app(verify=False, coach=app).test_client()
    assert client.get("/audio/x.mp3").status_code == 404
