"""Text that would be a command elsewhere is text here: in speech, in the store, in the log and for the file system."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from skill.store.sqlite import SQLiteStore
from tests.fuzz.endpoint import Endpoint
from tests.fuzz.grammar import INJECTIONS, SLOTS, envelope

Put = Callable[[dict[str, Any], str], None]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLiteStore]:
    store = SQLiteStore(tmp_path_factory.mktemp("injection") / "coach.db")
    yield store
    store.close()


@pytest.fixture(scope="module")
def endpoint(store: SQLiteStore) -> Endpoint:
    return Endpoint(store)


def asked(kind: str = "IntentRequest", name: str = "LadderIntent") -> dict[str, Any]:
    """A plain request of somebody of their own."""
    made = envelope(Random(3))
    made["context"] = {"System": {**made["context"]["System"], "user": {"userId": "amzn1.ask.account.E"}}}
    made["context"]["System"].pop("person", None)
    made["request"] = made["request"] | {
        "type": kind,
        "intent": {"name": name, "slots": {}},
        "locale": "en-US",
    }
    return made


def slot(name: str, resolved: bool = False) -> Put:
    def put(made: dict[str, Any], text: str) -> None:
        filled: dict[str, Any] = {"name": name, "value": text}
        if resolved:
            values = [{"value": {"name": text, "id": text}}]
            status = {"code": "ER_SUCCESS_MATCH"}
            filled["resolutions"] = {
                "resolutionsPerAuthority": [{"authority": "a", "status": status, "values": values}]
            }
        made["request"]["intent"]["slots"][name] = filled

    return put


def at(*path: str) -> Put:
    def put(made: dict[str, Any], text: str) -> None:
        *way, last = path
        for name in way:
            made = made.setdefault(name, {})
        made[last] = text

    return put


INTENTS = ("LadderIntent", "AddBandIntent", "PainIntent", "WhichBandIntent", "LogSetIntent", "RedFlagIntent")
PLACES: dict[str, Put] = {
    **{f"slot {name}": slot(name) for name in SLOTS},
    "resolved band": slot("band_one", resolved=True),
    "resolved place": slot("place", resolved=True),
    "intent": at("request", "intent", "name"),
    "locale": at("request", "locale"),
    "request id": at("request", "requestId"),
    "device": at("context", "System", "device", "deviceId"),
    "person": at("context", "System", "person", "personId"),
    "user": at("context", "System", "user", "userId"),
    "token": at("context", "AudioPlayer", "token"),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_injection_stays_text_wherever_it_is_put(
    endpoint: Endpoint, store: SQLiteStore, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    caplog.set_level(logging.INFO)
    for text in INJECTIONS:
        for intent in (
            "LadderIntent",
            "AddBandIntent",
            "PainIntent",
            "WhichBandIntent",
            "LogSetIntent",
            "RedFlagIntent",
        ):
            made = asked(name=intent)
            PLACES[place](made, text)
            endpoint.local_answer_holds(json.dumps(made).encode())
    endpoint.record_is_untouched()
    assert all(record.getMessage().isprintable() for record in caplog.records)
    assert all("evil" not in record.getMessage() for record in caplog.records)


def test_a_band_named_in_markup_is_said_and_kept_as_a_plain_name(
    endpoint: Endpoint, store: SQLiteStore
) -> None:
    made = asked(name="LadderIntent")
    slot("band_one")(made, '<audio src="https://evil.example/a.mp3"/>red')
    _, answer = endpoint.post(endpoint.local, json.dumps(made).encode(), {})
    assert b"<audio" not in answer
    kept = json.dumps(store.load("amzn1.ask.account.E").document)
    assert "<" not in kept
    assert ";" not in kept


def test_users_whose_ids_are_sql_or_paths_are_kept_apart_and_nothing_else_is_written(
    endpoint: Endpoint, store: SQLiteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    users = [f"{text}#{n}" for n, text in enumerate(INJECTIONS) if "\0" not in text]
    for n, user in enumerate(users):
        made = asked("LaunchRequest")
        made["request"]["requestId"] = f"injection-{n}"
        at("context", "System", "user", "userId")(made, user)
        assert endpoint.local_answer_holds(json.dumps(made).encode()) == 200
    assert set(users) <= set(store.users())
    assert all(store.load(user).document for user in users)
    store.forget(users[0])
    assert store.load(users[0]).document is None
    assert all(store.load(user).document for user in users[1:])
    endpoint.record_is_untouched()
    assert list(tmp_path.iterdir()) == []
