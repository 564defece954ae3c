import socket
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.speaker.page.opened import Page, opened, served

ADDRESSES = ("/speaker/say", "/speaker/left", "/speaker/hear", "/speaker/deafen")


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with opened(tmp_path) as page:
        yield page


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Coach-Token": "of-yesterday"},
        {"X-Coach-Token": ""},
        {"Host": "coach.example.com"},
    ],
)
def test_a_post_of_another_site_is_refused(page: Page, address: str, header: dict[str, str]) -> None:
    body = {"page": page.name, "text": "stop", "reason": "USER_INITIATED"}
    answer = page.client.post(address, json=body, headers=page.headers | header)
    assert answer.status_code == 403


def test_the_own_page_is_not_refused(page: Page) -> None:
    own = page.headers | {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = page.client.post("/speaker/say", json={"page": page.name, "text": "help"}, headers=own)
    assert answer.status_code == 200


def test_a_token_of_an_earlier_start_is_told_to_reload(page: Page) -> None:
    answer = page.client.post("/speaker/say", json={}, headers={"X-Coach-Token": "of-yesterday"})
    assert "Reload" in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("address", "body", "reason"),
    [
        ("/speaker/say", {"text": " "}, "Nothing was said"),
        ("/speaker/say", {"text": 7}, "Nothing was said"),
        ("/speaker/say", {"text": "hi", "page": "x"}, "no name"),
        ("/speaker/say", {"text": "hi", "page": "../../../etc"}, "no name"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "a"}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "a", "at_ms": -1}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "a", "at_ms": "nan"}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "a", "at_ms": "inf"}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "a" * 999, "at_ms": 0}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "\0", "at_ms": 0}}, "no place"),
        ("/speaker/say", {"text": "hi", "playing": {"token": "\ud800", "at_ms": 0}}, "not a JSON object"),
        ("/speaker/left", {"reason": "BORED"}, "USER_INITIATED"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    page: Page, address: str, body: dict[str, Any], reason: str
) -> None:
    answer = page.post(address, body)
    assert answer.status_code == 400
    assert reason in answer.get_json()["error"]


@pytest.mark.parametrize("body", [b"\xff\x00", b"[" * 90_000, b'{"a":' * 15_000])
def test_a_body_that_is_no_json_is_refused(page: Page, body: bytes) -> None:
    answer = page.client.post("/speaker/say", data=body, headers=page.headers)
    assert answer.status_code == 400


def test_half_a_sample_and_an_unknown_room_are_refused(page: Page) -> None:
    assert page.hear(b"abc", "asleep").status_code == 400
    assert page.hear(b"abcd", "cellar").status_code == 400


@pytest.mark.parametrize("address", ["/speaker/say", "/speaker/hear?room=asleep&page=page-of-the-tests"])
@pytest.mark.parametrize(
    ("length", "status"), [("Content-Length: 100000000", b"413"), ("Transfer-Encoding: chunked", b"411")]
)
def test_an_upload_of_100_mb_is_refused_without_being_read(
    page: Page, address: str, length: str, status: bytes
) -> None:
    with served(page) as port, socket.create_connection(("127.0.0.1", port), 5) as line:
        head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}X-Coach-Token: {page.headers['X-Coach-Token']}\r\n{length}\r\n\r\n".encode())
        assert line.recv(200).split(b" ")[1] == status


def test_the_page_may_load_nothing_from_elsewhere(page: Page) -> None:
    policy = page.client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_whole_page_weighs_less_than_300_kb_and_names_no_other_host(page: Page) -> None:
    texts = [page.html]
    for file in sorted(
        (resources.files("skill.speaker.page") / "static").iterdir(), key=lambda each: each.name
    ):
        if file.name != "page.html":
            answer = page.client.get(f"/speaker/{file.name}")
            assert answer.status_code == 200
            texts.append(answer.get_data().decode(errors="replace"))
    assert sum(len(text.encode()) for text in texts) < 300_000
    for text in texts:
        assert "://" not in text.replace("http://www.w3.org/2000/svg", "")


def test_only_the_files_of_the_page_are_served(page: Page) -> None:
    for name in ("page.html", "routes.py", "../routes.py", "%2e%2e/routes.py", "x"):
        assert page.client.get(f"/speaker/{name}").status_code == 404
