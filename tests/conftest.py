import json

import pytest
from flask.testing import FlaskClient

from skill import built
from skill.app import Settings, build
from tests.limits import check_answer
from tests.store.servers import Moto, Postgres
from tests.trainee import Trainee


@pytest.fixture
def app(tmp_path):
    """The whole coach on a real SQLite file."""
    app = build(Settings(store=str(tmp_path / "coach.db")))
    yield app
    app.store.close()


@pytest.fixture
def anna(app):
    """A trainee whom nobody knows yet."""
    return Trainee(app)


@pytest.fixture(scope="session", autouse=True)
def rules_are_proved_once(tmp_path_factory):
    """As a package that was built has them: else each of a thousand coaches would read and prove them anew."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(built, "FILE", tmp_path_factory.mktemp("built") / "built.pickle")
        built.write(built.FILE)
        yield


@pytest.fixture(scope="session")
def postgres_server():
    """PostgreSQL, started by the first test that needs it; each test has a schema of its own."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def moto_server():
    """An emulated DynamoDB, started by the first test that needs it; each test has a table of its own."""
    server = Moto()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def every_answer_keeps_the_limits(monkeypatch):
    """Whatever a test is about: each answer of the endpoint to it is checked against the platform's limits."""
    open_ = FlaskClient.open

    def checked(self, *args, **kwargs):
        response = open_(self, *args, **kwargs)
        if args and args[0] == "/alexa" and response.status_code == 200:
            check_answer(json.loads(response.get_data()))
        return response

    monkeypatch.setattr(FlaskClient, "open", checked)
