"""The store fails under a conversation: an apology is heard, nothing is half-written, and it goes on afterwards."""

import os
import resource
import shutil
import sqlite3
import tempfile
import threading
from pathlib import Path

import pytest

from skill.app import Settings, build
from skill.coach.state import State
from skill.store.migrations import STATE, Chain
from skill.store.transfer import record_of
from skill.web import create_app
from tests.faults.workouts import sets_of, speech
from tests.store.backends import PostgresBackend
from tests.store.fault_proxy import FaultProxy
from tests.store.servers import Postgres
from tests.store.test_sqlite_faults import NOBODY

APOLOGY = "I can't get to my notes right now"


class Kitchen:
    """A coach in this process, spoken to until it has answered; an apology is spoken to again."""

    def __init__(self, address: str) -> None:
        self.coach = build(Settings(store=address))
        self._client = create_app(verify=False, coach=self.coach).test_client()

    def say(self, request):
        answer = self._client.post("/alexa", json=request)
        assert answer.status_code == 200
        return answer.get_json()

    def insist(self, request, tries=50):
        for _ in range(tries):
            answer = self.say(request)
            if APOLOGY not in speech(answer):
                return answer
        raise AssertionError("it never got over it")

    def close(self):
        self.coach.store.close()


@pytest.fixture
def kitchen_at():
    kitchens = []

    def make(address):
        kitchens.append(Kitchen(address))
        return kitchens[-1]

    yield make
    for kitchen in kitchens:
        kitchen.close()


def goes_on(kitchen, undisturbed, start=0):
    """The rest of the conversation, and at the end everything is as if nothing had happened."""
    for request, expected in zip(undisturbed.requests[start:], undisturbed.answers[start:], strict=True):
        assert kitchen.insist(request) == expected
    assert record_of(kitchen.coach.store, undisturbed.user) == undisturbed.record


def test_a_full_disk_is_apologised_for_and_over_when_there_is_room(tmp_path, kitchen_at, undisturbed):
    kitchen = kitchen_at(str(tmp_path / "coach.db"))
    for request in undisturbed.requests[:5]:
        kitchen.say(request)
    before = record_of(kitchen.coach.store, undisturbed.user)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    full = max(each.stat().st_size for each in tmp_path.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (full, hard))
    try:
        answer = kitchen.say(undisturbed.requests[5])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert APOLOGY in speech(answer)
    assert record_of(kitchen.coach.store, undisturbed.user) == before
    goes_on(kitchen, undisturbed, 5)


def test_a_read_only_file_is_apologised_for_and_over_when_it_is_writable(kitchen_at, undisturbed):
    folder = Path(tempfile.mkdtemp())
    first = kitchen_at(str(folder / "coach.db"))
    for request in undisturbed.requests[:5]:
        first.say(request)
    first.close()
    kitchen = kitchen_at(str(folder / "coach.db"))
    as_root = os.geteuid() == 0
    for part in (*folder.iterdir(), folder):
        part.chmod(0o555 if part.is_dir() else 0o444)
    if as_root:
        os.seteuid(NOBODY)
    try:
        answer = kitchen.say(undisturbed.requests[5])
    finally:
        if as_root:
            os.seteuid(0)
    assert APOLOGY in speech(answer)
    for part in (folder, *folder.iterdir()):
        part.chmod(0o755)
    goes_on(kitchen, undisturbed, 5)
    shutil.rmtree(folder)


@pytest.mark.long
def test_a_database_locked_for_ten_seconds_costs_one_apology_after_another(tmp_path, kitchen_at, undisturbed):
    kitchen = kitchen_at(str(tmp_path / "coach.db"))
    for request in undisturbed.requests[:5]:
        kitchen.say(request)
    holder = sqlite3.connect(tmp_path / "coach.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(10, holder.execute, ["ROLLBACK"])
    release.start()
    apologies = 0
    while APOLOGY in speech(kitchen.say(undisturbed.requests[5])):
        apologies += 1
    assert holder.in_transaction is False
    assert apologies >= 2
    release.join()
    holder.close()
    goes_on(kitchen, undisturbed, 5)


def test_a_record_that_cannot_be_read_is_put_aside_the_trainee_told_and_nobody_else_affected(
    sqlite, kitchen_at, undisturbed
):
    kitchen = kitchen_at(sqlite.address)
    for request in undisturbed.requests[:15]:
        kitchen.say(request)
    other = [rewritten(request, "ben") for request in undisturbed.requests]
    for request in other[:15]:
        kitchen.say(request)
    sqlite.damage(undisturbed.user)
    answer = kitchen.say(undisturbed.requests[15])
    assert "I can't read your record anymore" in speech(answer)
    assert "lightest first" in speech(kitchen.say(undisturbed.requests[15]))
    assert len(sets_of(kitchen.coach.store, undisturbed.user)) == 6
    assert len(sqlite.set_aside_of(undisturbed.user)) == 1
    for request, expected in zip(other[15:], undisturbed.answers[15:], strict=True):
        assert kitchen.say(request)["response"] == expected["response"]


def rewritten(request, user):
    context = request["context"]
    system = {**context["System"], "user": {"userId": user}}
    session = {**request["session"], "attributes": {}, "user": {"userId": user}}
    return {**request, "session": session, "context": {**context, "System": system}}


def test_a_record_of_a_newer_coach_is_left_alone_and_the_trainee_told(sqlite, kitchen_at, undisturbed):
    kitchen = kitchen_at(sqlite.address)
    for request in undisturbed.requests[:5]:
        kitchen.say(request)
    stored = kitchen.coach.store.load(undisturbed.user)
    newer = stored.document | {"schema_version": 99, "sonnets": []}
    kitchen.coach.store.save(undisturbed.user, newer, stored.revision)
    assert "I'm being updated" in speech(kitchen.say(undisturbed.requests[5]))
    assert kitchen.coach.store.load(undisturbed.user).document == newer


def test_a_document_that_is_no_state_of_ours_is_put_aside(sqlite, kitchen_at, undisturbed):
    kitchen = kitchen_at(sqlite.address)
    for strange in ({"schema_version": 1, "sonnets": 14}, {"turn": 3}, {"schema_version": 1, "turn": "x"}):
        revision = kitchen.coach.store.load(undisturbed.user).revision
        kitchen.coach.store.save(undisturbed.user, strange, revision)
        assert "I can't read your record" in speech(kitchen.say(undisturbed.requests[0]))
        assert kitchen.coach.store.load(undisturbed.user).document is None
    assert len(sqlite.set_aside_of(undisturbed.user)) == 3


@pytest.mark.parametrize(
    "fault",
    [
        "lose_answers_of_writes",
        *(pytest.param(each, marks=pytest.mark.long) for each in ("throttle", "old_reads")),
    ],
)
def test_dynamodb_throttled_losing_answers_or_reading_old_costs_apologies_only(
    fault, moto_server, dynamodb, kitchen_at, undisturbed
):
    proxy = FaultProxy(moto_server.endpoint)
    kitchen = kitchen_at(f"dynamodb:{dynamodb.table}?region=eu-west-1&endpoint={proxy.endpoint}")
    for at, request in enumerate(undisturbed.requests[:14]):
        setattr(proxy, fault, {3: 1, 6: 3, 13: 2}.get(at, 0))
        assert kitchen.insist(request) == undisturbed.answers[at]
    setattr(proxy, fault, 0)
    proxy.close()
    goes_on(kitchen_at(dynamodb.address), undisturbed, 14)


def test_a_turn_on_dynamodb_is_one_read_and_one_write_and_the_end_of_a_workout_one_transaction(
    moto_server, dynamodb, kitchen_at, undisturbed
):
    proxy = FaultProxy(moto_server.endpoint)
    kitchen = kitchen_at(f"dynamodb:{dynamodb.table}?region=eu-west-1&endpoint={proxy.endpoint}&timeout=20")
    for at, request in enumerate(undisturbed.requests):
        proxy.calls.clear()
        kitchen.say(request)
        ends_workout = "Six sets" in speech(undisturbed.answers[at])
        assert proxy.calls == ["GetItem", "TransactWriteItems" if ends_workout else "PutItem"]
    proxy.close()


def test_a_missing_table_is_apologised_for(moto_server, dynamodb, kitchen_at, undisturbed):
    kitchen = kitchen_at(f"dynamodb:nowhere?region=eu-west-1&endpoint={moto_server.endpoint}&timeout=20")
    assert APOLOGY in speech(kitchen.say(undisturbed.requests[0]))


@pytest.mark.long
def test_postgresql_restarted_in_the_middle_of_workouts_costs_apologies_only(kitchen_at, undisturbed):
    server = Postgres()
    kitchen = kitchen_at(PostgresBackend(server, "restarted").address)
    for at, (request, expected) in enumerate(zip(undisturbed.requests, undisturbed.answers, strict=True)):
        if at in (4, 13):
            server.stop()
            starting = threading.Timer(0.5 if at == 4 else 3.0, server.start)
            starting.start()
            assert kitchen.insist(request) == expected
            starting.join()
        else:
            assert kitchen.say(request) == expected
    assert record_of(kitchen.coach.store, undisturbed.user) == undisturbed.record
    kitchen.close()
    server.close()


@pytest.mark.parametrize("days", [2, -2])
def test_a_clock_two_days_off_for_a_while_loses_no_set_and_no_workout(
    days, tmp_path, kitchen_at, undisturbed
):
    kitchen = kitchen_at(str(tmp_path / "coach.db"))
    kept = []
    for at, request in enumerate(undisturbed.requests):
        stamp = request["request"]["timestamp"]
        if 6 <= at < 10:
            stamp = stamp.replace("-23T", f"-{23 + days}T")
        kitchen.say({**request, "request": {**request["request"], "timestamp": stamp}})
        now = sets_of(kitchen.coach.store, undisturbed.user)
        assert [side for side, _ in now[: len(kept)]] == [side for side, _ in kept]
        kept = now
    assert len(kept) >= 6
    assert kitchen.coach.store.load(undisturbed.user).document is not None


TODAY = STATE.version


class Newer(State, frozen=True, tag=TODAY + 1):
    """The state as the version after today's has it."""


def next_version(document):
    """A step as a later version would bring it."""
    return {**document, "schema_version": TODAY + 1}


@pytest.fixture
def becomes_newer(monkeypatch):
    """Until undone, the code in this process is that of the version after today's."""

    def become(*steps):
        monkeypatch.setattr("skill.store.states.STATE", Chain("working document", (*STATE.steps, *steps)))
        monkeypatch.setattr("skill.store.states.State", Newer if steps else State)
        monkeypatch.setattr("skill.store.states.TODAYS", b'{"schema_version":%d,' % (TODAY + len(steps)))

    return become


def test_old_and_new_code_side_by_side_lose_and_damage_nothing(
    tmp_path, kitchen_at, undisturbed, becomes_newer
):
    kitchen = kitchen_at(str(tmp_path / "coach.db"))
    for at, (request, expected) in enumerate(zip(undisturbed.requests, undisturbed.answers, strict=True)):
        if at > 6:
            becomes_newer()
            before = kitchen.coach.store.load(undisturbed.user)
            is_silent = request["request"]["type"] == "SessionEndedRequest"
            assert is_silent or "I'm being updated" in speech(kitchen.say(request))
            assert kitchen.coach.store.load(undisturbed.user) == before
        if at >= 6:
            becomes_newer(next_version)
        assert kitchen.say(request) == expected
    document = kitchen.coach.store.load(undisturbed.user).document
    assert document == undisturbed.record["document"] | {"schema_version": TODAY + 1}


def test_a_migration_that_fails_is_apologised_for_and_saves_nothing(
    tmp_path, kitchen_at, undisturbed, becomes_newer
):
    kitchen = kitchen_at(str(tmp_path / "coach.db"))
    for request in undisturbed.requests[:5]:
        kitchen.say(request)
    before = kitchen.coach.store.load(undisturbed.user)
    becomes_newer(lambda document: {**document, "schema_version": TODAY + 1, "legs": document["limbs"]})
    assert APOLOGY in speech(kitchen.say(undisturbed.requests[5]))
    assert kitchen.coach.store.load(undisturbed.user) == before
    becomes_newer()
    goes_on(kitchen, undisturbed, 5)
