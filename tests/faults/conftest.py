import pytest

from tests.faults.lives import Lives
from tests.faults.workouts import recorded
from tests.store.conftest import dynamodb, postgres, sqlite  # noqa: F401


@pytest.fixture(
    params=["sqlite", *(pytest.param(kind, marks=pytest.mark.long) for kind in ("postgres", "dynamodb"))]
)
def backend(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """Two workouts as they go when nothing disturbs them: requests, answers, and what is stored in the end."""
    known = recorded(tmp_path_factory.mktemp("undisturbed"))
    assert [len(workout["sets"]) for workout in known.record["workouts"]] == [6, 6]
    return known


@pytest.fixture
def lives(backend):
    lives = Lives(backend.address)
    yield lives
    lives.close()


@pytest.fixture
def store(backend):
    store = backend.open()
    yield store
    store.close()
