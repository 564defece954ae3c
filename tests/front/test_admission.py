"""What is let in at the endpoint, and what is turned away before Flask sees it."""

from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from skill.app import App, Settings
from skill.store.base import StoreUnavailable
from skill.web import Unverified, create_app
from tests.front.door import Door


def test_what_alexa_signed_for_this_skill_is_answered_aloud(door: Door) -> None:
    answer = door.post(door.body())
    assert answer.status_code == 200
    assert "band" in answer.get_json()["response"]["outputSpeech"]["ssml"]


def test_what_nobody_signed_is_refused_without_a_word_and_with_one_line_in_the_log(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    answer = door.client.post("/alexa", data=b"{}", content_type="application/json")
    assert (answer.status_code, answer.data) == (400, b"")
    lines = [record for record in caplog.records if record.name.startswith("skill")]
    assert [line.getMessage() for line in lines] == [
        "refused header-missing: signaturecertchainurl from 127.0.0.1"
    ]
    assert lines[0].exc_info is None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"method": "GET"}, 405),
        ({"method": "PUT"}, 405),
        ({"method": "OPTIONS"}, 405),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/json; charset=latin-1"}, 415),
        ({"content_type": ""}, 415),
        ({"environ_overrides": {"CONTENT_LENGTH": ""}}, 400),
        ({"environ_overrides": {"CONTENT_LENGTH": "-1"}}, 411),
        ({"environ_overrides": {"CONTENT_LENGTH": "१"}}, 411),
        ({"headers": {"Transfer-Encoding": "chunked"}}, 411),
        ({"environ_overrides": {"CONTENT_LENGTH": "262145"}}, 413),
        ({"environ_overrides": {"CONTENT_LENGTH": "9" * 500}}, 413),
        ({"environ_overrides": {"CONTENT_LENGTH": "5000"}}, 400),
    ],
)
def test_a_request_of_the_wrong_form_is_turned_away_unread(
    door: Door, change: dict[str, Any], status: int
) -> None:
    answer = door.post(door.body(), **change)
    assert (answer.status_code, answer.data) == (status, b"")


def test_json_is_taken_with_its_charset_named(door: Door) -> None:
    assert door.post(door.body(), content_type='Application/JSON; charset="UTF-8"').status_code == 200


def test_a_replay_gets_the_answer_that_was_given_and_counts_nothing_twice(door: Door, coach: App) -> None:
    body = door.body()
    first, before = door.post(body), coach.store.load("amzn1.ask.account.A")
    again = door.post(body)
    assert again.status_code == 200
    assert again.get_json()["response"] == first.get_json()["response"]
    assert coach.store.load("amzn1.ask.account.A") == before


def test_a_replay_whose_answer_the_store_has_lost_is_refused(door: Door, coach: App) -> None:
    body = door.body()
    door.post(body)
    coach.store.forget("amzn1.ask.account.A")
    assert door.post(body).status_code == 400
    assert coach.store.load("amzn1.ask.account.A").document is None


def test_a_replay_is_refused_while_the_store_cannot_tell(
    door: Door, coach: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = door.body()
    door.post(body)

    def away(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(coach.store, "load", away)
    assert door.post(body).status_code == 400


def test_a_request_that_we_failed_to_serve_may_be_sent_again(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = door.body()
    with monkeypatch.context() as broken:
        broken.setattr("skill.web.Skill.answer", lambda *_: 1 / 0)
        assert door.post(body).status_code == 500
    assert door.post(body).status_code == 200


@pytest.mark.parametrize("path", ["/", "/page", "/healthz/", "/alexa/", "/alexa/x", "//alexa", "/ALEXA"])
def test_all_other_paths_are_for_this_machine_alone(door: Door, path: str) -> None:
    away = {"REMOTE_ADDR": "203.0.113.9"}
    assert door.client.get(path, environ_overrides=away).status_code == 403
    assert door.client.get("/healthz", environ_overrides=away).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}},
        {"environ_overrides": {"REMOTE_ADDR": "2001:db8::1"}},
        {"environ_overrides": {"REMOTE_ADDR": ""}},
        {"headers": {"Host": "evil.example"}},
        {"headers": {"Host": "localhost.evil.example"}},
        {"headers": {"Host": "127.0.0.1.evil.example"}},
        {"headers": {"Host": "[::1"}},
        {"headers": {"Host": "evil.example@localhost"}},
        {"headers": {"Host": "127.0.0.1/evil.example"}},
        {"headers": {"Host": "localhost?evil"}},
        {"headers": {"Host": "localhost#evil"}},
        {"headers": {"Host": "localhost:3000"}},
        {"headers": {"Host": "localhost:"}},
        {"headers": {"Host": "192.168.1.5"}},
        {"headers": {"Host": ""}},
        {"headers": {"Origin": "http://localhost:3000"}},
        {"headers": {"Origin": "https://localhost"}},
        {"headers": {"Origin": "http://127.0.0.1"}},
        {"headers": {"Origin": "https://evil.example"}},
        {"headers": {"Origin": "null"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Cf-Connecting-Ip": "127.0.0.1"}},
    ],
)
def test_without_verification_only_this_machine_is_answered(
    coach: App, door: Door, change: dict[str, Any]
) -> None:
    client = create_app(verify=False, coach=coach).test_client()
    body = {"data": door.body(), "content_type": "application/json"}
    assert client.post("/alexa", **body, **change).status_code == 403
    for host in ("localhost:8080", "127.0.0.1:8080", "[::1]:8080"):
        own = {
            "environ_overrides": {"SERVER_PORT": "8080"},
            "headers": {"Host": host, "Origin": f"http://{host}"},
        }
        assert client.post("/alexa", **body, **own).status_code == 200


@pytest.mark.parametrize("path", ["//alexa", "///alexa", "alexa", ""])
@pytest.mark.parametrize("verified", [True, False])
def test_a_path_that_flask_would_take_for_alexas_is_not_there(
    coach: App, door: Door, caplog: pytest.LogCaptureFixture, path: str, verified: bool
) -> None:
    app = door.app if verified else create_app(verify=False, coach=coach)
    environ = EnvironBuilder("/alexa", method="POST", json={}).get_environ() | {"PATH_INFO": path}
    environ["REMOTE_ADDR"] = "127.0.0.1"
    _, status, _ = run_wsgi_app(app, environ)
    assert status == "404 Not Found"
    assert [record.exc_info for record in caplog.records] == [None]


def test_an_endpoint_that_verifies_for_no_skill_is_not_made(coach: App) -> None:
    with pytest.raises(Unverified, match="GLUTE_COACH_SKILL_IDS"):
        create_app(Settings(), coach=coach)


def test_every_answer_tells_browsers_what_they_may_do(door: Door) -> None:
    for answer in (door.post(door.body()), door.client.get("/healthz"), door.client.get("/alexa")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Server" not in answer.headers
