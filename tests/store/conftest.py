from uuid import uuid4

import pytest

from tests.store.backends import DynamoDBBackend, PostgresBackend, SQLiteBackend


def name() -> str:
    """The name of a place that no other test has, on a server that all share."""
    return f"coach_{uuid4().hex}"


@pytest.fixture
def sqlite(tmp_path):
    return SQLiteBackend(tmp_path)


@pytest.fixture
def postgres(postgres_server):
    return PostgresBackend(postgres_server, name())


@pytest.fixture
def dynamodb(moto_server, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    return DynamoDBBackend(moto_server, name())


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
