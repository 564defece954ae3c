"""PostgreSQL when it restarts in mid-load, crashes, is read-only or is not there."""

import contextlib
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.store.base import Conflict, StoreUnavailable
from skill.store.choose import open_store
from skill.store.postgres import PostgresStore
from tests.store.backends import PostgresBackend
from tests.store.servers import Postgres, free_port


@pytest.fixture
def server():
    server = Postgres()
    yield server
    server.close()


def increments(store, until, confirmed):
    """Count as a trainee's turns would; a save whose fate is unknown is looked up, never assumed."""
    while not until.is_set():
        try:
            read = store.load("amy")
            n = read.document["n"] + 1
            store.save("amy", {"n": n}, read.revision, [{"id": str(n)}])
        except (Conflict, StoreUnavailable):
            continue
        confirmed.append(n)


def test_restarts_and_crashes_in_mid_load_lose_nothing_and_double_nothing(server):
    backend = PostgresBackend(server, "mid_load")
    stores = [backend.open(), backend.open()]
    stores[0].save("amy", {"n": 0}, 0)
    until, confirmed = threading.Event(), []
    threads = [threading.Thread(target=increments, args=(store, until, confirmed)) for store in stores * 2]
    for thread in threads:
        thread.start()
    for how in (signal.SIGINT, signal.SIGQUIT):
        time.sleep(0.3)
        server.stop(how)
        server.start()
    time.sleep(0.5)
    until.set()
    for thread in threads:
        thread.join()
    n = stores[0].load("amy").document["n"]
    assert len(confirmed) == len(set(confirmed))
    assert set(confirmed) <= set(range(1, n + 1))
    assert [workout["id"] for workout in stores[0].workouts("amy")] == [str(i) for i in range(n, 0, -1)]
    assert n - len(confirmed) <= len(threads) * 2
    for store in stores:
        store.close()


def test_a_short_restart_is_waited_for(server, monkeypatch):
    store = PostgresBackend(server, "short").open()
    revision = store.save("amy", {"n": 1}, 0)
    server.stop()
    monkeypatch.setattr("skill.store.postgres.PATIENCE_S", 60.0)
    starting = threading.Timer(0.4, server.start)
    starting.start()
    store.save("amy", {"n": 2}, revision)
    starting.join()
    assert store.load("amy").document == {"n": 2}
    store.close()


def test_a_server_that_is_not_there_is_given_up(monkeypatch):
    monkeypatch.setattr("skill.store.postgres.PATIENCE_S", 0.3)
    store = PostgresStore(f"postgresql://coach@127.0.0.1:{free_port()}/postgres")
    with pytest.raises(StoreUnavailable, match="is the server running"):
        store.load("amy")


def test_a_server_that_takes_no_more_connections_is_waited_for_and_then_named_as_the_reason(
    server, monkeypatch
):
    import psycopg

    monkeypatch.setattr("skill.store.postgres.PATIENCE_S", 0.3)
    store, address = PostgresBackend(server, "crowded").open(), server.conninfo("crowded")
    crowd = []
    with contextlib.suppress(psycopg.OperationalError):
        while True:
            crowd.append(psycopg.connect(address))
    with pytest.raises(StoreUnavailable, match="does it take more connections"):
        store.load("amy")
    monkeypatch.setattr("skill.store.postgres.PATIENCE_S", 60.0)
    leaving = threading.Timer(0.5, lambda: [each.close() for each in crowd])
    leaving.start()
    assert store.load("amy").document is None
    leaving.join()
    store.close()


def test_a_process_holds_no_more_connections_than_its_address_says_while_all_its_threads_are_served(postgres):
    store = open_store(postgres.address + "&pool=3")
    store.save("amy", {"n": 0}, 0)
    with ThreadPoolExecutor(24) as threads:
        found = list(threads.map(lambda _: store.load("amy").document, range(240)))
    assert found == [{"n": 0}] * 240
    held = postgres._run(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%coach_documents WHERE user_key = $1'"
    )
    assert 1 <= held[0][0] <= 3
    store.close()


@pytest.mark.parametrize("size", ["0", "-1", "many", ""])
def test_a_pool_of_no_connections_is_refused(size):
    with pytest.raises(StoreUnavailable, match="1 or more"):
        open_store(f"postgresql://coach@127.0.0.1/postgres?sslmode=disable&pool={size}")


def test_a_read_only_server_is_reported_with_its_cure(postgres):
    store = postgres.open()
    revision = store.save("amy", {"n": 1}, 0)
    store.close()
    read_only = PostgresStore(postgres.address + "%20-c%20default_transaction_read_only%3Don")
    assert read_only.load("amy").document == {"n": 1}
    with pytest.raises(StoreUnavailable, match="point the coach at the primary"):
        read_only.save("amy", {"n": 2}, revision)
    read_only.close()


def test_a_row_that_somebody_holds_locked_is_given_up_while_it_is_held(postgres, monkeypatch):
    import psycopg

    monkeypatch.setattr("skill.store.postgres.STATEMENT_MS", 300)
    store = postgres.open()
    revision = store.save("amy", {"n": 1}, 0)
    with psycopg.connect(postgres.address) as holder:
        holder.execute("SELECT 1 FROM coach_documents FOR UPDATE")
        with pytest.raises(StoreUnavailable, match="a lock that somebody holds"):
            store.save("amy", {"n": 2}, revision)
    store.save("amy", {"n": 2}, revision)
    store.close()


def test_tables_of_a_newer_coach_are_refused(postgres):
    store = postgres.open()
    store.save("amy", {"n": 1}, 0)
    store.close()
    postgres._run("UPDATE coach_layout SET version = 99")
    with pytest.raises(StoreUnavailable, match="newer coach"):
        store.load("amy")


def test_many_workers_starting_at_once_make_the_tables_once(postgres):
    stores = [postgres.open() for _ in range(8)]
    faults = []

    def first_call(store):
        try:
            store.load("amy")
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=first_call, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert faults == []


def test_a_save_whose_answer_was_lost_with_the_connection_is_recognised_and_counted_once(
    postgres, monkeypatch
):
    import psycopg

    store = postgres.open()
    revision = store.save("amy", {"n": 1}, 0)
    execute, lost = psycopg.Connection.execute, []

    def loses_its_answer(connection, statement, *arguments, **options):
        done = execute(connection, statement, *arguments, **options)
        if "UPDATE coach_documents" in str(statement) and not lost:
            lost.append(statement)
            connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(psycopg.Connection, "execute", loses_its_answer)
    store.save("amy", {"n": 2}, revision, [{"id": "w"}])
    assert len(lost) == 1
    assert store.load("amy").document == {"n": 2}
    assert store.workouts("amy") == [{"id": "w"}]
    store.close()
