import itertools

import pytest

from tests.store.backends import DynamoDBBackend, PostgresBackend, SQLiteBackend
from tests.store.servers import Moto, Postgres

_names = (f"coach_{n}" for n in itertools.count())


@pytest.fixture(scope="session")
def postgres_server():
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def moto_server():
    server = Moto()
    yield server
    server.close()


@pytest.fixture
def sqlite(tmp_path):
    return SQLiteBackend(tmp_path)


@pytest.fixture
def postgres(postgres_server):
    return PostgresBackend(postgres_server, next(_names))


@pytest.fixture
def dynamodb(moto_server, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    return DynamoDBBackend(moto_server, next(_names))


@pytest.fixture(params=["sqlite", "postgres", "dynamodb"])
def backend(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def store(backend):
    store = backend.open()
    yield store
    store.close()


@pytest.fixture
def another(backend):
    """A second handle on the same place, as another process would have it."""
    store = backend.open()
    yield store
    store.close()
