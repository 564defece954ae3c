import pytest

from tests.store.backends import SQLiteBackend


@pytest.fixture(params=["sqlite"])
def backend(request, tmp_path):
    return SQLiteBackend(tmp_path)


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
