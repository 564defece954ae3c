"""DynamoDB when it throttles, loses answers, returns old reads or is not there at all."""

import os
import re
import subprocess
import sys

import pytest

from skill.store import dynamodb_table
from skill.store.base import Conflict, Stored, StoreUnavailable
from skill.store.choose import open_store
from skill.store.dynamodb import DynamoDBStore
from tests.store.fault_proxy import FaultProxy


@pytest.fixture
def proxy(moto_server, dynamodb):
    proxy = FaultProxy(moto_server.endpoint)
    yield proxy
    proxy.close()


@pytest.fixture
def store(proxy, dynamodb):
    store = DynamoDBStore(dynamodb.table, region="eu-west-1", endpoint=proxy.endpoint, timeout_s=20)
    yield store
    store.close()


def test_a_turn_is_one_read_and_one_write_and_the_end_of_a_workout_one_transaction(store, proxy):
    revision = store.save("amy", {"n": 1}, store.load("amy").revision)
    assert proxy.calls == ["GetItem", "PutItem"]
    proxy.calls.clear()
    store.load("amy")
    store.save("amy", {"n": 2}, revision, [{"id": "w"}])
    assert proxy.calls == ["GetItem", "TransactWriteItems"]


def test_a_write_whose_answer_was_lost_is_recognised_and_counted_once(store, proxy):
    revision = store.save("amy", {"n": 1}, 0)
    proxy.lose_answers_of_writes = 1
    revision = store.save("amy", {"n": 2}, revision)
    assert proxy.calls[-2:] == ["PutItem", "PutItem"]
    assert store.load("amy") == Stored({"n": 2}, revision)
    proxy.lose_answers_of_writes = 1
    revision = store.save("amy", {"n": 3}, revision, [{"id": "w"}])
    assert proxy.calls[-2:] == ["TransactWriteItems", "TransactWriteItems"]
    assert store.load("amy") == Stored({"n": 3}, revision)
    assert store.workouts("amy") == [{"id": "w"}]


def test_a_write_that_never_gets_an_answer_is_unavailable_and_cannot_be_done_twice(store, proxy):
    revision = store.save("amy", {"n": 1}, 0)
    proxy.lose_answers_of_writes = 3
    with pytest.raises(StoreUnavailable):
        store.save("amy", {"n": 2}, revision)
    with pytest.raises(Conflict):
        store.save("amy", {"n": 2}, revision)
    assert store.load("amy").document == {"n": 2}


def test_a_throttled_call_is_tried_again_and_the_third_time_given_up(store, proxy):
    proxy.throttle = 1
    revision = store.save("amy", {"n": 1}, 0)
    proxy.throttle = 3
    with pytest.raises(StoreUnavailable, match="throttled"):
        store.save("amy", {"n": 2}, revision)
    assert proxy.throttle == 0
    assert store.load("amy") == Stored({"n": 1}, revision)


def test_an_old_read_ends_in_a_conflict_and_damages_nothing(store, proxy):
    first = store.save("amy", {"n": 1}, 0)
    assert store.load("amy").revision == first
    second = store.save("amy", {"n": 2}, first)
    proxy.old_reads = 1
    old = store.load("amy")
    assert old == Stored({"n": 1}, first)
    with pytest.raises(Conflict):
        store.save("amy", {"n": 9}, old.revision)
    assert store.load("amy") == Stored({"n": 2}, second)


def test_a_missing_table_says_what_to_do(moto_server, dynamodb):
    store = DynamoDBStore("nowhere", region="eu-west-1", endpoint=moto_server.endpoint)
    for call in (lambda: store.load("amy"), lambda: store.save("amy", {}, 0)):
        with pytest.raises(StoreUnavailable, match="table is missing: deploy the template"):
            call()
    store.close()


def test_a_server_that_is_not_there_is_given_up(dynamodb):
    store = DynamoDBStore("coach", region="eu-west-1", endpoint="http://127.0.0.1:1")
    with pytest.raises(StoreUnavailable, match="Could not connect"):
        store.load("amy")


def test_no_region_says_which_setting_is_missing(monkeypatch, tmp_path):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(StoreUnavailable, match="set AWS_REGION"):
        open_store("dynamodb:coach").load("amy")


def test_an_item_without_its_revision_is_set_aside(dynamodb, store):
    store.save("amy", {"n": 1}, 0)
    dynamodb.client.update_item(
        TableName=dynamodb.table,
        Key={"user": {"S": "amy"}, "item": {"S": "document"}},
        UpdateExpression="REMOVE revision",
    )
    with pytest.raises(Exception, match="set aside"):
        store.load("amy")
    assert store.load("amy") == Stored(None, 0)
    assert dynamodb.set_aside_of("amy") == ['{"n":1}']


def test_a_retention_setting_dates_every_item_for_the_tables_time_to_live(dynamodb):
    store = open_store(dynamodb.address + "&retention_days=2")
    store._clock = lambda: 1_000_000
    store.save("amy", {"n": 1}, 0, [{"id": "w"}])
    items = dynamodb.client.scan(TableName=dynamodb.table)["Items"]
    assert [item["expires_at"] for item in items] == [{"N": str(1_000_000 + 2 * 86_400)}] * 2
    store.close()


def test_the_sdk_is_not_loaded_before_the_first_call():
    program = (
        "import sys; from skill.store.choose import open_store; open_store('dynamodb:coach');"
        "sys.exit('botocore' in sys.modules or 'boto3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], env=os.environ).returncode == 0


def test_what_a_throttled_table_leaves_undeleted_is_tried_again_with_pauses_and_not_for_ever(
    store, proxy, monkeypatch
):
    paused = []
    monkeypatch.setattr(dynamodb_table.time, "sleep", paused.append)
    store.save("amy", {"n": 1}, 0)
    proxy.undone = 2
    store.forget("amy")
    assert store.load("amy") == Stored(None, 0)
    assert len(paused) == 2
    assert 0 < paused[0] < paused[1]
    store.save("amy", {"n": 1}, 0)
    proxy.undone = 1000
    with pytest.raises(StoreUnavailable, match="throttled"):
        store.forget("amy")
    assert sum(paused) < 8


@pytest.mark.parametrize(
    "option",
    [
        *("timeout=fast", "timeout=0", "timeout=-1", "timeout=nan", "timeout=1e999"),
        *("retention_days=1.5", "retention_days=-1", "retention_days=a year"),
    ],
)
def test_an_option_of_an_address_that_cannot_be_used_is_named(option):
    with pytest.raises(StoreUnavailable, match=re.escape(option)):
        open_store(f"dynamodb:coach?{option}")
