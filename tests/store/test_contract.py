"""What every store promises, run on each of them."""

import threading
import time

import pytest

from skill.store.base import Conflict, DamagedDocument, Stored, TooLarge

STRANGE_KEYS = ["a", "a#b", "A", "ü", "%", "_", "a'b", "amzn1.ask.account." + "X" * 237, "damaged", "state"]


def test_a_new_user_has_no_document_and_revision_zero(store):
    assert store.load("amy") == Stored(None, 0)
    assert store.workouts("amy") == []


def test_a_document_is_read_back_exactly_as_it_was_saved(store, another):
    document = {
        "text": "naïve \u2028 \U0001f3cb \x00 \\ ' \"",
        "numbers": [0, -1, 2**53, 10**17],
        "nothing": None,
        "yes": True,
        "nested": {"empty": [], "": {}},
    }
    revision = store.save("amy", document, 0)
    assert another.load("amy") == Stored(document, revision)


def test_a_long_document_and_a_long_workout_are_read_back_exactly_too(store, another):
    document = {"sets": [["left", n, "red", 12, True] for n in range(500)]}
    revision = store.save("amy", document, 0, [{"id": "w", **document}])
    assert another.load("amy") == Stored(document, revision)
    assert another.workouts("amy") == [{"id": "w", **document}]


def test_a_document_too_large_for_any_store_is_refused_and_nothing_is_written(store):
    revision = store.save("amy", {"n": 1}, 0)
    for document, finished in (({"x": "y" * 400_000}, []), ({"n": 2}, [{"id": "x" * 400_000}])):
        with pytest.raises(TooLarge):
            store.save("amy", document, revision, finished)
    assert store.load("amy") == Stored({"n": 1}, revision)


def test_each_save_has_a_revision_of_its_own(store):
    seen = {0}
    revision = 0
    for n in range(5):
        revision = store.save("amy", {"n": n}, revision)
        assert store.load("amy") == Stored({"n": n}, revision)
        seen.add(revision)
    assert len(seen) == 6


def test_a_save_over_an_old_revision_is_a_conflict_and_writes_nothing(store):
    old = store.save("amy", {"n": 1}, 0)
    new = store.save("amy", {"n": 2}, old)
    for stale in (old, 0, new + 1):
        with pytest.raises(Conflict):
            store.save("amy", {"n": 3}, stale, [{"id": "lost"}])
    assert store.load("amy") == Stored({"n": 2}, new)
    assert store.workouts("amy") == []


def test_of_two_first_saves_one_is_a_conflict(store, another):
    revision = store.save("amy", {"n": 1}, 0)
    with pytest.raises(Conflict):
        another.save("amy", {"n": 2}, 0)
    assert store.load("amy") == Stored({"n": 1}, revision)


def test_nobody_known_cannot_be_saved_over_a_revision(store):
    with pytest.raises(Conflict):
        store.save("amy", {"n": 1}, 7)
    assert store.load("amy") == Stored(None, 0)


def test_of_a_hundred_concurrent_increments_none_is_lost(store, another):
    store.save("amy", {"n": 0}, 0)

    def increments(handle):
        done = 0
        while done < 25:
            read = handle.load("amy")
            try:
                handle.save(
                    "amy", {"n": read.document["n"] + 1}, read.revision, [{"id": f"{read.document['n']}"}]
                )
                done += 1
            except Conflict:
                pass

    threads = [threading.Thread(target=increments, args=(handle,)) for handle in (store, another) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.load("amy").document == {"n": 100}
    assert [workout["id"] for workout in store.workouts("amy")] == [str(n) for n in reversed(range(100))]


def test_a_workout_saved_again_replaces_itself_and_no_other(store, another):
    revision = store.save("amy", {"n": 0}, 0, [{"id": "a", "reps": 1}])
    revision = store.save("amy", {"n": 1}, revision, [{"id": "b", "reps": 2}])
    store.save("ben", {"n": 1}, 0, [{"id": "b", "reps": 9}])
    for reps in (3, 4):
        revision = store.save("amy", {"n": 2}, revision, [{"id": "b", "reps": reps}])
        assert another.workouts("amy") == [{"id": "b", "reps": reps}, {"id": "a", "reps": 1}]
    assert another.workouts("ben") == [{"id": "b", "reps": 9}]
    store.forget("amy")
    assert another.workouts("amy") == []


def test_finished_workouts_are_read_newest_first_and_only_when_asked_for(store, another):
    revision = store.save("amy", {"n": 0}, 0, [{"id": "b", "sets": [12, 13]}])
    revision = store.save("amy", {"n": 1}, revision)
    store.save("amy", {"n": 2}, revision, [{"id": "a"}, {"id": "c"}])
    assert another.workouts("amy") == [{"id": "c"}, {"id": "a"}, {"id": "b", "sets": [12, 13]}]
    assert another.load("amy").document == {"n": 2}


def test_ninety_workouts_finished_at_once_keep_their_order(store):
    many = [{"id": f"{n}", "pad": "x" * 500} for n in range(90)]
    store.save("amy", {"n": 0}, 0, many)
    assert store.workouts("amy") == many[::-1]


def test_forgetting_deletes_all_of_one_user_and_nothing_of_another(store, another):
    for user in ("amy", "ben"):
        store.save(user, {"of": user}, 0, [{"id": user}])
    store.forget("amy")
    assert another.load("amy") == Stored(None, 0)
    assert another.workouts("amy") == []
    assert another.load("ben").document == {"of": "ben"}
    assert another.workouts("ben") == [{"id": "ben"}]
    assert list(another.users()) == ["ben"]


def test_forgetting_somebody_unknown_is_no_error(store):
    store.forget("nobody")
    store.forget("nobody")


def test_forgetting_a_history_of_many_workouts_leaves_none(store):
    revision = 0
    for start in range(0, 270, 90):
        revision = store.save("amy", {}, revision, [{"id": f"{start + n}"} for n in range(90)])
    store.forget("amy")
    assert store.workouts("amy") == []


def test_a_turn_decided_before_a_deletion_cannot_bring_the_data_back(store, another):
    before = store.save("amy", {"old": 1}, 0)
    another.forget("amy")
    fresh = another.save("amy", {"new": 1}, 0)
    with pytest.raises(Conflict):
        store.save("amy", {"old": 2}, before)
    assert store.load("amy") == Stored({"new": 1}, fresh)


def test_pruning_deletes_what_was_not_saved_since_and_nothing_younger(backend):
    now = int(time.time())
    old, young = backend.open(), backend.open()
    old._clock = lambda: now - 1000
    revision = old.save("amy", {"n": 1}, 0, [{"id": "old"}])
    old.save("ben", {"n": 1}, 0, [{"id": "old"}])
    young.save("amy", {"n": 2}, revision, [{"id": "young"}])
    assert young.prune(now - 1000) == 0
    assert young.prune(now - 999) == 3
    assert young.load("amy").document == {"n": 2}
    assert young.workouts("amy") == [{"id": "young"}]
    assert list(young.users()) == ["amy"]
    old.close()
    young.close()


def test_users_are_listed_once_each_whether_or_not_they_have_workouts(store):
    for n in range(40):
        store.save(f"user {n}", {}, 0, [{"id": "w"}] * (n % 3))
    assert sorted(store.users()) == sorted(f"user {n}" for n in range(40))


def test_strange_keys_stay_apart(store, another):
    for user in STRANGE_KEYS:
        store.save(user, {"of": user}, 0, [{"id": user}])
    assert sorted(another.users()) == sorted(STRANGE_KEYS)
    for user in STRANGE_KEYS:
        assert another.load(user).document == {"of": user}
        assert another.workouts(user) == [{"id": user}]


def test_a_damaged_document_is_kept_aside_reported_once_and_costs_nobody_else(backend, store):
    store.save("amy", {"sets": [12]}, 0, [{"id": "w"}])
    store.save("ben", {"sets": [13]}, 0)
    backend.damage("amy")
    with pytest.raises(DamagedDocument):
        store.load("amy")
    assert store.load("amy") == Stored(None, 0)
    assert store.workouts("amy") == [{"id": "w"}]
    assert store.load("ben").document == {"sets": [13]}
    (kept,) = backend.set_aside_of("amy")
    assert kept.startswith('{"sets"')
    store.save("amy", {"sets": []}, 0)
    assert store.load("amy").document == {"sets": []}


def test_forgetting_deletes_what_was_set_aside_too(backend, store):
    store.save("amy", {"sets": [12]}, 0)
    backend.damage("amy")
    with pytest.raises(DamagedDocument):
        store.load("amy")
    store.forget("amy")
    assert backend.set_aside_of("amy") == []
    assert list(store.users()) == []


def test_a_document_that_is_no_state_can_be_set_aside_at_its_own_revision_only(backend, store):
    revision = store.save("amy", {"odd": 1}, 0, [{"id": "w"}])
    store.set_aside("amy", revision + 1)
    assert store.load("amy").document == {"odd": 1}
    store.set_aside("amy", revision)
    assert store.load("amy") == Stored(None, 0)
    assert backend.set_aside_of("amy") == ['{"odd":1}']
    assert store.workouts("amy") == [{"id": "w"}]


def test_a_store_closed_and_opened_again_has_everything(backend, store):
    store.save("amy", {"n": 1}, 0)
    store.close()
    again = backend.open()
    assert again.load("amy").document == {"n": 1}
    again.close()
