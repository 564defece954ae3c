"""Exports are whole, imports give back the same, and a move that broke off goes on where it was."""

import itertools
import json

import pytest

from skill.store.base import StoreUnavailable
from skill.store.choose import open_store
from skill.store.transfer import NotARecord, TargetDiffers, check, move, put, record_of, records_of

BLANK = {"schema_version": 1}


@pytest.fixture
def target(tmp_path):
    store = open_store(f"sqlite:{tmp_path / 'target.db'}")
    yield store
    store.close()


def fill(store, users=3, workouts=4):
    for n in range(users):
        revision = 0
        for start in range(0, workouts, 90):
            some = [{"id": f"{n}-{w}", "note": "é"} for w in range(start, min(start + 90, workouts))]
            revision = store.save(f"user {n}", {"schema_version": 1, "n": n}, revision, some)


def all_of(store):
    return sorted(records_of(store), key=lambda record: record["user"])


def test_an_export_that_went_through_a_file_is_imported_identically(store, target):
    fill(store)
    exported = json.loads(json.dumps(all_of(store)))
    for record in exported:
        assert put(target, check(record), blank=BLANK) is True
    assert all_of(target) == exported


def test_a_long_history_is_exported_oldest_first_and_imported_in_order(store, target):
    fill(store, users=1, workouts=200)
    record = record_of(store, "user 0")
    assert [workout["id"] for workout in record["workouts"]] == [f"0-{n}" for n in range(200)]
    put(target, record, blank=BLANK)
    assert record_of(target, "user 0") == record


def test_nobody_has_no_record(store):
    assert record_of(store, "nobody") is None


def test_workouts_without_a_document_come_with_a_blank_one(store, target):
    fill(store, users=1)
    store.set_aside("user 0", store.load("user 0").revision)
    record = record_of(store, "user 0")
    assert record["document"] is None
    put(target, record, blank=BLANK)
    assert record_of(target, "user 0") == record | {"document": BLANK}
    assert put(target, record, blank=BLANK) is False


def test_other_data_of_the_same_user_are_kept_unless_replacing_was_asked_for(target):
    record = {
        "format": "glute-coach-export/1",
        "user": "amy",
        "document": {"n": 1},
        "workouts": [{"id": "a"}],
    }
    target.save("amy", {"n": 2}, 0, [{"id": "b"}])
    with pytest.raises(TargetDiffers):
        put(target, record, blank=BLANK)
    assert target.load("amy").document == {"n": 2}
    assert put(target, record, blank=BLANK, replace=True) is True
    assert record_of(target, "amy") == record


def test_a_target_with_more_workouts_than_the_record_is_not_the_same(target):
    target.save("amy", {"n": 1}, 0, [{"id": "a"}, {"id": "b"}])
    record = {
        "format": "glute-coach-export/1",
        "user": "amy",
        "document": {"n": 1},
        "workouts": [{"id": "a"}],
    }
    with pytest.raises(TargetDiffers):
        put(target, record, blank=BLANK)


class Breaking:
    """A target that fails at its n-th save, as a lost connection would."""

    def __init__(self, store, saves):
        self._store = store
        self._left = saves

    def __getattr__(self, name):
        return getattr(self._store, name)

    def save(self, *arguments):
        self._left -= 1
        if self._left < 0:
            raise StoreUnavailable("gone")
        return self._store.save(*arguments)


@pytest.mark.parametrize("saves", range(9))
def test_a_move_that_broke_off_anywhere_ends_whole_when_done_again(saves, sqlite, target):
    source = sqlite.open()
    fill(source, users=3, workouts=200)
    with pytest.raises(StoreUnavailable):
        list(move(source, Breaking(target, saves), blank=BLANK))
    list(move(source, target, blank=BLANK))
    assert all_of(target) == all_of(source)
    source.close()


def test_a_move_counts_what_it_copied_what_was_there_and_what_differs(sqlite, target):
    source = sqlite.open()
    fill(source)
    target.save("user 1", {"n": "another"}, 0)
    put(target, record_of(source, "user 2"), blank=BLANK)
    *_, tally = move(source, target, blank=BLANK)
    assert (tally.copied, tally.present, tally.differing) == (1, 1, 1)
    assert target.load("user 1").document == {"n": "another"}
    source.close()


def test_everybody_moves_between_any_two_kinds_of_store(sqlite, postgres, dynamodb):
    backends = (sqlite, postgres, dynamodb)
    first = sqlite.open()
    fill(first)
    expected = all_of(first)
    first.close()
    for start, end in itertools.pairwise(backends):
        source, target = start.open(), end.open()
        list(move(source, target, blank=BLANK))
        assert all_of(target) == expected
        source.close()
        target.close()


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {},
        {"format": "glute-coach-export/2"},
        {"format": "glute-coach-export/1", "user": 7},
        {"format": "glute-coach-export/1", "user": ""},
        {"format": "glute-coach-export/1", "user": "amy", "document": [], "workouts": []},
        {"format": "glute-coach-export/1", "user": "amy", "document": {}, "workouts": [1]},
        {"format": "glute-coach-export/1", "user": "amy", "document": {}},
    ],
)
def test_what_no_export_wrote_is_refused(wrong):
    with pytest.raises(NotARecord):
        check(wrong)
