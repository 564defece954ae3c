"""What is let in at the endpoint, what is turned away before Flask sees it, and how little either costs."""

import base64
import gc
import io
import json
import logging
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.verify import Code, Refused, Verifier
from skill.app import App, Settings, build
from skill.front.admission import Admission
from skill.front.knocks import Knocks
from skill.store.base import StoreUnavailable
from skill.web import Unverified, create_app
from tests.alexa.verify.pki import sign
from tests.alexa.verify.table import SKILL, Table

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def table() -> Table:
    return Table(NOW)


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[App]:
    made = build(Settings(store=str(tmp_path / "door.db"), skill_ids=(SKILL,)))
    yield made
    made.store.close()


class Door:
    """The whole endpoint with a certificate host of the test's; `fetched` is what that was asked for."""

    def __init__(self, table: Table, coach: App, chain: bytes | None = None) -> None:
        self.fetched: list[str] = []
        self.table = table
        self.chain = table.pki.chain if chain is None else chain
        ours = partial(Verifier, fetch=self._fetch, roots=[table.pki.root.certificate])
        self.app = create_app(Settings(skill_ids=(SKILL,)), coach=coach, verifier=ours)
        self.client = self.app.test_client()
        self.asked = 0

    def _fetch(self, path: str) -> bytes:
        self.fetched.append(path)
        return self.chain if path == "/echo.api/a.pem" else b"<Error>NoSuchKey</Error>"

    def body(self, user: str = "amzn1.ask.account.A", **changes: Any) -> bytes:
        """A launch, different from all before."""
        self.asked += 1
        envelope = self.table.envelope()
        envelope["request"]["requestId"] = f"amzn1.echo-api.request.{self.asked}"
        envelope["context"]["System"]["user"] = {"userId": user}
        envelope["request"] |= changes
        return json.dumps(envelope).encode()

    def post(self, body: bytes, file: str = "a.pem", **options: Any) -> Any:
        """Post a body, signed by Alexa."""
        signature = base64.b64encode(sign(self.table.pki.leaf.key, body)).decode()
        url = f"https://s3.amazonaws.com/echo.api/{file}"
        headers = {"SignatureCertChainUrl": url, "Signature-256": signature} | options.pop("headers", {})
        request = {"data": body, "content_type": "application/json"} | options
        return self.client.open("/alexa", headers=headers, **({"method": "POST"} | request))


@pytest.fixture
def door(table: Table, coach: App) -> Door:
    return Door(table, coach)


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

    def away(user: str) -> None:
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
    for host in ("localhost:8080", "127.0.0.1", "[::1]:80"):
        assert client.post("/alexa", **body, headers={"Host": host}).status_code == 200
    assert client.post("/alexa", **body, headers={"Origin": "http://localhost:80"}).status_code == 200


def test_an_endpoint_that_verifies_for_no_skill_is_not_made(coach: App) -> None:
    with pytest.raises(Unverified, match="GLUTE_COACH_SKILL_IDS"):
        create_app(Settings(), coach=coach)


def test_every_answer_tells_browsers_what_they_may_do(door: Door) -> None:
    for answer in (door.post(door.body()), door.client.get("/healthz"), door.client.get("/alexa")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Server" not in answer.headers


def test_who_was_refused_too_often_gets_nothing_fetched_and_alexa_is_still_heard(door: Door) -> None:
    assert door.post(door.body()).status_code == 200
    for n in range(100):
        door.post(door.body()[:-1] + b" }", file=f"{n}.pem", headers={"Signature-256": "AAAA" * 86})
    assert len(door.fetched) < 30
    assert door.post(door.body()).status_code == 200


def test_a_proxy_that_is_named_tells_strangers_from_each_other_and_nobody_else_does() -> None:
    class Unwilling:
        """Lets nobody in; remembers whether something unknown might have been fetched."""

        def __init__(self) -> None:
            self.asked: list[bool] = []

        def verify(self, *_: object) -> None:
            self.asked.append(bool(_[3]))
            raise Refused(Code.SIGNATURE_WRONG)

    def knock(front: Admission, peer: str, told: str) -> None:
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/alexa", "CONTENT_TYPE": "application/json"}
        body = {"CONTENT_LENGTH": "2", "wsgi.input": io.BytesIO(b"{}"), "REMOTE_ADDR": peer}
        front(environ | body | {"HTTP_X_FORWARDED_FOR": told}, lambda *_: None)  # type: ignore[arg-type]

    for peer, is_shut_out in (("10.0.0.9", False), ("10.0.0.1", True)):
        judge = Unwilling()
        front = Admission(lambda *_: [b""], judge, proxies=("10.0.0.9",))  # type: ignore[arg-type]
        for _ in range(30):
            knock(front, peer, "evil, 203.0.113.1")
        knock(front, peer, "203.0.113.1, 203.0.113.2")
        assert judge.asked[-1] is is_shut_out


def test_who_was_refused_too_often_may_ask_again_later() -> None:
    knocks = Knocks(allowed=3)
    for _ in range(3):
        assert not knocks.too_many("203.0.113.9", 100.0)
        knocks.refused("203.0.113.9", 100.0)
    assert knocks.too_many("203.0.113.9", 100.0)
    assert not knocks.too_many("203.0.113.10", 100.0)
    assert not knocks.too_many("203.0.113.9", 104.0)


def test_an_ipv6_household_knocks_from_one_address_and_strangers_fill_no_memory() -> None:
    knocks = Knocks(allowed=3, remembered=10)
    for n in range(3):
        knocks.refused(f"2001:db8::{n}", 0.0)
    assert knocks.too_many("2001:db8::ffff", 0.0)
    assert not knocks.too_many("2001:db8:0:1::1", 0.0)
    for n in range(1000):
        knocks.refused(f"no address {n}", 0.0)
    assert len(knocks) == 10


def test_ten_thousand_refusals_leave_next_to_nothing_in_memory(door: Door) -> None:
    logging.disable(logging.WARNING)

    def knock(n: int) -> None:
        statuses: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/alexa",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": "2",
            "HTTP_SIGNATURECERTCHAINURL": f"https://s3.amazonaws.com/echo.api/{n}.pem",
            "HTTP_SIGNATURE_256": "A" * 342 + "==",
            "REMOTE_ADDR": f"203.0.{n // 256 % 256}.{n % 256}",
            "wsgi.input": io.BytesIO(b"{}"),
        }
        door.app.wsgi_app(environ, lambda status, *_: statuses.append(status))
        assert statuses == ["400 Bad Request"]

    for n in range(200):
        knock(n)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for n in range(200, 10_200):
        knock(n)
    assert len(door.fetched) == 10_200
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before - sum(map(sys.getsizeof, door.fetched[200:]))
    tracemalloc.stop()
    logging.disable(logging.NOTSET)
    assert grown < 2_000_000
